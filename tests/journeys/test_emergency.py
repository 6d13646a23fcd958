"""A house burns on Monday: handed in, seen, signed by two and paid in cash the same day; papers later."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from minzheng.business.assistance.tests.emergency_journey import fund_of
from minzheng.foundation.cases.models import Case
from minzheng.foundation.reserves.prove import prove_reserves
from tests.browser import picture, serious_problems
from tests.journeys.officers import Officers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MONDAY = dt.date(2026, 11, 2)


class Township(Officers):
    """On a phone, on the day of the fire."""

    def opens(self, who, days):
        self.on_day(MONDAY + dt.timedelta(days=days))
        return self.open_page(f"/desk/cases/{self.case.number}/", user=self.cast[who], width=390)


@pytest.mark.covers("S-045", by="minzheng/business/assistance/items.py", screen="/desk/intake/")
@pytest.mark.covers("S-046", by="minzheng/business/assistance/benefits.py", screen="/desk/reserves/")
def test_it_helps_the_same_day_and_accounts_for_every_yuan(open_page, cast, on_day, access, tmp_path):
    fund = fund_of(access)
    on_day(MONDAY)
    page = open_page("/desk/intake/", user=cast["clerk"], width=390)
    page.set_default_timeout(20_000)
    page.get_by_label("办什么事").select_option("A6")
    page.get_by_label("申请人姓名").fill("杨秀英")
    page.get_by_label("身份证号").fill("431227197903080026")
    page.get_by_label("户籍所在村").select_option("431227107203")
    page.locator("main form button.btn-primary").first.click()
    page.locator('[name="cause"][value="火灾"]').check()
    page.locator('[name="event_date"]').fill("2026-11-01")
    page.locator('[name="event_place"]').fill("新村3组")
    page.locator('[name="story"]').fill("房子烧了，今晚没有地方住。")
    page.locator('[name="need"][value="cash"]').check()
    page.locator("main form button.btn-primary").first.click()
    page.locator('[name="address"]').fill("亲戚家")
    page.locator('[name="promise"]').check()
    page.locator("main form button.btn-primary").first.click()
    page.locator('form[action$="/hand-in/"] button').click()
    page.get_by_text("已提交").first.wait_for()
    officers = Township(open_page, cast, on_day, Case.objects.get(), tmp_path)
    officers.does("clerk", 0, "accept")
    officers.does(
        "clerk", 0, "visit",
        typed={"emergency_persons": "1", "emergency_months": "1", "finding": "房屋烧毁，本人由村支书确认。"},
        chosen={"emergency_real": "yes", "emergency_severity": "一般"},
    )  # fmt: skip
    page = officers.does("township", 0, "pay_two", ticked=("received",))
    expect(page.get_by_text("补齐材料").first).to_be_visible()
    assert serious_problems(page) == []
    officers.does("clerk", 9, "complete", chosen={"identity": "身份证"})
    assert Case.objects.get().status == "helped"

    page = open_page(f"/desk/reserves/{fund.pk}/", user=cast["township"], width=390)
    expect(page.get_by_text("备垫1号").first).to_be_visible()
    expect(page.get_by_text("4,450.00元").first).to_be_visible()
    assert serious_problems(page) == []
    picture(page, "reserves")
    assert all(proof.holds for proof in prove_reserves("431227"))
