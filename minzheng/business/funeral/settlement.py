"""The treasury's monthly settlement of what was waived: bills → one line a home → one right a home → the payment lists.

Never a second payment engine: what is confirmed becomes a right of the organisation that runs the home.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, QuerySet, Sum

from minzheng.business.funeral.benefits import WAIVER
from minzheng.business.funeral.models import Bill, BillState, Run, RunLine, RunState
from minzheng.foundation.accounts.behind import person_of
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.benefits.lock import lock
from minzheng.foundation.benefits.months import last_day, month_of
from minzheng.foundation.benefits.organisations import Due, grant_month
from minzheng.foundation.ledger.money import yuan
from minzheng.foundation.regions.models import Level, Region, within


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
    if county.level != Level.COUNTY:
        raise Refused("殡葬减免按县（市、区）结算，请选择县级区划。")
    if month >= month_of(access.today):
        raise Refused(f"{month:%Y年%m月}还没有过完，账单还会增加。请在下个月结算。")
    lock(WAIVER.code, county.code)
    made = Run.objects.select_for_update().filter(region=county, month=month).first()
    if made is not None and made.state == RunState.CONFIRMED:
        raise Refused(f"{month:%Y年%m月}已经结算确认。以后结清的账单列入下个月。")
    if made is not None:
        made.delete()  # its lines go with it, the bills become free again
    made = Run.objects.create(region=county, month=month, maker=person_of(access), made_on=access.today)
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
    """Another person confirms the total that the page showed; the homes' rights are written in the same transaction."""
    lock(WAIVER.code, run.region_id)
    now = Run.objects.select_for_update().get(pk=run.pk)
    if now.state == RunState.CONFIRMED:
        return now
    checker = person_of(access)
    if checker.pk == now.maker_id:
        raise Refused("编制和确认不能是同一个人（换账号也不行）。请由另一位同志确认。")
    if expected_fen != now.total_fen:
        raise Refused(f"合计已变为 {yuan(now.total_fen)} 元，请刷新页面核对后再确认。")
    lines = list(now.lines.select_related("home").order_by("home"))
    if not lines:
        raise Refused("这个月没有要结算的减免。")
    without = [line.home.name for line in lines if line.home.organisation_id is None]
    if without:
        raise Refused(f"{without[0]}没有登记运营单位，没有账户可以拨付。请先在设施台账更换运营单位。")
    dues = [
        Due(line.home.organisation_id or 0, line.home.region_id, line.fen, line.home_id, {"run": now.pk})
        for line in lines
    ]
    rights = grant_month(WAIVER.code, now.month, dues, cite=WAIVER.cite, decided_on=access.today)
    for line, right in zip(lines, rights, strict=True):
        line.entitlement = right
    RunLine.objects.bulk_update(lines, ["entitlement"])
    Bill.objects.filter(run_line__run=now).update(state=BillState.SETTLED)
    now.state, now.checker, now.confirmed_on = RunState.CONFIRMED, checker, access.today
    now.save()
    return now
