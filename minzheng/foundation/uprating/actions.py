"""Asked for by one officer, worked out without changing anything, confirmed by another for the totals that were shown."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Count, Sum

from minzheng.foundation.accounts.behind import another_person, person_of
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.benefits.lock import lock
from minzheng.foundation.benefits.months import add_months, month_of
from minzheng.foundation.benefits.words import Benefit
from minzheng.foundation.payments.settle import last_run
from minzheng.foundation.regions.models import Level, Region
from minzheng.foundation.uprating.changes import changes, is_a_turn, uprated
from minzheng.foundation.uprating.judging import judged
from minzheng.foundation.uprating.models import LineState, State, Uprating
from minzheng.foundation.uprating.reading import Reader, pieces

LOOKED_BACK = 36  # months: a standard is not announced longer after its own month
_COPY = (
    "COPY uprating_upratingline (uprating_id, entitlement_id, amount_id, region_id, from_month, until_month,"
    " old_fen, new_fen, arrears_fen, state, reason) FROM STDIN"
)


def declared_of(code: str) -> Benefit:
    """The benefit, if it is one that is uprated."""
    for one in uprated():
        if one.code == code:
            return one
    raise Refused("这项待遇不按月发放，没有可以重算的标准。")


@action("uprating.ask", "测算提标", permission="uprating.make", region=lambda county: county.code)
def ask(access: Any, county: Region, *, benefit: str, from_month: dt.date, evidence: str) -> Uprating:
    """Begin one. Refused where no standard of the benefit changed with that month, or another is still open."""
    declared = declared_of(benefit)
    if county.level != Level.COUNTY:
        raise Refused("提标按县（市、区）办理，请选择县级区划。")
    through = month_of(access.today)
    if not add_months(through, -LOOKED_BACK) <= from_month <= through:
        raise Refused(f"新标准起始月应在最近{LOOKED_BACK}个月以内，不晚于本月。")
    if not evidence.strip():
        raise Refused({"evidence": "请填写调整标准的文件名称和文号。"})
    found = changes(declared, county.code, from_month)
    if not found:
        raise Refused(
            f"“{declared.title}”的标准在{from_month:%Y年%m月}没有变化。请先在标准库（standards/）写入新标准，再来测算。"
        )
    try:
        with transaction.atomic():
            return Uprating.objects.create(
                benefit=benefit,
                region=county,
                from_month=from_month,
                through=through,
                evidence=evidence.strip()[:120],
                standards=[one.as_json() for one in found],
                maker=person_of(access),
                made_on=access.today,
            )
    except IntegrityError:
        raise Refused("这项待遇还有一次提标没有办完，请先确认或撤销，再测算新的。") from None


@action("uprating.work_out", "提标测算完成")
def work_out(access: Any, uprating: Uprating) -> Uprating:
    """Fill in the preview, all or nothing. A second delivery of the job finds it done."""
    current = Uprating.objects.select_for_update().get(pk=uprating.pk)
    if current.state != State.WAITING:
        return current
    declared = declared_of(current.benefit)
    count = (
        (current.through.year - current.from_month.year) * 12
        + current.through.month
        - current.from_month.month
        + 2
    )
    months = [add_months(current.from_month, place - 1) for place in range(count)]
    turns = [is_a_turn(declared, current.region_id, month) for month in months]
    reader = Reader(declared, current.region_id, months)
    current.run_through = ran = last_run(declared.code, current.region_id)
    for lot in pieces(declared, current.region_id, current.from_month, current.through):
        lines = list(judged(reader.read(lot), months, turns, ran))
        with connection.cursor() as cursor, cursor.cursor.copy(_COPY) as copy:
            for line in lines:
                one = line.piece
                copy.write_row(
                    (
                        current.pk, one.entitlement, one.row, one.region, line.from_month, line.until_month,
                        one.fen, line.new_fen, line.arrears_fen, line.state.value, line.reason[:300],
                    )
                )  # fmt: skip
    _total(current)
    if not current.rights and not current.held:
        current.state, current.note = State.DROPPED, "没有需要调整的：在发的金额都已符合新标准。"
    else:
        current.state = State.DRAFTED
    current.save()
    return current


@action("uprating.confirm", "确认提标", permission="uprating.confirm")
def confirm(access: Any, uprating: Uprating, *, expected_fen: int) -> Uprating:
    """Another person says yes to what the page showed (`expected_fen`: more a month plus back-pay). The work follows."""
    current = Uprating.objects.select_for_update().get(pk=uprating.pk)
    if current.state in (State.CONFIRMED, State.DONE):
        return current
    if current.state != State.DRAFTED:
        raise Refused("这次提标还没有测算完，或已经撤销，不能确认。请刷新页面查看。")
    checker = another_person(access, current.maker_id, did="测算", does="确认")
    if not current.rights:
        raise Refused("没有可以调整的对象：全部须先复核。请逐件复核，或撤销后重新测算。")
    lock(current.benefit, current.region_id)
    if last_run(current.benefit, current.region_id) != current.run_through:
        raise Refused("测算以后又冻结了一个月的发放名单，补发数会变。请撤销后重新测算。")
    if expected_fen != current.monthly_fen + current.arrears_fen:
        raise Refused("金额与您看到的不同，请刷新页面核对后再确认。")
    current.state, current.checker, current.confirmed_on = State.CONFIRMED, checker, access.today
    current.save()
    return current


@action("uprating.drop", "撤销提标", permission="uprating.make")
def drop(access: Any, uprating: Uprating, *, note: str) -> Uprating:
    """Nothing has been changed yet, so nothing needs to be undone."""
    current = Uprating.objects.select_for_update().get(pk=uprating.pk)
    if current.state not in (State.WAITING, State.DRAFTED):
        raise Refused("这次提标已经确认，不能撤销。标准有误的，请更正标准以后再测算一次。")
    current.state, current.note = State.DROPPED, note.strip()[:200]
    current.save()
    return current


def _total(uprating: Uprating) -> None:
    ready = uprating.lines.filter(state=LineState.READY)
    now = (
        ready.filter(from_month__lte=uprating.through)
        .exclude(until_month__lt=uprating.through)
        .exclude(entitlement__until_month__lt=uprating.through)
    )
    sums = now.aggregate(new=Sum("new_fen"), old=Sum("old_fen"))
    uprating.monthly_fen = (sums["new"] or 0) - (sums["old"] or 0)
    uprating.rights = ready.aggregate(count=Count("entitlement", distinct=True))["count"]
    uprating.held = uprating.lines.filter(state=LineState.HELD).aggregate(
        count=Count("entitlement", distinct=True)
    )["count"]
    uprating.arrears_fen = ready.aggregate(sum=Sum("arrears_fen"))["sum"] or 0
