"""Much at once needs another person's yes, bears its taker's name, expires, and is counted each time it is fetched."""

import datetime as dt
import io

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from minzheng.foundation.accounts.limits import limit
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.registers.approval import approve, waiting_for, widest
from minzheng.foundation.registers.columns import excel_value
from minzheng.foundation.registers.declaration import Register
from minzheng.foundation.registers.excel import exporting
from minzheng.foundation.registers.excel.sheets import start_sheet, to_bytes
from minzheng.foundation.registers.jobs import forget_old
from minzheng.foundation.registers.models import Job, JobState
from minzheng.foundation.registers.tests.conftest import VILLAGE
from minzheng.foundation.registry.words import shelf
from tests.club.models import Member
from tests.proof import outdated

EXPORT = "/desk/registers/club/export"
MOST_ALONE = limit("export_approval_rows")
FACTS = {"name": "陈静", "joined_on": dt.date(2024, 5, 1), "region_id": VILLAGE}


@pytest.fixture
def many(regions):
    Member.objects.bulk_create(Member(card_no=f"A{n}", **FACTS) for n in range(MOST_ALONE))


@pytest.fixture
def desk(cast):
    def of(username):
        client = Client()
        client.force_login(cast[username])
        return client

    return of


@pytest.fixture
def asked(desk, many):
    """The clerk has asked for one row more than may be taken alone."""
    Member.objects.create(card_no="B1", **FACTS)
    desk("clerk").post(EXPORT, {"reason": "季度复核抽查"})
    return Job.objects.get()


def file_of(client, job):
    return client.get(f"/desk/registers/club/jobs/{job.pk}/file")


def test_it_needs_nobody_up_to_the_limit(desk, many):
    desk("clerk").post(EXPORT, {"reason": "季度复核抽查"})

    assert Job.objects.get().state == JobState.DONE


def test_one_row_more_waits_for_another_person(desk, asked):
    assert (asked.state, bool(asked.file)) == (JobState.ASKED, False)
    assert file_of(desk("clerk"), asked).status_code == 404
    assert "等待核准" in desk("clerk").get(f"/desk/registers/club/jobs/{asked.pk}").content.decode()


def test_it_is_made_once_approved_and_says_by_whom(desk, asked):
    page = desk("township").get("/desk/registers/exports/").content.decode()
    assert "季度复核抽查" in page and asked.number in page

    desk("township").post(f"/desk/registers/exports/{asked.pk}/", {"approve": "1"})

    book = load_workbook(io.BytesIO(file_of(desk("clerk"), asked).content))
    about = dict(row[:2] for row in book["说明"].iter_rows(values_only=True))
    assert (about["导出人"], about["核准人"], about["编号"]) == ("龙建军", "姚志强", asked.number)
    assert AuditEntry.objects.get(action="export.approve").actor.username == "township"


def test_only_the_asker_gets_the_file(desk, asked):
    desk("township").post(f"/desk/registers/exports/{asked.pk}/", {"approve": "1"})

    assert file_of(desk("township"), asked).status_code == 404


def test_a_no_says_why_and_makes_no_file(desk, asked):
    desk("township").post(f"/desk/registers/exports/{asked.pk}/", {"decline": "1", "reason": "请缩小到本村"})

    assert "请缩小到本村" in desk("clerk").get(f"/desk/registers/club/jobs/{asked.pk}").content.decode()
    assert not Job.objects.get().file


def test_nobody_approves_the_own_export_even_with_a_second_account(access, cast, asked):
    cast["township"].person = cast["clerk"].person
    cast["township"].save()

    with pytest.raises(Refused, match="不能核准自己"):
        approve(access("township"), asked)


def test_the_database_itself_refuses_an_approval_by_the_owner(cast, asked):
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.filter(pk=asked.pk).update(decided_by=cast["clerk"])


@pytest.mark.parametrize("username", ["clerk2", "finance", "outsider", "admin"])
def test_nobody_without_the_right_in_this_region_approves(access, asked, username):
    assert asked not in waiting_for(access(username))
    with pytest.raises(PermissionDenied):
        approve(access(username), asked)


def test_a_township_does_not_approve_what_is_taken_from_the_whole_county(access, cast, asked):
    Job.objects.update(region=widest(["431227"]), owner=cast["reviewer"])
    asked.refresh_from_db()

    assert asked in waiting_for(access("approver"))
    with pytest.raises(PermissionDenied):
        approve(access("township"), asked)


@pytest.mark.parametrize(
    ("prefixes", "region"),
    [
        (["431227107"], "431227107000"),
        (["431227107", "431227101"], "431227000000"),
        (["431227107203", "431227107204"], "431227107000"),
        (["431227", "431228"], "431200000000"),
        (["43", "41"], "000000000000"),
    ],
)
def test_the_approver_answers_for_all_regions_of_the_asker(prefixes, region):
    assert widest(prefixes) == region


def test_nobody_gets_more_than_was_approved(desk, asked):
    Member.objects.create(card_no="B2", **FACTS)

    desk("township").post(f"/desk/registers/exports/{asked.pk}/", {"approve": "1"})

    made = Job.objects.get()
    assert (made.state, bool(made.file)) == (JobState.FAILED, False)
    assert "请重新申请" in made.note


def test_the_file_bears_its_takers_name_on_the_sheet_and_on_every_printed_page(desk, regions):
    Member.objects.create(card_no="A1", **FACTS)
    desk("clerk").post(EXPORT, {"reason": "A&B 抽查核对"})
    job = Job.objects.get()

    sheet = load_workbook(io.BytesIO(file_of(desk("clerk"), job).content)).worksheets[0]

    for text in (sheet["A1"].value, sheet.oddHeader.center.text, sheet.oddFooter.center.text):
        assert job.number in text and "龙建军" in text and "抽查核对" in text
    assert "A&&B" in sheet.oddHeader.center.text, "a single & would be read as a command"


@pytest.mark.parametrize(("seconds", "status"), [(5, 200), (-5, 404)])
def test_it_expires_to_the_second(desk, regions, seconds, status):
    Member.objects.create(card_no="A1", **FACTS)
    desk("clerk").post(EXPORT, {"reason": "季度复核抽查"})
    kept = dt.timedelta(days=limit("export_keep_days"))
    Job.objects.update(moved_at=timezone.now() - kept + dt.timedelta(seconds=seconds))

    assert file_of(desk("clerk"), Job.objects.get()).status_code == status


def test_an_expired_file_is_deleted_whoever_it_belongs_to(desk, regions):
    Member.objects.create(card_no="A1", **FACTS)
    desk("clerk").post(EXPORT, {"reason": "季度复核抽查"})
    stored = Job.objects.get().file
    Job.objects.update(moved_at=timezone.now() - dt.timedelta(days=limit("export_keep_days")))

    forget_old()

    assert not Job.objects.exists() and not stored.storage.exists(stored.name)


def test_every_download_is_counted_and_audited(desk, regions):
    Member.objects.create(card_no="A1", **FACTS)
    desk("clerk").post(EXPORT, {"reason": "季度复核抽查"})
    job = Job.objects.get()

    for _ in range(2):
        file_of(desk("clerk"), job)

    job.refresh_from_db()
    assert job.downloads == 2
    assert AuditEntry.objects.filter(action="club.download", reason="季度复核抽查").count() == 2


def test_asking_approving_and_fetching_all_want_a_fresh_proof(desk, asked):
    clerk, township = outdated(desk("clerk")), outdated(desk("township"))

    assert clerk.get(EXPORT).status_code == 302
    assert file_of(clerk, asked).status_code == 302
    township.post(f"/desk/registers/exports/{asked.pk}/", {"approve": "1"})
    assert Job.objects.get().state == JobState.ASKED


HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0"]


NEVER_TEXT = {"money", "date", "month", "moment"}  # the database holds a number or a date there


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_column_of_any_register_runs_as_a_formula(monkeypatch, db, text):
    """Whatever stands in a row: every column of every register writes text that a spreadsheet shows and never runs."""
    monkeypatch.setattr("minzheng.foundation.registers.columns.raw_value", lambda column, row: text)
    written = [
        (register.code, column.key, excel_value(column, register.model()))
        for register in shelf(Register)
        for column in register.columns
        if column.kind not in NEVER_TEXT
    ]

    assert len(written) > 100
    assert [one for one in written if str(one[2]).startswith(tuple("=+-@\t\r"))] == []


def test_a_cell_of_hostile_text_is_stored_as_text(db):
    book = exporting.Workbook(write_only=True)
    sheet = start_sheet(book, "表", ["列"], mark="=1+1")
    sheet.append([exporting.harmless(text) for text in HOSTILE])

    read = load_workbook(io.BytesIO(to_bytes(book))).worksheets[0]

    assert {cell.data_type for row in read.iter_rows() for cell in row if cell.value} == {"s"}
