"""动态清零 in the browser: a finding is sent out, looked at, closed, and the board says so."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from minzheng.datacenter.screening.models import Finding
from minzheng.datacenter.screening.screen import screen
from minzheng.demo.county.guide_family import write_guide_family
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.benefits.actions import grant
from minzheng.foundation.benefits.timeline import Why
from minzheng.foundation.people.models import Household
from minzheng.foundation.tasks.models import Task
from minzheng.foundation.tasks.visits import Position, VisitDraft, record_visit
from minzheng.online.desk.tests.test_desk_screens import check

MONTH, TODAY = dt.date(2026, 10, 1), dt.date(2026, 11, 2)


@pytest.fixture
def family(cast, regions):
    """杨秀英's family, entitled to dibao and paid one yuan a month."""
    write_guide_family(cast["xiuying"].person)
    household = Household.objects.get(head=cast["xiuying"].person)
    why = Why("test", "民发〔2021〕57号", dt.date(2026, 8, 3))
    grant(Access(cast["approver"], TODAY), household, code="dibao", amount_fen=100, why=why)
    return household


@pytest.fixture
def finding(family, regions):
    screen(MONTH, regions["431227000000"], today=TODAY)
    return Finding.objects.get(household=family)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.covers("S-052", by="minzheng/datacenter/screening/board.py", screen="/desk/clearing/")
def test_it_leads_from_the_board_to_the_visit_and_back_to_nothing_open(open_page, cast, on_day, finding):
    on_day(TODAY)
    page = open_page("/desk/clearing/", user=cast["reviewer"])
    expect(page.get_by_role("row", name="金额不符").get_by_text("办理中")).to_be_visible()
    check(page, "clearing")
    page.get_by_role("link", name="打开清单").click()
    page.goto(page.url.split("/desk/")[0] + f"/desk/registers/findings/rows/{finding.pk}")
    page.get_by_role("link", name="逐条看依据").click()
    expect(page.get_by_role("heading", name="逐条依据")).to_be_visible()
    expect(page.get_by_text("月救助金合计").first).to_be_visible()
    check(page, "finding")
    page.go_back()
    page.get_by_role("link", name="派发核实").click()
    page.get_by_role("button", name="派发核实").click()
    assert Task.objects.filter(detail__finding=finding.pk).count() == 1
    for task in Task.objects.all():  # the other went out by itself: a subsidy that the family may have missed
        visit = VisitDraft(
            "false_alarm", answers={"note": "原系统按旧标准"}, position=Position(missing="没有信号")
        )
        record_visit(Access(cast["clerk"], TODAY), task, visit)
    page.goto(page.url.split("/desk/")[0] + "/desk/clearing/")
    expect(page.get_by_text("本月发现的问题都已有结果")).to_be_visible()
    expect(page.get_by_text("100.0%").first).to_be_visible()
    check(page, "cleared")


@pytest.mark.django_db
def test_it_records_who_looked_at_the_reasons_and_shows_them_to_nobody_else(as_user, cast, finding):
    address = f"/desk/findings/{finding.pk}/"
    assert "逐条依据" in as_user("clerk").get(address).content.decode()
    looks = AuditEntry.objects.filter(action="finding.read", title="查看筛查依据")
    assert cast["xiuying"].person_id in looks.get().persons
    assert as_user("outsider").get(address).status_code == 404
    assert as_user("province").get(address).status_code == 403


@pytest.mark.django_db
def test_it_shows_the_province_only_numbers_and_none_below_five(as_user, finding):
    page = as_user("province").get("/desk/clearing/431227000000/?month=2026-10").content.decode()
    assert "少于5" in page and "打开清单" not in page and "registers/findings" not in page
    assert as_user("outsider").get("/desk/clearing/431227000000/").status_code == 404
    assert as_user("reviewer").get("/desk/clearing/431227107203/").status_code == 404
