"""The one lawful way out of the trail: what has been kept long enough leaves into a signed file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pgtrigger
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Min

from minzheng.foundation.accounts.walls.build import as_owner
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.chain import check_export
from minzheng.foundation.audit.heads import read_heads
from minzheng.foundation.audit.models import AuditEntry, AuditLink
from minzheng.foundation.audit.record import record
from minzheng.foundation.audit.trail import anchor, export
from minzheng.foundation.cases.parameters import parameter

NATIONAL = "0" * 12
KEPT = ("audit.AuditEntry:entry_is_kept", "audit.AuditLink:link_is_kept")


def retire(file: Path, before: dt.date) -> int:
    """Move the oldest entries, all made before a day, into a new file; returns how many.

    The file is written, signed and checked first; then a signed head says that the chain in the database may begin
    after them; only then do they leave. A person decides this at the console, never the nightly run.
    """
    _refuse_too_young(before)
    if file.exists():
        raise Refused(f"{file} 已经存在，不会覆盖。请换一个文件名。")
    through = _last_place_before(before)
    if not through:
        raise Refused(f"没有可以移出的记录：最早的一条不早于 {before}。")
    export(file, through)
    with file.open("rb") as lines:
        count = check_export(lines, read_heads(settings.AUDIT_ANCHORS)).count
    anchor("retired", through)
    # The application's own roles may not delete what is kept, whatever they tell the triggers (docs/walls.md).
    with as_owner(), transaction.atomic(), pgtrigger.ignore(*KEPT), connection.cursor() as cursor:
        cursor.execute(
            """
            WITH gone AS (DELETE FROM audit_auditlink WHERE seq <= %s RETURNING entry_id)
            DELETE FROM audit_auditentry e USING gone WHERE e.id = gone.entry_id
            """,
            [through],
        )
        record(
            "audit.retire", "审计记录到期移出", actor=None, through=through, count=count, before=str(before)
        )
    return count


def _refuse_too_young(before: dt.date) -> None:
    today = dt.date.today()
    years = parameter("audit_keep_years", NATIONAL, today)
    # On 29 February the day before stands in: a day more is kept, never a day less.
    limit = dt.date(today.year - years, *_month_and_day(today))
    if before > limit:
        raise Refused(f"审计记录至少保存 {years} 年（标准 audit_keep_years），--before 不能晚于 {limit}。")


def _month_and_day(day: dt.date) -> tuple[int, int]:
    return (2, 28) if (day.month, day.day) == (2, 29) else (day.month, day.day)


def _last_place_before(before: dt.date) -> int:
    """The place before the first entry of that day or later; an entry out of order in time waits with it."""
    young = AuditEntry.objects.filter(at__date__gte=before)
    first = AuditLink.objects.filter(entry__in=young).aggregate(first=Min("seq"))["first"]
    if first is None:
        newest = AuditLink.objects.order_by("-seq").values_list("seq", flat=True).first()
        return newest or 0
    oldest = AuditLink.objects.aggregate(first=Min("seq"))["first"]
    return first - 1 if first > oldest else 0
