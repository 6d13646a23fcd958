"""Loading a delivered file: read, judge, match, keep, and let its facts hold. All of it or nothing.

Reading and judging happen before the one transaction that writes; killed anywhere, the next run starts again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import Count
from django.utils import timezone

from minzheng.datacenter.deliveries.deaths import report_deaths
from minzheng.datacenter.deliveries.facts import apply, as_of
from minzheng.datacenter.deliveries.models import Delivery, RowState, State
from minzheng.datacenter.deliveries.quality import Judged, judge
from minzheng.datacenter.deliveries.reading import read_file
from minzheng.datacenter.deliveries.staging import keep_rejected, keep_rows, stage
from minzheng.datacenter.deliveries.words import FileFormat
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.record import record
from minzheng.foundation.cases.parameters import parameter
from minzheng.foundation.exchange.models import Direction, Outcome
from minzheng.foundation.exchange.record import log
from minzheng.foundation.registry.words import shelf

LOCK = 4_310_227  # the first half of our advisory locks' key
BROKEN = "系统没有读完这个文件，什么也没有改变。请点“重新读入”；仍不行请把编号 {} 告诉管理员。"


class Stopped(Exception):
    """Somebody asked to stop before anything was written."""


def load_delivery(key: int, today: dt.date | None = None, *, similar: bool = True) -> Delivery:
    """Load a waiting or interrupted delivery; one that is done, or that another process is loading, is left alone.

    `similar`: propose people by probability, if that extra is installed; otherwise by plain rules.
    """
    with _mine(key) as is_mine:
        delivery = Delivery.objects.select_related("region", "owner", "document").get(pk=key)
        if not is_mine or not delivery.is_moving:
            return delivery
        started = timezone.now()
        access = Access(delivery.owner, today or dt.date.today())
        form = shelf(FileFormat).get(delivery.source)
        Delivery.objects.filter(pk=key).update(state=State.LOADING, percent=0, moved_at=started)
        try:
            _load(delivery, form, access, similar=similar)
        except Refused as refused:
            _end(delivery, State.REFUSED, " ".join(refused.messages))
        except Stopped:
            _end(delivery, State.STOPPED, "已按要求取消，什么也没有改变。")
        except Exception:
            _end(delivery, State.FAILED, BROKEN.format(key))
            raise
        finally:
            _log(delivery, form, access, started)
    return delivery


def _load(delivery: Delivery, form: FileFormat, access: Access, *, similar: bool) -> None:
    _move(delivery, 10)
    with delivery.document.file.open("rb") as file:
        table = read_file(file.read(), form)
    _move(delivery, 40)
    judged = judge(table, form, access.today)
    delivery.rows, delivery.rejected = len(table.numbers), int(judged.rejected.sum())
    delivery.problems = judged.counts()
    _move(delivery, 60)
    _refuse_the_implausible(delivery, form, judged)
    with transaction.atomic():
        _write(delivery, form, judged, access, similar=similar)


def _write(delivery: Delivery, form: FileFormat, judged: Judged, access: Access, *, similar: bool) -> None:
    mine = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if mine.stop_asked:
        raise Stopped
    with connection.cursor() as cursor:  # one file of a kind and place at a time
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{form.code}|{delivery.region_id}"]
        )
    Delivery.objects.filter(
        source=form.code, region=delivery.region_id, month=delivery.month, state=State.DONE
    ).exclude(pk=delivery.pk).update(state=State.SUPERSEDED)
    delivery.lines.all().delete()
    stage(judged, form)
    keep_rows(delivery, form, judged, similar=similar)
    counted = dict(delivery.lines.values_list("state").order_by().annotate(Count("pk")))
    delivery.matched, delivery.in_review = counted.get(RowState.MATCHED, 0), counted.get(RowState.REVIEW, 0)
    delivery.rejected = counted.get(RowState.REJECTED, 0)
    delivery.outside = delivery.rows - sum(counted.values())
    delivery.as_of = as_of(delivery.month, access.today)
    delivery.state, delivery.percent, delivery.note = State.DONE, 100, ""
    delivery.save()
    delivery.sheets = apply(delivery, form)
    # What later files said stays said; a file that comes late only fills the time before them.
    for later in Delivery.objects.filter(
        source=form.code, region=delivery.region_id, month__gt=delivery.month, state=State.DONE
    ).order_by("month"):
        apply(later, form)
    report_deaths(delivery, form, access)
    delivery.save(update_fields=["sheets"])
    record(
        "delivery.load", "读入部门数据", actor=delivery.owner, subject=delivery, region=delivery.region_id,
        source=form.code, month=f"{delivery.month:%Y-%m}", rows=delivery.rows, matched=delivery.matched,
        rejected=delivery.rejected, sheets=delivery.sheets, sha256=delivery.document.sha256,
    )  # fmt: skip


def _refuse_the_implausible(delivery: Delivery, form: FileFormat, judged: Judged) -> None:
    """Too many bad rows, or far fewer rows than last time: the file is not what it should be."""
    most = parameter("delivery_most_rejected_percent", delivery.region_id, delivery.month)
    if delivery.rejected * 100 > delivery.rows * most:
        keep_rejected(delivery, form, judged)
        raise Refused(
            f"{delivery.rows:,} 行里有 {delivery.rejected:,} 行有问题，超过 {most}%，整个文件没有入库。"
            f"请下载有问题的行，请{form.department}更正后重新送来。"
        )
    before = (
        Delivery.objects.filter(
            source=form.code, region=delivery.region_id, month__lte=delivery.month, state=State.DONE
        )
        .exclude(pk=delivery.pk)
        .order_by("-month", "-pk")
        .first()
    )
    least = parameter("delivery_least_percent", delivery.region_id, delivery.month)
    if before and delivery.rows * 100 < before.rows * least and not delivery.fewer_is_right:
        raise Refused(
            f"只有 {delivery.rows:,} 行，而 {before.month:%Y年%m月}有 {before.rows:,} 行，不到它的 {least}%，没有入库。"
            f"请向{form.department}核实文件是否完整；确实减少的，勾选“已核实行数确实减少”后重新送。"
        )


@contextmanager
def _mine(key: int) -> Iterator[bool]:
    """A lock that ends with its process, however that ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK, key])
        is_mine = cursor.fetchone()[0]
    try:
        yield is_mine
    finally:
        if is_mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK, key])


def _move(delivery: Delivery, percent: int) -> None:
    """Move the bar; Stopped if somebody asked for it."""
    delivery.percent = percent
    mine = Delivery.objects.filter(pk=delivery.pk)
    mine.update(percent=percent, moved_at=timezone.now())
    if mine.filter(stop_asked=True).exists():
        raise Stopped


def _end(delivery: Delivery, state: State, note: str) -> None:
    delivery.state, delivery.note = state, note
    delivery.matched = delivery.in_review = delivery.outside = delivery.sheets = 0
    delivery.save()


def _log(delivery: Delivery, form: FileFormat, access: Access, started: dt.datetime) -> None:
    done = delivery.state == State.DONE
    log(
        form.as_source(), form.purposes[0], form.keys, direction=Direction.RECEIVED, region=delivery.region,
        persons_count=delivery.matched, authorisation=form.cite, requester=delivery.owner,
        outcome=Outcome.ANSWERED if done else Outcome.FAILED, started_at=started,
        period=(delivery.month, as_of(delivery.month, access.today)), request_id=f"delivery-{delivery.pk}",
        records=delivery.rows if done else 0, size=delivery.document.size, problem=delivery.note,
    )  # fmt: skip
