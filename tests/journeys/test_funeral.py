"""A death: received with its certificate, cremated, the benefits end, the waiver is offset and settled by two."""

import datetime as dt

import pytest

from minzheng.business.funeral.models import Bill, Reception, Run
from minzheng.business.funeral.tests.making import home, place
from minzheng.foundation.benefits.actions import grant
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.benefits.timeline import Why
from minzheng.foundation.certificates.models import Issued
from minzheng.foundation.people.models import Person
from tests.browser import picture, serious_problems

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ON = dt.date(2026, 10, 20)
ID_NO = "431227197903080026"
TYPED = {
    "name": "杨秀英",
    "id_no": ID_NO,
    "certificate_no": "医证20261019",
    "died_on": "2026-10-19",
    "received_on": "2026-10-19",
    "family_name": "龙大山",
    "family_phone": "13974512340",
}


def fill(page, **typed):
    for name, text in typed.items():
        page.locator(f'main [name="{name}"]').fill(text)


def send(page):
    page.locator("main form button.btn-primary").first.click()


@pytest.mark.covers("S-150", by="minzheng/business/funeral/settlement.py", screen="/desk/funeral/")
def test_a_death_from_the_reception_to_the_settled_waiver(
    open_page, cast, on_day, access, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    dead = Person.objects.get(id_no=ID_NO)
    why = Why("granted", "测试", dt.date(2025, 12, 5))
    right = grant(
        access("approver", ON), dead, code="nursing_subsidy", amount_fen=7_000, why=why, applied_on=dt.date(2026, 1, 3)
    )  # fmt: skip
    where, hall = home(), place(access("reviewer", ON), rows=4, columns=8)
    on_day(ON)
    page = open_page("/desk/funeral/receptions/new/", user=cast["reviewer"], width=390)
    page.set_default_timeout(20_000)
    assert serious_problems(page) == []
    fill(page, **TYPED)
    page.locator('[name="source"][value="hospital"]').check()
    page.locator('[name="family_relation"]').first.check() if page.locator(
        'input[name="family_relation"]'
    ).count() else page.locator('[name="family_relation"]').select_option("子女")
    send(page)
    page.get_by_role("link", name="登记火化").click()
    fill(page, confirmation_no="确认1号", cremated_on="2026-10-20")
    send(page)
    page.get_by_role("link", name="结算费用").wait_for()
    assert serious_problems(page) == []
    assert Issued.objects.get(kind="cremation").person == dead
    assert Entitlement.objects.get(pk=right.pk).until_month == dt.date(2026, 10, 1)
    page.get_by_role("link", name="结算费用").click()
    assert serious_problems(page) == []
    fill(
        page,
        **{
            f"price-{where.prices.get(basic='storage').pk}": "2",
            f"price-{where.prices.get(basic='ashes').pk}": "1",
        },
    )
    send(page)
    page.get_by_role("button", name="家属已结清").click()
    page.get_by_text("等待财政按月结算").wait_for()
    assert (Bill.objects.get().waived_fen, Bill.objects.get().family_fen) == (150_000, 10_000)
    picture(page, "funeral-bill")

    page = open_page(f"/desk/funeral/places/{hall.pk}/", user=cast["reviewer"])
    assert serious_problems(page) == []
    picture(page, "funeral-place")
    on_day(dt.date(2026, 11, 2))
    page = open_page("/desk/funeral/", user=cast["reviewer"])
    assert serious_problems(page) == []
    picture(page, "funeral-index")
    page.get_by_role("button", name="编制上月减免结算").click()
    page.get_by_text("等待另一位同志确认").wait_for()
    page = open_page(f"/desk/funeral/runs/{Run.objects.get().pk}/", user=cast["approver"])
    page.get_by_role("button", name="确认结算").click()
    page.locator("dialog[open] form button.btn-primary").click()
    page.get_by_text("殡葬基本服务费减免").first.wait_for()
    assert serious_problems(page) == []
    assert Run.objects.get().state == "confirmed" and Reception.objects.get().bill.state == "settled"
