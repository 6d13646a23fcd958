"""Excel in: every broken row is told by number and column, and nothing is kept before it is confirmed."""

import datetime as dt
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.registers.models import ImportRow, Job, JobState
from minzheng.foundation.registers.tests.conftest import OTHER_TOWNSHIP, VILLAGE, rows_of, sheet
from tests.club.models import Member

IMPORT = "/desk/registers/club/import"
HEAD = ["会员证号*", "姓名*", "级别*", "年费*", "入会日期*", "手机号码", "所在村（社区）*", "备注"]
NEW_VILLAGE = "湖南省怀化市新晃侗族自治县晃洲镇新村"
GOOD = ["A1", "陈静", "成人", 120.5, dt.datetime(2024, 5, 1), "13907451234", NEW_VILLAGE, None]


def uploaded(client, *rows):
    """Upload and return the job after checking."""
    response = client.post(IMPORT, {"file": sheet(*rows)})
    assert response.status_code == 302, response.content.decode()
    return Job.objects.latest("pk")


def confirmed(client, job):
    client.post(f"/desk/registers/club/jobs/{job.pk}/confirm")
    job.refresh_from_db()
    return job


def test_it_gives_a_template_with_notes_lists_and_the_own_villages(log_in):
    response = log_in("clerk").get(f"{IMPORT}/template")
    book = load_workbook(io.BytesIO(response.content))
    first = book.worksheets[0]
    assert [cell.value for cell in first[1]] == HEAD
    assert "必填" in first["A1"].comment.text and "只能填：少年、成人、荣誉" in first["C1"].comment.text
    assert {rule.formula1 for rule in first.data_validations.dataValidation} == {
        '"少年,成人,荣誉"',
        "'村（社区）'!$A$1:$A$1",
    }
    assert rows_of(response.content, "村（社区）") == [(NEW_VILLAGE, VILLAGE)]


def test_it_keeps_nothing_until_it_is_confirmed_and_then_everything(log_in, cast):
    clerk = log_in("clerk")
    job = uploaded(clerk, HEAD, GOOD)
    assert job.state == JobState.CHECKED and not Member.objects.exists()
    assert confirmed(clerk, job).result == {"good": 1, "bad": 0, "changed": 0, "added": 1}
    kept = Member.objects.get()
    assert (kept.card_no, kept.fee_fen, kept.joined_on, kept.region_id) == (
        "A1",
        120_50,
        dt.date(2024, 5, 1),
        VILLAGE,
    )
    entry = AuditEntry.objects.get(action="club.import")
    assert (entry.actor, entry.detail) == (cast["clerk"], {"added": 1, "changed": 0})


def test_it_confirms_once_however_often_one_clicks(log_in):
    clerk = log_in("clerk")
    job = uploaded(clerk, HEAD, GOOD)
    for _ in range(3):
        confirmed(clerk, job)
    assert Member.objects.count() == 1
    assert AuditEntry.objects.filter(action="club.import").count() == 1


def test_it_forgets_the_file_and_the_good_rows_once_they_are_kept(log_in):
    clerk = log_in("clerk")
    job = confirmed(clerk, uploaded(clerk, HEAD, GOOD, ["", "李", *GOOD[2:]]))
    assert not job.file
    assert [row.is_good for row in job.rows.all()] == [False]


@pytest.mark.parametrize(
    ("place", "typed", "column", "told"),
    [
        (0, None, "会员证号", "请填写：会员证号"),
        (1, "王5", "姓名", "姓名里不应有数字"),
        (2, "老年", "级别", "请从列出的选项中选一个"),
        (3, -1, "年费", "金额不能是负数"),
        (4, f"{dt.date.today() + dt.timedelta(days=1)}", "入会日期", "还没有到"),
        (4, "2024-02-30", "入会日期", "请填写真实的日期"),
        (5, "139****1234", "手机号码", "这里是遮挡过的号码"),
        (6, "炉冲村", "所在村（社区）", "没有在您的辖区内找到“炉冲村”"),
        (6, OTHER_TOWNSHIP, "所在村（社区）", "没有在您的辖区内找到"),
        (7, "长" * 121, "备注", "最多120个字"),
    ],
)
def test_it_tells_row_column_and_remedy_and_keeps_the_rest(log_in, place, typed, column, told):
    clerk = log_in("clerk")
    broken = [*GOOD]
    broken[place] = typed
    job = uploaded(clerk, HEAD, broken, ["A2", *GOOD[1:]])
    page = clerk.get(f"/desk/registers/club/jobs/{job.pk}")
    (problem,) = page.context["problems"]
    assert (problem["number"], problem["label"]) == (2, column)
    assert told in problem["text"]
    confirmed(clerk, job)
    assert [row.card_no for row in Member.objects.all()] == ["A2"]


def test_it_gives_the_broken_rows_back_to_be_mended_and_takes_them_again(log_in):
    clerk = log_in("clerk")
    job = uploaded(clerk, HEAD, ["'=1+1", "王5", *GOOD[2:]], ["A2", *GOOD[1:]])
    broken = rows_of(clerk.get(f"/desk/registers/club/jobs/{job.pk}/failures").content)
    assert len(broken) == 2 and "姓名里不应有数字" in broken[1][-1]
    mended = [broken[1][0], "王五", *broken[1][2:]]
    again = confirmed(clerk, uploaded(clerk, broken[0], mended))
    assert again.result["added"] == 1
    assert Member.objects.get().card_no == "=1+1"


def test_it_changes_what_is_there_and_leaves_empty_cells_alone(log_in, member):
    clerk = log_in("clerk")
    row = member("A1", phone="13907451234", note="老会员")
    job = uploaded(clerk, HEAD, ["A1", "陈静", "荣誉", 99, "2024-05-01", None, VILLAGE, None])
    assert job.result["changed"] == 1
    confirmed(clerk, job)
    row.refresh_from_db()
    assert (row.level, row.fee_fen, row.phone, row.note) == ("honorary", 99_00, "13907451234", "老会员")


def test_it_changes_nothing_where_the_sheet_says_the_same(log_in, member):
    clerk = log_in("clerk")
    member("A1")
    job = confirmed(
        clerk, uploaded(clerk, HEAD, ["A1", "陈静", "成人", 120, "2024-05-01", None, VILLAGE, None])
    )
    assert (job.result["added"], job.result["changed"]) == (0, 0)
    assert not AuditEntry.objects.filter(action="club.import").exists()


def test_it_finds_a_row_that_stands_twice_in_the_sheet(log_in):
    clerk = log_in("clerk")
    job = uploaded(clerk, HEAD, GOOD, GOOD)
    assert ImportRow.objects.get(job=job, is_good=False).errors == {"card_no": "与第2行重复。请只留一行。"}


def test_it_does_not_let_a_sheet_take_over_another_townships_row(log_in, member):
    clerk = log_in("clerk")
    row = member("A1", region_id=OTHER_TOWNSHIP)
    job = uploaded(clerk, HEAD, GOOD)
    assert "已由其他区域登记" in ImportRow.objects.get(job=job).errors["card_no"]
    confirmed(clerk, job)
    row.refresh_from_db()
    assert row.region_id == OTHER_TOWNSHIP


def test_it_saves_nothing_at_all_if_one_row_was_taken_meanwhile(log_in, member):
    clerk = log_in("clerk")
    job = uploaded(clerk, HEAD, ["A2", *GOOD[1:]], GOOD)
    member("A1", region_id=OTHER_TOWNSHIP)
    assert confirmed(clerk, job).state == JobState.FAILED
    assert "什么也没有保存" in job.note
    assert [row.card_no for row in Member.objects.all()] == ["A1"]


def test_it_says_when_a_spreadsheet_has_eaten_digits(log_in):
    clerk = log_in("clerk")
    job = uploaded(clerk, HEAD, [431227197903080021, *GOOD[1:]])
    assert "后几位已经丢失" in ImportRow.objects.get(job=job).errors["card_no"]


def _bytes(make):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        make(packed)
    return held.getvalue()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"id,name\n1,2\n", "这不是 .xlsx 文件"),
        (_bytes(lambda z: z.writestr("a", b"0" * (301 * 1024 * 1024))), "展开后太大"),
        (_bytes(lambda z: [z.writestr(str(n), b"") for n in range(501)]), "部件太多"),
        (_bytes(lambda z: z.writestr("xl/vbaProject.bin", b"x")), "带有宏"),
        (_bytes(lambda z: z.writestr("a", b"x")), "打不开"),
    ],
    ids=["a csv", "a bomb", "five hundred parts", "a macro", "another zip"],
)
def test_it_refuses_what_is_no_sheet_and_says_what_to_do(log_in, content, told):
    clerk = log_in("clerk")
    clerk.post(IMPORT, {"file": SimpleUploadedFile("会员.xlsx", content)})
    job = Job.objects.get()
    assert job.state == JobState.FAILED and told in job.note
    assert told in clerk.get(f"/desk/registers/club/jobs/{job.pk}").content.decode()


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([["随便", "写的"]] * 12, "没有找到列名"),
        ([HEAD[:3]], "少了这几列：年费、入会日期、所在村（社区）"),
        ([HEAD], "表里没有内容"),
        ([[]], "这个文件是空的"),
    ],
)
def test_it_tells_what_a_sheet_lacks(log_in, rows, told):
    job = uploaded(log_in("clerk"), *rows)
    assert job.state == JobState.FAILED and told in job.note


def test_it_refuses_a_file_that_is_too_large_before_keeping_it(log_in, settings):
    settings.MAX_UPLOAD_BYTES = 100
    page = log_in("clerk").post(IMPORT, {"file": sheet(HEAD, GOOD)})
    assert page.status_code == 422 and "请分成几个文件" in page.content.decode()
    assert not Job.objects.exists()


def test_it_asks_for_the_file_when_none_was_chosen(log_in):
    assert "请先选择填好的 Excel 文件" in log_in("clerk").post(IMPORT, {}).content.decode()


def test_it_shows_a_job_to_nobody_but_its_owner(client, cast, log_in):
    job = uploaded(log_in("clerk"), HEAD, GOOD)
    for address in (f"jobs/{job.pk}", f"jobs/{job.pk}/failures"):
        assert log_in("clerk2").get(f"/desk/registers/club/{address}").status_code == 404
    assert log_in("clerk2").post(f"/desk/registers/club/jobs/{job.pk}/confirm").status_code == 404


def test_it_forgets_everything_when_the_clerk_gives_up(log_in):
    clerk = log_in("clerk")
    job = uploaded(clerk, HEAD, GOOD)
    clerk.post(f"/desk/registers/club/jobs/{job.pk}/discard")
    assert not Job.objects.exists() and not ImportRow.objects.exists() and not Member.objects.exists()


def test_it_lets_nobody_import_who_may_not_write(log_in):
    assert log_in("auditor").get(IMPORT).status_code == 403
