"""The data centre on the desk: files received and judged, snapshots made anew, by the county's officers only."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from minzheng.datacenter.deliveries.models import Delivery, State
from minzheng.datacenter.deliveries.tests.conftest import (  # noqa: F401 fixtures
    MONTH,
    TODAY,
    people,
    send,
)
from minzheng.datacenter.lake.actions import stop_lake
from minzheng.datacenter.lake.models import LakeRun
from minzheng.datacenter.lake.models import State as Made
from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.people.models import FactSheet
from tests.browser import serious_problems

COUNTY = "431227000000"
WAGES = "身份证号,姓名,出生日期,月缴费工资\n"


@pytest.fixture(autouse=True)
def lake(settings, tmp_path, monkeypatch):
    """An own lake; and plain rules, for loading the extra takes seconds."""
    settings.LAKE, settings.VAR = tmp_path / "lake", tmp_path
    monkeypatch.setattr("minzheng.datacenter.deliveries.matching.propose.similarity_at_hand", lambda: False)


@pytest.fixture
def file(people):  # noqa: F811
    """A list about everybody, one row without a number, one nobody can read."""
    rows = [f"{one.id_no},{one.name},,1000" for one in people[1:]]
    rows += [f",{people[0].name},1950-01-01,1000", f"{people[1].id_no},{people[1].name},,许多"]
    return WAGES + "\n".join(rows) + "\n"


def asked(text, month="2026-10", **more):
    upload = SimpleUploadedFile("工资.csv", text.encode("gb18030"))
    return {"source": "file.wages", "region": COUNTY, "month": month, "file": upload, **more}


@pytest.mark.covers("S-005", by="minzheng/datacenter/deliveries", screen="/desk/data/")
def test_it_receives_a_file_and_tells_what_came_of_it(as_user, on_day, file, people):  # noqa: F811
    on_day(TODAY)
    officer = as_user("reviewer")
    page = officer.post("/desk/data/deliveries/new/", asked(file), follow=True)
    text = page.content.decode()
    made = Delivery.objects.get()
    assert (made.state, made.matched, made.in_review, made.rejected) == (State.DONE, 5, 1, 1)
    assert "不是金额" in text and "社会救助暂行办法" in text
    again = officer.post("/desk/data/deliveries/new/", asked(file), follow=True)
    assert "没有重复读入" in again.content.decode() and Delivery.objects.count() == 1
    sheet = load_workbook(
        io.BytesIO(officer.get(f"/desk/data/deliveries/{made.pk}/rejected/").content)
    ).active
    assert sheet.max_row == 2 and "不是金额" in sheet[2][-1].value
    assert AuditEntry.objects.filter(title="下载有问题的行", persons=[people[1].pk]).exists()
    catalogue = officer.get("/desk/data/").content.decode()
    assert "85%合格" in catalogue and "1 条不能确定是谁" in catalogue
    sample = load_workbook(
        io.BytesIO(officer.get("/desk/data/deliveries/formats/file.wages/sample/").content)
    )
    assert [cell.value for cell in sample["社会保险缴费工资"][1]][:2] == ["身份证号", "姓名*"]


def test_it_says_on_the_form_what_is_wrong(as_user, on_day, people):  # noqa: F811
    on_day(TODAY)
    officer = as_user("reviewer")
    late = officer.post("/desk/data/deliveries/new/", asked(WAGES + "x,y,,1\n", month="2026-12"))
    assert late.status_code == 422 and "还没有开始" in late.content.decode()
    wrong = officer.post("/desk/data/deliveries/new/", asked("甲,乙\n1,2\n"), follow=True)
    assert "整个文件退回" in wrong.content.decode() and "没有找到" in wrong.content.decode()


def test_it_is_for_the_county_of_the_file_only(as_user, send, people):  # noqa: F811
    made = send("file.wages", f"身份证号,姓名,月缴费工资\n{people[0].id_no},{people[0].name},1000\n")
    addresses = [f"/desk/data/deliveries/{made.pk}/", f"/desk/data/deliveries/{made.pk}/rejected/"]
    found = {
        who: [as_user(who).get(url).status_code for url in addresses]
        for who in ("reviewer", "outsider", "clerk")
    }
    assert found == {"reviewer": [200, 200], "outsider": [404, 404], "clerk": [403, 403]}
    assert as_user("clerk").get("/desk/data/deliveries/new/").status_code == 403
    assert as_user("outsider").post(f"/desk/data/deliveries/{made.pk}/stop/").status_code == 404


def test_it_makes_the_lake_anew_and_says_when_it_is_out_of_date(as_user, on_day, people):  # noqa: F811
    on_day(TODAY)
    officer = as_user("reviewer")
    page = officer.post("/desk/data/lake/rebuild/", {"region": COUNTY, "month": "2026-10"}, follow=True)
    assert "已重建" in page.content.decode() and LakeRun.objects.get().state == Made.DONE
    assert "与数据库一致" in officer.get("/desk/data/lake/").content.decode()
    FactSheet.objects.create(
        person=people[0], values={"wage": 1}, source="入户调查", since=dt.date(2026, 1, 1)
    )
    assert "数据在快照之后有变化" in officer.get("/desk/data/lake/").content.decode()
    later = officer.post("/desk/data/lake/rebuild/", {"region": COUNTY, "month": "2026-12"}, follow=True)
    assert "还没有开始" in later.content.decode()
    run = f"/desk/data/lake/runs/{LakeRun.objects.get().pk}/"
    assert as_user("outsider").get(run).status_code == 404
    assert as_user("clerk").post("/desk/data/lake/rebuild/").status_code == 403


def test_it_stops_a_rebuilding_that_waits_and_starts_no_second(as_user, on_day, access, people, cast):  # noqa: F811
    on_day(TODAY)
    waiting = LakeRun.objects.create(region_id=COUNTY, month=MONTH, owner=cast["reviewer"])
    officer = as_user("reviewer")
    second = officer.post("/desk/data/lake/rebuild/", {"region": COUNTY, "month": "2026-10"}, follow=True)
    assert "请等它结束，或先取消它" in second.content.decode()
    assert "取消重建" in officer.get(f"/desk/data/lake/runs/{waiting.pk}/").content.decode()
    stop_lake(access("reviewer", TODAY), waiting)
    assert "已取消" in officer.get(f"/desk/data/lake/runs/{waiting.pk}/").content.decode()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_it_is_accessible_and_fits_the_screen(open_page, send, people, cast, file):  # noqa: F811
    made = send("file.wages", file)
    assert made.state == State.DONE
    paths = ("/desk/data/", "/desk/data/deliveries/", f"/desk/data/deliveries/{made.pk}/", "/desk/data/lake/")
    for width in (1280, 390):
        page = open_page("/desk/data/deliveries/new/", user=cast["reviewer"], width=width)
        for path in ("", *paths):
            if path:
                page.goto(page.url.split("/desk/")[0] + path)
            assert serious_problems(page) == [], (path, width)
            assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.django_db
def test_it_counts_of_each_register_what_the_register_lists(as_user, cast):
    """Registers of several benefits stand on one table; each counts its own rows."""
    from minzheng.foundation.benefits.models import Entitlement

    person = cast["xiuying"].person
    for benefit in ("dibao", "old_age_allowance"):
        Entitlement.objects.create(
            benefit=benefit, person=person, payee=person, region_id=person.region_id, since_month="2026-01-01"
        )
    page = as_user("approver").get("/desk/data/")
    counts = {register.code: rows for register, rows, _ in page.context["libraries"]}
    assert counts["dibao"] == (1, False)
