"""我的待遇: the silent certification is seen, and what is offered unasked can be refused."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from minzheng.datacenter.certification.models import Certification
from minzheng.datacenter.proactive.models import Offer, State
from minzheng.demo.cast import VILLAGE
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.benefits.actions import grant
from minzheng.foundation.benefits.timeline import Why
from tests.browser import serious_problems

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MONTH = dt.date(2026, 10, 1)


@pytest.mark.covers("S-114", by="minzheng/online/portal/received/views.py", screen="/portal/received/")
@pytest.mark.covers("S-030", by="minzheng/online/portal/received/views.py", screen="/portal/received/")
def test_it_shows_what_was_certified_and_takes_a_no(open_page, cast):
    me = cast["xiuying"].person
    why = Why("test", "国发〔2015〕52号", dt.date(2026, 6, 1))
    right = grant(
        Access(cast["approver"], dt.date(2026, 6, 1)), me, code="nursing_subsidy", amount_fen=11000, why=why,
        applied_on=dt.date(2026, 6, 1),
    )  # fmt: skip
    Certification.objects.create(
        entitlement=right, benefit=right.benefit, person=me, region_id=VILLAGE, month=MONTH, result="clean",
        outcome="confirmed", source="测试",
    )  # fmt: skip
    offer = Offer.objects.create(
        benefit="elder_allowance", person=me, region_id=VILLAGE, month=MONTH, first_month=MONTH,
        amount_fen=5000, spans=[["2026-10-01", None, 5000]],
    )  # fmt: skip
    temporary = Why("test", "国发〔2014〕47号", MONTH)
    grant(Access(cast["approver"], MONTH), me, code="temporary", amount_fen=330_000, why=temporary)
    page = open_page("/portal/received/", user=cast["xiuying"], width=390)
    once = page.locator("section.card", has=page.get_by_role("heading", name="临时救助金"))
    expect(once).to_contain_text("一次性")  # nothing was stopped
    expect(once).to_contain_text("3,300.00元")
    expect(page.get_by_text("不用本人办理任何手续")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("国发〔2015〕52号")  # why it is paid
    expect(page.locator("section:has(#told)")).to_contain_text("开始享受重度残疾人护理补贴")
    assert serious_problems(page) == []
    page.get_by_role("button", name="我不要这项待遇").click()
    expect(page.get_by_text("已登记：您不要这项待遇")).to_be_visible()
    offer.refresh_from_db()
    assert offer.state == State.DECLINED
