"""统计月报 on the desk and in the open: rights, files, and the whole way in a browser."""

import csv
import io

import pytest
from openpyxl import load_workbook

from minzheng.datacenter.statistics.models import MonthlyReport
from minzheng.datacenter.statistics.tests.conftest import NOVEMBER_5
from tests.browser import serious_problems

pytestmark = pytest.mark.django_db


def test_the_next_county_does_not_see_it_and_a_clerk_may_not(as_user, frozen):
    for path in ("", "paper/", "file.csv", "file.xlsx"):
        assert as_user("outsider").get(f"/desk/statistics/{frozen.pk}/{path}").status_code == 404
    assert as_user("clerk").get("/desk/statistics/").status_code == 403
    assert as_user("auditor").get(f"/desk/statistics/{frozen.pk}/").status_code == 200
    assert (
        as_user("auditor").post(f"/desk/statistics/{frozen.pk}/correct/", {"reason": "试"}).status_code == 403
    )


@pytest.mark.covers("S-029", by="minzheng/online/desk/statistics/files.py", screen="/desk/statistics/")
def test_files_carry_the_numbers_in_the_layout_of_the_tables(as_user, frozen):
    client = as_user("auditor")
    text = client.get(f"/desk/statistics/{frozen.pk}/file.csv").content.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    assert lines[0][:5] == [
        "区划代码",
        "地区",
        "低保合计人数（人）",
        "低保合计户数（户）",
        "低保合计支出（元）",
    ]
    assert lines[-1][:5] == ["431227000000", "合计", "20", "13", "6400.07"]
    book = load_workbook(io.BytesIO(client.get(f"/desk/statistics/{frozen.pk}/file.xlsx").content))
    sheet = book["最低生活保障月报"]
    assert [cell.value for cell in sheet[2]][2:6] == ["低保合计", None, None, "城市低保"]
    assert float(sheet.cell(sheet.max_row, 5).value) == 6400.07
    assert frozen.sha256 in [cell.value for cell in book["说明"]["B"]]


def test_everybody_may_read_what_is_published_and_nothing_else(client, frozen, draft):
    page = client.get("/open/")
    assert (page.status_code, "使用许可" in page.content.decode()) == (200, True)
    assert "晃洲镇,14,7" in client.get(f"/open/{frozen.pk}.csv").content.decode()
    assert client.get(f"/open/{frozen.pk + 1}.csv").status_code == 404


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_report_goes_from_the_draft_to_the_second_version(open_page, cast, county, on_day, as_user):
    on_day(NOVEMBER_5)
    page = open_page("/desk/statistics/new/", user=cast["reviewer"])
    page.get_by_role("button", name="计算").click()
    page.get_by_text("审核没有发现问题，支出与发放一致").wait_for()
    assert serious_problems(page) == []
    page.get_by_role("button", name="上报").click()
    page.get_by_text("编制和冻结不能是同一个人").wait_for()
    report = MonthlyReport.objects.get()
    checker = open_page(f"/desk/statistics/{report.pk}/", user=cast["approver"], width=390)
    checker.get_by_role("button", name="冻结").click()
    checker.get_by_role("dialog").get_by_role("button", name="冻结", exact=True).click()
    checker.get_by_text("校验值").wait_for()
    assert serious_problems(checker) == []
    assert checker.evaluate("document.documentElement.scrollWidth") <= 390
    page.reload()
    page.get_by_role("button", name="更正").click()
    page.get_by_label("更正原因").fill("补登记死亡人员")
    page.get_by_role("dialog").get_by_role("button", name="生成新版本").click()
    page.get_by_text("更正原因：补登记死亡人员").wait_for()
    for path, user in (
        ("/desk/indicators/", "approver"),
        ("/desk/indicators/dibao.persons/", "approver"),
        ("/open/", None),
    ):
        shown = open_page(path, user=cast[user] if user else None, width=390)
        assert serious_problems(shown) == []
        assert shown.evaluate("document.documentElement.scrollWidth") <= 390
