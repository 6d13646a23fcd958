"""The 80th birthday: the allowance comes without an application, is certified without a visit, and stops with a death."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from minzheng.datacenter.certification.certify import certify
from minzheng.datacenter.proactive.listing import list_month
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.payments.tests.office import Office, assert_proven, lines_of
from minzheng.foundation.people.actions import record_life_event
from minzheng.foundation.people.models import Household, LifeEventKind, Membership, Person
from tests.browser import picture, serious_problems

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MONTH, LISTED, SETTLED = dt.date(2026, 11, 1), dt.date(2026, 11, 9), dt.date(2020, 1, 1)
CONFIRMED = LISTED + dt.timedelta(days=8)


@pytest.fixture
def elder(cast):
    """杨秀英, eighty on the ninth; she lives alone."""
    person = Person.objects.get(pk=cast["xiuying"].person_id)
    person.birth_date, person.bank_account = dt.date(1946, 11, 9), "6217000000000000003"
    person.save()
    home = Household.objects.create(region=person.region, category="rural", head=person, since=SETTLED)
    Membership.objects.create(household=home, person=person, relation="户主", since=SETTLED)
    return person


def does(open_page, user, title):
    """One officer's step on the list of those who are paid unasked."""
    page = open_page("/desk/registers/offers/", user=user)
    page.set_default_timeout(10_000)
    page.get_by_role("link", name="杨秀英").first.click()
    page.get_by_role("link", name=title, exact=True).click()
    page.get_by_role("button", name=f"确认{title}").click()
    expect(page.get_by_text(f"已办理“{title}”")).to_be_visible()
    return page


@pytest.mark.covers("S-078", by="minzheng/business/elderly/benefits.py", screen="/portal/received/")
def test_eighty_is_reached_and_the_money_comes_unasked_until_the_month_of_death(
    open_page, cast, on_day, access, settings, tmp_path, regions, elder
):
    settings.PAYMENT_OUTBOX = tmp_path / "outbox"
    list_month(MONTH, regions["431227000000"], LISTED)
    on_day(LISTED)
    does(open_page, cast["reviewer"], "公示")
    phone = open_page("/portal/received/", user=cast["xiuying"], width=390, elder=True)
    expect(phone.get_by_text("您不用申请，也不用来现场")).to_be_visible()
    assert serious_problems(phone) == []
    on_day(CONFIRMED)
    does(open_page, cast["approver"], "确认发放")
    right = Entitlement.objects.get(benefit="elder_allowance", person=elder)
    assert (right.since_month, right.case_id) == (MONTH, None), "no application was made"
    office = Office(access)
    office.fund(code="elder_allowance")
    assert lines_of(office.pay("2026-11", code="elder_allowance")) == [("杨秀英", "regular", "50.00", "paid")]
    assert_proven("2026-11")
    assert certify(MONTH, regions["431227000000"], CONFIRMED).judged == 1
    phone.reload()
    expect(phone.get_by_text("您没有办任何手续，这是主动发放")).to_be_visible()
    expect(phone.get_by_text("认证", exact=False).first).to_be_visible()
    picture(phone, "allowance")
    died = dt.date(2026, 12, 3)
    record_life_event(access("clerk", died), elder, LifeEventKind.DEATH, died, "死亡证明")
    right.refresh_from_db()
    assert (right.until_month, right.end_reason) == (dt.date(2026, 12, 1), "death")
