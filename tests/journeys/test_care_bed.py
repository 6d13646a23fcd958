"""From the assessment sheet to a bed at home, its visits, the month's settlement and the money on the provider's account."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from minzheng.business.elderly.assessment.models import Assessment
from minzheng.business.elderly.assessment.scale import scale
from minzheng.business.elderly.homecare.models import CareBed
from minzheng.business.elderly.tests.assessed import OPINION, Assessed
from minzheng.foundation.cases.api import do_move, open_case, save_draft, submit
from minzheng.foundation.payments.tests.office import Office, assert_proven
from minzheng.foundation.people.models import Person
from minzheng.foundation.services import actions
from minzheng.foundation.services.models import Order
from minzheng.foundation.services.tests.workplace import Workplace
from minzheng.online.desk.tests.families import START
from tests.browser import picture, serious_problems
from tests.journeys.officers import Officers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY, AFTER = dt.date(2026, 10, 12), dt.date(2026, 11, 3)
APPLIED = {"address": "3组", "phone": "14400001234", "promise": True}
LOST = 9  # items from the first on that score nothing: 32 of self-care and 4 of movement


def fills_the_sheet(page):
    """26 items ticked one by one; the sum grows by itself."""
    for number, one in enumerate(scale().indicators):
        points = 0 if number < LOST else one.most
        page.locator(f'[name="{one.key}"][value="{points}"]').check()
    expect(page.locator("#tally")).to_contain_text("已评 26/26")
    expect(page.locator(".ability-total")).to_contain_text("54 / 90分")
    for key in ("ability_coma", "ability_dementia", "ability_disorder"):
        page.locator(f'[name="{key}"][value="no"]').check()
    page.locator('[name="ability_risk_events"]').fill("0")
    page.locator('[name="place"]').first.check()
    page.locator('[name="informant"]').first.check()
    assert serious_problems(page) == []
    picture(page, "ability")
    page.get_by_role("button", name="交评估表").click()
    expect(page.get_by_text("评估表已交")).to_be_visible()


def installs(page, uscc, photo):
    form = page.locator('form[action$="/moves/install/"]')
    for key, text in {
        "uscc": uscc, "contract_no": "床-1", "contract_until": "2027-10-01", "contact_24h": "14400001111",
        "devices-0-serial": "SN-1",
    }.items():  # fmt: skip
        form.locator(f'[name="{key}"]').fill(text)
    form.locator('[name="devices-0-kind"][value="call"]').check()
    form.locator('[name="photos"]').set_input_files(photo)
    form.get_by_role("button", name="登记合同和设备", exact=True).click()
    expect(page.get_by_text("已办理")).to_be_visible()


def serves(open_page, place, order, photo):
    """On the worker's phone: taken, begun at the door, finished with a picture."""
    phone = open_page(f"/provider/orders/{order.pk}/", user=place.user, width=390)
    phone.set_default_timeout(10_000)
    phone.get_by_label("向梅").check()
    phone.get_by_role("button", name="接单").click()
    phone.get_by_label("本人不同意").check()
    phone.get_by_role("button", name="到了，开始服务").click()
    phone.get_by_label("做了什么").fill("助浴，换洗衣物。")
    phone.locator('[name="finish-photos"]').set_input_files(photo)
    phone.get_by_role("button", name="完成服务").click()
    expect(phone.get_by_text("等待老人、家属或协理员确认")).to_be_visible()


def orders(open_page, cast, person):
    page = open_page(f"/desk/services/new/{person.pk}/", user=cast["helper"])
    page.set_default_timeout(10_000)
    page.locator('select[name="ask-kind"]').select_option("bath")
    page.locator('[name="ask-payer"][value="bed"]').check()
    page.locator('[name="ask-channel"][value="plan"]').check()
    page.get_by_label("夜郎社工").check()
    page.get_by_role("button", name="下单").click()
    expect(page.get_by_text("已下单")).to_be_visible()


def confirms(open_page, user, order):
    page = open_page(f"/portal/services/{order.pk}/", user=user, width=390)
    page.get_by_label("很满意").check()
    page.get_by_role("button", name="确认服务已完成").click()
    expect(page.get_by_text("已确认，谢谢评价")).to_be_visible()


@pytest.mark.covers("S-092", by="minzheng/business/elderly/homecare", screen="/desk/registers/care-beds/")
def test_the_assessed_elder_gets_a_bed_at_home_that_is_served_settled_and_paid(
    open_page, cast, on_day, access, settings, tmp_path
):
    settings.PAYMENT_OUTBOX = tmp_path / "outbox"
    person = Person.objects.get(pk=cast["xiuying"].person_id)
    Person.objects.filter(pk=person.pk).update(birth_date=dt.date(1946, 3, 8))
    on_day(DAY)
    assessed = Assessed(access, DAY)
    page = open_page(f"/desk/ability/{assessed.case.number}/", user=cast["clerk"])
    page.set_default_timeout(10_000)
    fills_the_sheet(page)
    assessed.case.refresh_from_db()
    assessed.do("clerk2", "sign", {"signed": True}).do("reviewer", "grant", OPINION)
    assert (Assessment.objects.get().points, Assessment.objects.get().level) == (54, 2)

    clerk, place = access("clerk", DAY), Workplace("夜郎社工", 1)
    case = open_case(clerk, "E6", person, person.region, "agent")
    save_draft(clerk, case, APPLIED)
    submit(clerk, case)
    do_move(clerk, case, "accept")
    officers, days = Officers(open_page, cast, on_day, case, tmp_path), (DAY - START).days
    installs(officers.opens("clerk", days), place.provider.uscc, officers.photo)
    officers.does(
        "township", days, "accept_bed", typed=OPINION, ticked=("tested",), photos=("acceptance_photos",)
    )
    officers.does("approver", days, "grant", typed=OPINION)
    assert CareBed.objects.get().provider == place.provider

    orders(open_page, cast, person)
    order = Order.objects.get()
    serves(open_page, place, order, officers.photo)
    confirms(open_page, cast["xiuying"], order)
    second = place.served(access("helper", DAY), person, DAY, payer="bed", provider=place.provider)
    actions.confirm(access("xiuying", DAY), second, rating=5)  # the standard asks for two services a month

    on_day(AFTER)
    page = open_page("/desk/services/settlements/", user=cast["reviewer"])
    page.locator('select[name="benefit"]').select_option("care_beds")
    page.locator('[name="month"]').fill("2026-10")
    page.get_by_role("button", name="编制").click()
    expect(page.get_by_text("300.00").first).to_be_visible()
    page = open_page(page.url.partition("//")[2].partition("/")[2].join(["/", ""]), user=cast["approver"])
    page.get_by_role("link", name="确认结算").or_(page.get_by_role("button", name="确认结算")).first.click()
    page.get_by_role("button", name="确认", exact=True).click()
    expect(page.get_by_text("已确认。请财务编制发放批次")).to_be_visible()
    assert serious_problems(page) == []
    office = Office(access)
    office.fund(code="care_beds")
    line = office.pay_organisation(office.make("2026-10", "care_beds")).lines.get()
    assert (line.organisation, line.amount_fen, line.state) == (place.provider, 30_000, "paid")
    assert_proven("2026-10")
