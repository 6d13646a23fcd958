"""The 核对 view: who sees it, what it says of a silent department, and one whole check in a real browser."""

import os
from pathlib import Path

import pytest

from minzheng.business.assistance.tests.families import FATHER
from minzheng.datacenter.verification.asking import ask_due
from minzheng.datacenter.verification.models import Check
from minzheng.datacenter.verification.tests.conftest import normal
from minzheng.datacenter.verification.tests.test_asking import NOW
from minzheng.foundation.audit.models import AuditEntry
from tests.browser import serious_problems

BANK, LAND = "bank.deposits", "land.property"


@pytest.fixture
def check(journey, departments):
    departments.behaviour[LAND] = "down"
    journey.move("reviewer", "ask_check")
    check = journey.case.checks.get()
    ask_due(check, NOW)
    return check


def test_it_shows_the_report_to_county_and_township_and_to_nobody_else(check, as_user):
    address = f"/desk/cases/{check.case.number}/?view=check"
    shown = as_user("clerk").get(address).content.decode()
    assert (
        "没有出入的" in shown and "3,200.50元" in shown and "对方系统故障（503）" in shown and "再查" in shown
    )
    assert "登记撤回" in shown and "不再等待" not in shown
    assert "3,200.50元" not in as_user("helper").get(address).content.decode()
    for path in (address, f"/desk/checks/{check.number}/report/", f"/desk/checks/{check.number}/progress/"):
        assert as_user("outsider").get(path).status_code == 404
    assert as_user("clerk").post(f"/desk/checks/{check.number}/go-on/", {"reason": "x"}).status_code == 403


def test_it_polls_nothing_personal_and_shows_the_page_anew_when_the_report_is_there(check, as_user):
    path = f"/desk/checks/{check.number}/progress/?settled=5"
    reviewer = as_user("reviewer")
    waiting = reviewer.get(path)
    text = waiting.content.decode()
    assert "HX-Refresh" not in waiting.headers and "every 2s" in text
    assert not any(private in text for private in ("杨秀英", "吴永贵", FATHER, "3,200.50"))
    assert (
        reviewer.get(path.replace("settled=5", "settled=4"))["HX-Refresh"] == "true"
    )  # one more has answered
    reviewer.post(f"/desk/checks/{check.number}/go-on/", {"reason": "不动产系统停机"})
    assert reviewer.get(path)["HX-Refresh"] == "true"


def test_it_prints_the_report_with_each_sources_stamp_and_records_who_looked(check, as_user):
    page = as_user("reviewer").get(f"/desk/checks/{check.number}/report/").content.decode()
    assert check.number in page and check.requests.get(source=BANK).request_id in page
    assert "有项目未反馈（没有反馈：不动产登记）" in page
    looked = AuditEntry.objects.filter(subject_type="verification.check", is_read=True).last()
    assert len(looked.persons) == 3


def test_it_tells_the_officer_to_type_the_result_where_nothing_is_connected(
    journey, as_user, settings, tmp_path
):
    settings.SOURCES = tmp_path / "none.json"
    number = journey.case.number
    now = as_user("reviewer").get(f"/desk/cases/{number}/").content.decode()
    assert "还没有接入任何部门" in now and "登记核对结果" in now


def test_it_keeps_registers_of_checks_consents_and_objections_within_the_region(check, as_user):
    shown = {"checks": check.number, "check-authorisations": "吴永贵", "check-objections": "没有"}
    for register, text in shown.items():
        assert text in as_user("clerk").get(f"/desk/registers/{register}/").content.decode()
        assert check.number not in as_user("outsider").get(f"/desk/registers/{register}/").content.decode()
    detail = as_user("reviewer").get(f"/desk/registers/checks/rows/{check.pk}").content.decode()
    assert "不动产登记" in detail and "对方系统故障（503）" in detail


def seen(page, name, width):
    if folder := os.environ.get("CHECK_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
    assert serious_problems(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.covers(
    "S-061", by="minzheng/datacenter/verification/actions.py", screen="/desk/registers/checks/"
)
def test_it_checks_a_family_with_one_department_down_and_asks_again_on_objection(
    open_page, journey, departments, cast, on_day
):
    departments.behaviour[LAND] = "down"
    on_day(journey.today)
    number, width = journey.case.number, 1280
    page = open_page(f"/desk/cases/{number}/", user=cast["reviewer"])
    page.get_by_role("button", name="发起核对").click()
    page.get_by_text("已办理“发起核对”").wait_for()
    page.get_by_role("link", name="核对", exact=True).click()
    page.get_by_text("对方系统故障（503）").wait_for()
    seen(page, "waiting", width)
    page.get_by_text("不再等待，按已有结果办理").click()
    page.get_by_label("理由").fill("不动产系统停机三天，住房已入户核实")
    page.get_by_role("button", name="不再等待").click()
    page.get_by_text("已决定不再等待").wait_for()
    departments.facts[BANK][FATHER] = normal(deposits=200_000, securities=0, internet_finance=0)
    page.get_by_text("登记异议", exact=True).click()
    page.get_by_label("对哪一项有异议").select_option(label="吴永贵：存款余额（3,200.50元）")
    page.get_by_label("哪里不对，实际情况是什么").fill("这个账户3月1日已取款，余额2000元。")
    page.get_by_role("button", name="登记异议，请部门复核").click()
    page.get_by_text("异议已登记").wait_for()
    page.reload()
    page.get_by_text("原反馈：3,200.50元；复核：2,000.00元").wait_for()
    page.get_by_label("处理结果和理由").fill("银行复核后已更正，按2000元登记。")
    page.get_by_role("button", name="登记处理结果").click()
    page.get_by_text("异议已处理").wait_for()
    seen(page, "settled", width)
    phone = open_page(f"/desk/cases/{number}/?view=check", user=cast["clerk"], width=390)
    seen(phone, "phone", 390)
    page.get_by_role("link", name="办理", exact=True).click()
    page.locator(".choice-title", has_text="登记核对结果").click()
    assert page.get_by_label("核对报告编号").input_value() == Check.objects.get().number
    seen(page, "record", width)
    paper = open_page(f"/desk/checks/{Check.objects.get().number}/report/", user=cast["reviewer"])
    seen(paper, "paper", width)
