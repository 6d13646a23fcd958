"""The treasury's monthly settlement of what was waived: bills → one line a home → one right a home → the payment lists.

Never a second payment engine: what is confirmed becomes a right of the organisation that runs the home.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, QuerySet, Sum

from minzheng.business.funeral.benefits import WAIVER
from minzheng.business.funeral.models import Bill, BillState, Run, RunLine
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.benefits import runs
from minzheng.foundation.benefits.months import last_day
from minzheng.foundation.benefits.organisations import Due, grant_month
from minzheng.foundation.regions.models import Region, within


def due_bills(county: Region, month: dt.date) -> QuerySet[Bill]:
    """Paid by their families in the month or before, and in no settlement yet."""
    return Bill.objects.filter(
        within(county.prefix),
        state=BillState.PAID,
        waived_fen__gt=0,
        run_line__isnull=True,
        on__lte=last_day(month),
    )


@action("funeral.draw_up", "编制殡葬减免结算", permission="funeral.settle", region=lambda county: county.code)
def draw_up(access: Any, county: Region, *, month: dt.date) -> Run:
    """One line for each home with what is due. Done again, an unconfirmed draft is made anew."""
    runs.refuse_unfinished(access, month)
    made = runs.draw_up(access, Run, county, month, queue=WAIVER.code, what="殡葬减免结算")
    made.lines.all().delete()  # the bills become free again
    due = due_bills(county, month)
    sums = list(due.values("home").annotate(count=Count("id"), fen=Sum("waived_fen")).order_by("home"))
    lines = RunLine.objects.bulk_create(
        RunLine(run=made, home_id=row["home"], count=row["count"], fen=row["fen"]) for row in sums
    )
    for line in lines:
        due.filter(home=line.home_id).update(run_line=line)
    made.total_fen = sum(line.fen for line in lines)
    made.save(update_fields=["total_fen"])
    return made


@action("funeral.confirm", "确认殡葬减免结算", permission="funeral.check")
def confirm_run(access: Any, run: Run, *, expected_fen: int) -> Run:
    """The homes' rights are written in the same transaction."""
    return runs.confirm(
        access,
        run,
        queue=WAIVER.code,
        expected_fen=expected_fen,
        write=lambda now: _settle(now, access.today),
    )


def _settle(run: Run, today: dt.date) -> None:
    lines = list(run.lines.select_related("home").order_by("home"))
    if not lines:
        raise Refused("这个月没有要结算的减免。")
    without = [line.home.name for line in lines if line.home.organisation_id is None]
    if without:
        raise Refused(f"{without[0]}没有登记运营单位，没有账户可以拨付。请先在设施台账更换运营单位。")
    dues = [
        Due(line.home.organisation_id or 0, line.home.region_id, line.fen, line.home_id, {"run": run.pk})
        for line in lines
    ]
    rights = grant_month(WAIVER.code, run.month, dues, cite=WAIVER.cite, decided_on=today)
    for line, right in zip(lines, rights, strict=True):
        line.entitlement = right
    RunLine.objects.bulk_update(lines, ["entitlement"])
    Bill.objects.filter(run_line__run=run).update(state=BillState.SETTLED)
