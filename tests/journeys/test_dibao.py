"""EX01 from the phone to the payment file, and EX02 to its refusal: the citizen and each officer in the browser.

Everybody acts on the own day: 杨秀英 applies, then helper, clerk, county reviewer, township reviewer, approver, finance.
"""

import pytest
from playwright.sync_api import expect

from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.cases.models import Case
from minzheng.online.desk.tests.families import START, couple, handed_in
from minzheng.online.portal.tests.applying import apply
from tests.browser import picture, serious_problems
from tests.journeys.officers import APRIL, OPINION, Officers, payment_file_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def officers_of(open_page, cast, on_day, tmp_path):
    return lambda case: Officers(open_page, cast, on_day, case, tmp_path)


@pytest.mark.covers("S-031", by="minzheng/business/assistance/items.py", screen="/desk/cases/<number>/")
def test_it_pays_630_yuan_to_the_family_that_applied_on_a_phone(
    open_page, cast, on_day, officers_of, access, settings, tmp_path
):
    settings.PAYMENT_OUTBOX = tmp_path / "outbox"
    on_day(START)
    apply(open_page, cast)
    officers = officers_of(Case.objects.get())
    officers.survey()
    officers.publicise_and_close()
    picture(officers.opens("approver", 15), "case")
    page = officers.does("approver", 15, "grant", typed={"opinion": OPINION})
    expect(page.get_by_text("每月 630.00元").first).to_be_visible()
    page.get_by_role("link", name="材料与文书").click()
    page.get_by_role("link", name="最低生活保障确认告知书").click()
    expect(page.get_by_text("630.00元")).to_be_visible()
    right = Entitlement.objects.get(case_number=officers.case.number)
    assert (right.since_month, right.amounts.get().amount_fen) == (APRIL, 63_000)
    assert "|630.00|" in payment_file_of(access, tmp_path / "outbox")
    phone = open_page(f"/portal/cases/{officers.case.number}/", user=cast["xiuying"], width=390)
    expect(phone.get_by_text("每月630.00元")).to_be_visible()
    picture(phone, "granted")
    phone.get_by_role("link", name="看结果和理由").click()
    expect(phone.get_by_text("630.00元").first).to_be_visible()
    assert serious_problems(phone) == []
    phone.goto(phone.url.split("/portal/")[0] + "/portal/looked/")
    office = phone.get_by_text("新晃侗族自治县 县级确认人").first
    expect(office, "she is told which office looked").to_be_visible()


def test_it_refuses_the_family_of_ex02_and_says_why(officers_of, access, cast):
    officers = officers_of(handed_in(access, couple(cast["xiuying"].person)))
    officers.survey()
    page = officers.opens("township", 4)
    expect(page.get_by_text("按规则不符合条件")).to_be_visible()
    officers.does("township", 4, "propose_refuse", typed={"opinion": OPINION})
    page = officers.does("approver", 5, "refuse", typed={"opinion": "同意。"})
    page.get_by_role("link", name="材料与文书").click()
    page.get_by_role("link", name="不予确认告知书").click()
    expect(page.get_by_text("家庭人均收入不低于当地最低生活保障标准")).to_be_visible()
    expect(page.get_by_text("行政复议")).to_be_visible()
    assert not Entitlement.objects.exists()
