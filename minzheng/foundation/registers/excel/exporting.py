"""Excel out: what the list shows under the same rights, streamed; numbers stay masked; who took it is recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.core.files.base import ContentFile
from django.utils import timezone
from openpyxl import Workbook

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.limits import limit
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.record import record
from minzheng.foundation.registers.columns import excel_value, harmless
from minzheng.foundation.registers.declaration import Register
from minzheng.foundation.registers.excel.batches import batches
from minzheng.foundation.registers.excel.fields import import_questions
from minzheng.foundation.registers.excel.sheets import add_notes, new_book, start_sheet, to_bytes
from minzheng.foundation.registers.listing import Listing
from minzheng.foundation.registers.models import ImportRow, Job, JobState
from minzheng.foundation.registers.working import Kept, finish, progress

MOST = 100_000
MEND = "要改的地方"


def export(job: Job, register: Register, access: Access) -> None:
    """Write the file and keep it on the job; every person in it is named in the audit trail, with the reason."""
    access.require(register.export)
    listing = Listing(register, access, Kept(job.request["query"]), job.request.get("text", ""))
    _refuse_more_than_was_asked(job, listing)
    reason = job.request.get("reason", "")
    with new_book() as book:
        book.properties.creator, book.properties.identifier = str(access.user), job.number
        done = _fill(book, job, listing, reason)
        add_notes(book, "说明", _about(job, listing, reason, done))
        name = f"{register.title}-{timezone.localtime():%Y%m%d-%H%M}.xlsx"
        job.file.save(f"{register.code}-{job.pk}.xlsx", ContentFile(to_bytes(book)), save=False)
        job.request["name"] = name
        finish(job, JobState.DONE, rows=done)


def _refuse_more_than_was_asked(job: Job, listing: Listing) -> None:
    """Between asking and working the register may have grown; nobody gets more than was approved."""
    allowed = job.total if job.decided_by_id else limit("export_approval_rows")
    if listing.rows.order_by()[: allowed + 1].count() > allowed:
        raise Refused(f"现在符合条件的超过 {allowed:,} {listing.register.unit}，比申请时多。请重新申请导出。")


def watermark(job: Job, reason: str) -> str:
    """One line that says whose copy this is; it stands above the rows and on every printed page."""
    who = str(job.owner)
    return f"{job.number}　{who}　{timezone.localtime():%Y-%m-%d %H:%M}　用途：{reason}　含个人信息，用后及时删除"


def _fill(book: Workbook, job: Job, listing: Listing, reason: str) -> int:
    register = listing.register
    labels = [column.label for column in listing.columns]
    sheet = start_sheet(book, register.title, labels, mark=watermark(job, reason))
    done = 0
    for rows in batches(listing.ordered()[:MOST].iterator(2000)):
        for row in rows:
            sheet.append([excel_value(column, row) for column in listing.columns])
        done += len(rows)
        record(
            f"{register.code}.export",
            f"导出{register.title}",
            actor=listing.access.user,
            subject=job,
            persons=register.persons(rows),
            reason=reason,
            is_read=True,
            rows=len(rows),
            number=job.number,
        )
        progress(job, done)
    return done


def _about(job: Job, listing: Listing, reason: str, done: int) -> Iterator[tuple[str, str]]:
    """Who took this file, when, why and what is in it: a file that leaves the system says where it came from."""
    yield "台账", listing.register.title
    yield "编号", job.number
    yield "导出人", str(listing.access.user)
    yield "核准人", str(job.decided_by) if job.decided_by else "不超过规定行数，不需核准"
    yield "导出时间", f"{timezone.localtime():%Y-%m-%d %H:%M}"
    yield "用途", reason
    yield "筛选", "；".join(bound.summary for bound in listing.in_use) or "辖区内全部"
    yield "行数", str(done)
    yield "提醒", "本表含个人信息，只能用于上面写明的用途，用后及时删除。"


def failed_rows(register: Register, rows: Iterable[ImportRow]) -> bytes:
    """The rows that could not be imported, as they were typed, each with what to mend: fix and upload again."""
    questions = import_questions(register)
    with new_book() as book:
        labels = [question.label for question in questions.values()]
        sheet = start_sheet(book, register.title, [*labels, MEND], [*[18] * len(labels), 60])
        for row in rows:
            typed = [harmless(row.typed.get(key, "")) for key in questions]
            mend = "；".join(
                f"{questions[key].label}：{text}" for key, text in row.errors.items() if key in questions
            )
            sheet.append([*typed, harmless(mend)])
        return to_bytes(book)
