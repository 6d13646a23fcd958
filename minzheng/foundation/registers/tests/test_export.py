"""Excel out: the same rows, columns and masks as the list; no cell runs; much of it needs a reason."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.forms import clean_row
from minzheng.foundation.registers.columns import harmless, without_apostrophe
from minzheng.foundation.registers.excel.checking import Checker
from minzheng.foundation.registers.excel.exporting import export
from minzheng.foundation.registers.excel.fields import import_questions
from minzheng.foundation.registers.excel.importing import save
from minzheng.foundation.registers.excel.reading import open_sheet, typed_rows
from minzheng.foundation.registers.models import ImportRow, Job, JobKind, JobState
from minzheng.foundation.registers.tests.conftest import OTHER_TOWNSHIP, VILLAGE, rows_of
from tests.club.models import Level, Member
from tests.club.registers import MEMBERS

EXPORT = "/desk/registers/club/export"
REASON = "季度复核抽查"


def taken(client, query="", **posted):
    """Export and return (job, the rows of the file below the line that says whose copy it is)."""
    response = client.post(EXPORT + query, {"reason": REASON} | posted)
    assert response.status_code == 302, response.content.decode()
    job = Job.objects.latest("pk")
    file = client.get(f"/desk/registers/club/jobs/{job.pk}/file")
    return job, rows_of(file.content)[1:]


def test_it_takes_the_rows_columns_and_order_of_the_list_and_nothing_else(log_in, member):
    member("A1", name="陈静", level=Level.JUNIOR)
    member("A2", name="白云", level=Level.JUNIOR)
    member("A3", name="安宁")
    member("A4", name="钱多", level=Level.JUNIOR, region_id=OTHER_TOWNSHIP)
    _, rows = taken(
        log_in("clerk"), "?level=junior&sort=-card_no&columns=name&columns=fee_fen&columns=joined_on"
    )
    assert rows[0] == ("姓名", "年费", "入会日期")
    assert rows[1:] == [("白云", 120, dt.datetime(2024, 5, 1)), ("陈静", 120, dt.datetime(2024, 5, 1))]


def test_it_masks_numbers_in_the_file_too(log_in, member):
    member("A1", phone="13907451234")
    _, rows = taken(log_in("clerk"))
    assert "139****1234" in rows[1] and not any("13907451234" in str(cell) for row in rows for cell in row)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_it_lets_no_cell_run_as_a_formula(log_in, member, start):
    member("A1", name=f"{start}HYPERLINK(1)")
    job, rows = taken(log_in("clerk"), "?columns=name")
    assert rows[1][0].startswith("'" + start.replace("\r", "\n")) or rows[1][0].startswith("'")
    sheet = load_workbook(job.file.open("rb")).worksheets[0]
    assert sheet["A3"].data_type == "s"


@pytest.mark.parametrize("reason", ["", "看看", "   a  "])
def test_it_asks_why_whatever_the_number_of_rows(log_in, member, reason):
    member("A1")
    response = log_in("clerk").post(EXPORT, {"reason": reason})
    assert response.status_code == 422
    assert "请写明导出的用途" in response.content.decode()


def test_it_writes_into_the_file_who_took_it_and_why(log_in, member):
    member("A1")
    clerk = log_in("clerk")
    job, _ = taken(clerk, "?level=adult", reason="季度复核抽查")
    about = dict(rows_of(clerk.get(f"/desk/registers/club/jobs/{job.pk}/file").content, "说明"))
    assert (about["导出人"], about["筛选"], about["行数"]) == ("龙建军", "级别：成人", "1")


def test_it_names_every_exported_person_in_the_audit_trail(log_in, cast):
    log_in("clerk").post("/desk/registers/people/export", {"reason": REASON})
    entry = AuditEntry.objects.get(action="people.export")
    assert cast["xiuying"].person_id in entry.persons and entry.is_read


def test_it_gives_a_file_to_nobody_but_its_owner(log_in, member):
    member("A1")
    job, _ = taken(log_in("clerk"))
    assert log_in("clerk2").get(f"/desk/registers/club/jobs/{job.pk}/file").status_code == 404


def test_it_exports_nothing_for_a_role_without_the_right(log_in):
    assert log_in("helper").get(EXPORT).status_code == 403


def test_it_loses_the_right_between_asking_and_working(log_in, cast, member):
    member("A1")
    job = Job.objects.create(kind=JobKind.EXPORT, register="club", owner=cast["clerk"], request={"query": []})
    cast["clerk"].assignments.update(until=dt.date.today())
    from minzheng.foundation.registers.jobs import run_export

    run_export.enqueue(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.FAILED and not job.file


printable = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=40)


@given(
    printable | st.sampled_from("=+-@\t\r").flatmap(lambda start: printable.map(lambda rest: start + rest))
)
def test_it_makes_any_text_harmless_and_gets_it_back(text):
    assert not harmless(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert without_apostrophe(harmless(text)) == text


members = st.fixed_dictionaries(
    {
        "card_no": st.from_regex(r"[=+@A-Z0-9-]{1,20}", fullmatch=True),
        "name": st.text(st.sampled_from("陈静王小明·杨"), min_size=2, max_size=6),
        "level": st.sampled_from([level.value for level in Level]),
        "fee_fen": st.integers(0, 10**12),
        "joined_on": st.dates(dt.date(1950, 1, 1), dt.date.today()).map(dt.date.isoformat),
        "note": printable,
    }
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(members, max_size=8, unique_by=lambda one: one["card_no"]))
def test_it_reads_back_what_it_exported(cast, rows):
    """Export, empty the register, import the same file: every row is as it was."""
    access = Access(cast["clerk"])
    Member.objects.all().delete()
    for row in rows:
        cleaned, errors = clean_row(
            [question for question in MEMBERS.form.questions.values() if question.kind != "region"], row
        )
        if not errors:
            cleaned.setdefault("note", "")
            Member.objects.create(region_id=VILLAGE, **cleaned)
    before = _all()
    job = Job.objects.create(
        kind=JobKind.EXPORT, register="club", owner=cast["clerk"],
        request={"query": [["columns", column.key] for column in MEMBERS.columns]},
    )  # fmt: skip
    export(job, MEMBERS, access)
    Member.objects.all().delete()
    back = Job.objects.create(kind=JobKind.IMPORT, register="club", owner=cast["clerk"])
    with job.file.open("rb") as file:
        checked = Checker(MEMBERS, access).check(
            list(typed_rows(open_sheet(file), import_questions(MEMBERS)))
        )
    assert [row.errors for row in checked if not row.is_good] == []
    ImportRow.objects.bulk_create(
        ImportRow(job=back, number=row.number, typed={}, cleaned=row.cleaned) for row in checked
    )
    save(back, MEMBERS, access)
    assert _all() == before


def _all():
    fields = ["card_no", "name", "level", "fee_fen", "joined_on", "region_id", "note"]
    return sorted(Member.objects.values_list(*fields))
