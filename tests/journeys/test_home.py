"""A home's life: filed by its own account, received by the county, a bed taken, the month's subsidy paid to its organisation."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from minzheng.business.elderly.institutions.models import Home, Stay
from minzheng.business.elderly.institutions.tests.making import account, assessed, home
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.models import User
from minzheng.foundation.cases.api import save_draft
from minzheng.foundation.cases.models import Case
from minzheng.foundation.payments.tests.office import Office, assert_proven
from minzheng.foundation.people.id_numbers import check_character
from minzheng.foundation.people.models import Person
from tests.browser import picture, serious_problems

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ANSWERS = {
    "handler_name": "杨院长", "handler_phone": "13974512340", "ownership": "private", "is_profit": False,
    "first_admission_on": "2026-03-02", "plain": 3, "nursing": 3, "dementia": 0, "staff": 5, "fire": "passed",
    "has_kitchen": False, "promise": True,
}  # fmt: skip
FIRST, FILED, AFTER = dt.date(2026, 3, 2), dt.date(2026, 3, 10), dt.date(2026, 4, 8)
NUMBER = "43122719460301002"


@pytest.fixture
def unfiled(regions):
    return home(filing="none", filed_on=None)


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def files(page):
    """By its own account, from its own page, through the hall."""
    page.get_by_role("link", name="现在备案").click()
    assert serious_problems(page) == []
    press(page, "开始填写")
    expect(page.get_by_text("填过的都已存好")).to_be_visible()
    own = Access(User.objects.get(username__startswith="home"), FILED)
    save_draft(own, Case.objects.get(), ANSWERS)  # the form's pages have their own journey
    page.reload()
    page.get_by_role("link", name="核对并提交").click()
    press(page, "提交申请")
    page.get_by_role("heading", name="申请已提交").wait_for()


def moves_in(page, number):
    page.get_by_role("link", name="办理入住").first.click()
    page.get_by_label("老人的身份证号").fill(number)
    page.get_by_label("老人的姓名").fill("杨阿婆")
    page.get_by_label("入住日期").fill(f"{FIRST:%Y-%m-%d}")
    page.get_by_label("入院评估日期").fill(f"{FIRST:%Y-%m-%d}")
    page.get_by_label("服务合同编号").fill("HT-001")
    page.get_by_label("合同到期日").fill("2027-03-01")
    page.get_by_label("紧急联系人").fill("杨大山")
    page.get_by_label("紧急联系电话").fill("13974512340")
    page.locator('[name="is_tekun"][value="no"]').check()
    page.get_by_label("床位").select_option(label="2-1（护理型）") if page.locator(
        "select[name=bed]"
    ).count() else page.get_by_label("2-1（护理型）").check()
    press(page, "办理入住")
    page.get_by_text("已办理杨阿婆入住").wait_for()


@pytest.mark.covers("S-095", by="minzheng/foundation/facilities/registers.py", screen="/desk/map/")
def test_it_is_filed_a_bed_is_taken_and_the_months_subsidy_reaches_its_account(
    open_page, cast, on_day, access, settings, tmp_path, unfiled
):
    settings.PAYMENT_OUTBOX = tmp_path / "outbox"
    number = NUMBER + check_character(NUMBER)
    person = Person.objects.create(
        name="杨阿婆", id_no=number, region_id="431227107203", birth_date=dt.date(1946, 3, 1)
    )
    assessed(person, "中度失能", dt.date(2026, 2, 1))
    own = account(
        unfiled.facility.organisation, Person.objects.create(name="杨院长", region_id="431227107203")
    )
    on_day(FILED)
    page = open_page("/desk/homes/", user=own)
    page.set_default_timeout(15_000)
    files(page)
    assert serious_problems(page) == []
    desk = open_page("/desk/", user=cast["approver"])
    desk.get_by_role("link", name=unfiled.facility.organisation.name).first.click()
    desk.get_by_label("我已核对，确认“准予备案”").check()
    press(desk, "准予备案")
    desk.get_by_text("已办理").first.wait_for()
    assert Home.objects.get().filing == "filed"
    page.goto(page.url.partition("/portal/")[0] + "/desk/homes/")
    moves_in(page, number)
    assert (Stay.objects.get().bed.number, Stay.objects.get().level) == ("2-1", 2)
    picture(page, "home")
    assert serious_problems(page) == []
    on_day(AFTER)
    desk = open_page("/desk/homes/subsidies/make/", user=cast["reviewer"])
    press(desk, "核算，看合计")
    desk.get_by_text("等待另一位同志确认").wait_for()
    desk = open_page(desk.url.partition("//")[2].partition("/")[2].join(["/", ""]), user=cast["approver"])
    desk.get_by_role("link", name="确认补贴").or_(desk.get_by_role("button", name="确认补贴")).first.click()
    press(desk, "确认")
    desk.get_by_text("已确认。请财务编制").wait_for()
    picture(desk, "subsidy")
    assert serious_problems(desk) == []
    office = Office(access)
    office.fund(code="home_subsidy")
    line = office.pay_organisation(office.make("2026-03", "home_operating")).lines.get()
    # From the 2nd on: thirty of thirty-one days at 200.00
    assert (line.organisation, line.amount_fen) == (unfiled.facility.organisation, 19_355)
    assert_proven("2026-03")
    desk = open_page("/desk/map/?circle=1", user=cast["clerk"], width=390)
    expect(desk.get_by_role("link", name=unfiled.facility.name).first).to_be_visible()
    picture(desk, "map")
    assert serious_problems(desk) == []
    citizen = open_page("/services-near/?at=431227107203", width=390, elder=True)
    expect(citizen.get_by_text(unfiled.facility.name)).to_be_visible()
    picture(citizen, "near")
    assert serious_problems(citizen) == []
