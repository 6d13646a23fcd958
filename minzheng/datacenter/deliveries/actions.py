"""Receiving a department's file, and deciding who a row is about."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from django.db.models import F
from django.utils import timezone

from minzheng.datacenter.deliveries.deaths import report_deaths
from minzheng.datacenter.deliveries.facts import apply
from minzheng.datacenter.deliveries.models import (
    Delivery,
    DeliveryRow,
    Identified,
    Match,
    MatchState,
    RowState,
    State,
)
from minzheng.datacenter.deliveries.words import FileFormat
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.documents.check import Checked
from minzheng.foundation.documents.store import keep_document
from minzheng.foundation.regions.models import Level, Region
from minzheng.foundation.registers.excel.sheets import XLSX
from minzheng.foundation.registry.words import shelf

MAKE = "delivery.make"


def deliver(
    access: Any,
    form: FileFormat,
    region: Region,
    month: dt.date,
    content: bytes,
    name: str,
    *,
    fewer_is_right: bool = False,
) -> Delivery:
    """Keep a file and note that it waits to be loaded (jobs.run_delivery, or load.load_delivery at once).

    The same file for the same county and month is the same delivery: one that is done stays done, one that failed is
    tried again. Raises Refused for an empty file or a month that has not begun, PermissionDenied outside the region.
    """
    delivery = Delivery(
        source=form.code,
        region=region,
        month=month.replace(day=1),
        owner=access.user,
        fewer_is_right=fewer_is_right,
    )
    return _deliver(access, delivery, content, name)


@action("delivery.make", "接收部门数据", permission=MAKE)
def _deliver(access: Any, delivery: Delivery, content: bytes, name: str) -> Delivery:
    if delivery.region.level != Level.COUNTY:
        raise Refused("部门数据按县（市、区）接收。请选择县级区划。")
    if delivery.month > access.today:
        raise Refused(f"{delivery.month:%Y年%m月}还没有开始。请核对数据所属的月份。")
    if not content:
        raise Refused("这个文件是空的。请重新导出后再送。")
    same = Delivery.objects.filter(
        source=delivery.source, region=delivery.region, month=delivery.month,
        document__sha256=hashlib.sha256(content).hexdigest(),
    ).exclude(state=State.SUPERSEDED)  # fmt: skip
    known = same.select_for_update(of=("self",)).first()
    if known is not None:
        return _again(known, delivery)
    is_xlsx = content.startswith(b"PK")
    kept = Checked(content, XLSX if is_xlsx else "text/csv", "xlsx" if is_xlsx else "csv")
    delivery.document = keep_document(
        kept, name, kind=delivery.source, user=access.user, region_id=delivery.region_id
    )
    delivery.save()
    return delivery


def _again(known: Delivery, asked: Delivery) -> Delivery:
    """The same file once more: nothing, if it is loaded; another try, if it was not."""
    if known.state in (State.REFUSED, State.STOPPED, State.FAILED):
        known.state, known.percent, known.stop_asked, known.note = State.WAITING, 0, False, ""
        known.owner, known.fewer_is_right = asked.owner, asked.fewer_is_right
        known.save()
    return known


@action("delivery.stop", "取消读入", permission=MAKE)
def stop_delivery(access: Any, delivery: Delivery) -> None:
    """Ask the loader to stop; it does so before anything is written, or not any more."""
    if not delivery.is_moving:
        raise Refused("这个文件已经读完，不能取消。请刷新页面。")
    Delivery.objects.filter(pk=delivery.pk).update(stop_asked=True)


def _where(match: Match) -> str:
    return match.person.region_id


def _whom(match: Match) -> list[int]:
    return [match.person_id]


@action("match.accept", "核对匹配：是同一人", permission=MAKE, region=_where, persons=_whom)
def accept_match(access: Any, match: Match) -> None:
    """The row is about this person; the next file's like row is, without asking again."""
    row = _decide(access, match, MatchState.ACCEPTED)
    others = row.matches.filter(state=MatchState.OPEN)
    others.update(state=MatchState.REJECTED, decided_by=access.user, decided_at=timezone.now())
    row.state, row.person = RowState.MATCHED, match.person
    row.save(update_fields=["state", "person"])
    _count(row, "matched")
    _let_hold(access, row.delivery, match.person_id)


@action("match.reject", "核对匹配：不是同一人", permission=MAKE, region=_where, persons=_whom)
def reject_match(access: Any, match: Match) -> None:
    """The row is about somebody else; this pair is not proposed again."""
    row = _decide(access, match, MatchState.REJECTED)
    if not row.matches.filter(state=MatchState.OPEN).exists():
        row.state = RowState.OUTSIDE
        row.save(update_fields=["state"])
        _count(row, "outside")
    _let_hold(access, row.delivery, match.person_id)


def _decide(access: Any, match: Match, state: MatchState) -> DeliveryRow:
    row = (
        DeliveryRow.objects.select_for_update(of=("self",))
        .select_related("delivery__region")
        .get(pk=match.row_id)
    )
    if match.state != MatchState.OPEN or row.state != RowState.REVIEW:
        raise Refused("这一行已经核对过。请刷新列表。")
    match.state, match.decided_by, match.decided_at = state, access.user, timezone.now()
    match.save(update_fields=["state", "decided_by", "decided_at"])
    Identified.objects.update_or_create(
        who=row.who,
        person=match.person,
        defaults={"is_same": state == MatchState.ACCEPTED, "decided_by": access.user},
    )
    return row


def _count(row: DeliveryRow, where: str) -> None:
    Delivery.objects.filter(pk=row.delivery_id).update(
        **{"in_review": F("in_review") - 1, where: F(where) + 1}
    )


def _let_hold(access: Any, delivery: Delivery, person: int) -> None:
    """What the file says of this person now holds, and what later files say after it."""
    form = shelf(FileFormat).get(delivery.source)
    if delivery.state != State.DONE:
        return
    later = Delivery.objects.filter(
        source=delivery.source, region=delivery.region_id, month__gte=delivery.month, state=State.DONE
    )
    for one in later.select_related("region").order_by("month"):
        apply(one, form, [person])
    report_deaths(delivery, form, access, [person])
