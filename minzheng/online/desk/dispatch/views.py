"""The wall, and one alarm. The wall loads itself again every half minute, with scripts or without."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Avg, Count, F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from minzheng.business.elderly.homecare import alarms
from minzheng.business.elderly.homecare.models import Alarm, AlarmState
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.audit.record import record_read
from minzheng.foundation.forms import Question
from minzheng.foundation.services.models import OPEN, Order, State
from minzheng.foundation.services.words import titles
from minzheng.online.desk.deeds import open_deeds
from minzheng.online.desk.dispatch.where import wall_map
from minzheng.online.ui.deeds import Answers, Deed, DeedForms, by_name

REFRESH = 30  # seconds
SHOWN = 60
TOLD = Question("told", "通知了谁？", "text", min=2, max=40, hint="例如：女儿、网格员、120。")
REPORT = Question("report", "现场情况和处置结果", "long_text", min=2, max=300)


@permit("service.order")
@never_cache
def wall(request: HttpRequest) -> HttpResponse:
    """Open alarms, open orders by urgency, today's numbers, and how each provider keeps its times."""
    access, now = request.access, timezone.now()  # type: ignore[attr-defined]
    calls = access.scope(
        "service.order", Alarm.objects.exclude(state__in=[AlarmState.FALSE, AlarmState.CLOSED])
    )
    orders = access.scope("service.order", Order.objects.all())
    running = orders.filter(state__in=OPEN)
    day = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    today = orders.filter(asked_at__gte=day)
    rows = list(running.select_related("person", "region", "provider").order_by("done_by", "id")[:SHOWN])
    shown_calls = list(calls.select_related("person", "region").order_by("rang_at")[:SHOWN])
    late = running.filter(Q(state=State.ASKED, accept_by__lt=now) | Q(done_by__lt=now)).count()
    if rows or shown_calls:
        record_read(
            "查看调度中心", actor=request.user, subject=(shown_calls or rows)[0],  # type: ignore[arg-type]
            persons={one.person_id for one in (*rows, *shown_calls)}, region=(shown_calls or rows)[0].region_id,
        )  # fmt: skip
    context = {
        "refresh": REFRESH,
        "now": now,
        "calls": [(one, _waited(one, now)) for one in shown_calls],
        "orders": [(one, titles().get(one.kind, one.kind), one.is_late(now)) for one in rows],
        "counts": {
            "calls": len(shown_calls),
            "open": running.count(),
            "late": late,
            "done": today.filter(state__in=[State.DONE, State.CONFIRMED, State.SETTLED]).count(),
            "answer": _answered_in(access, now),
        },
        "providers": _providers(orders, now),
        "picture": wall_map(access, running, calls),
    }
    return render(request, "desk/dispatch/wall.html", context)


def _waited(alarm: Alarm, now: dt.datetime) -> tuple[int, bool]:
    """Seconds until somebody answered (so far), and whether that is longer than promised."""
    end = alarm.answered_at or now
    return int((end - alarm.rang_at).total_seconds()), end > alarm.answer_by


def _answered_in(access: Any, now: dt.datetime) -> int | None:
    """Seconds to the answer, on average over thirty days; None without alarms."""
    recent = access.scope("service.order", Alarm.objects.filter(rang_at__gte=now - dt.timedelta(days=30)))
    spent = recent.filter(answered_at__isnull=False).aggregate(mean=Avg(F("answered_at") - F("rang_at")))[
        "mean"
    ]
    return None if spent is None else int(spent.total_seconds())


def _providers(orders: Any, now: dt.datetime) -> Any:
    """Over thirty days: how many orders each has, how many were late, how they were rated."""
    recent = orders.filter(asked_at__gte=now - dt.timedelta(days=30), provider__isnull=False)
    return (
        recent.values("provider__name")
        .annotate(
            count=Count("id"),
            open=Count("id", filter=Q(state__in=OPEN)),
            late=Count("id", filter=Q(finished_at__gt=F("done_by")) | Q(state__in=OPEN, done_by__lt=now)),
            rated=Avg("rating"),
        )
        .order_by("-count")[:20]
    )


def _is_false(access: Any, alarm: Alarm, given: Answers) -> Alarm:
    return alarms.close(access, alarm, report=given["report"], is_false=True)


def _is(*states: AlarmState) -> Any:
    return lambda alarm: alarm.state in states


RINGING, ANSWERED, SENT = AlarmState.RINGING, AlarmState.ANSWERED, AlarmState.SENT
ALARM = (
    Deed("answer", "应答", "service.order", by_name(alarms.answer), _is(RINGING), done="已应答。请与老人通话。"),
    Deed("send", "派人上门", "service.order", by_name(alarms.send), _is(RINGING, ANSWERED), (TOLD,), done="已派助急工单。"),
    Deed("close", "处置完毕", "service.order", by_name(alarms.close), _is(ANSWERED, SENT), (REPORT,), done="已登记处置结果。"),
    Deed("false", "误报", "service.order", _is_false, _is(ANSWERED), (REPORT,), done="已登记为误报。"),
)  # fmt: skip


@permit("service.order")
@never_cache
def alarm(request: HttpRequest, pk: int) -> HttpResponse:
    """One alarm: who, where, what the device is, and the next step."""
    found = request.access.get(  # type: ignore[attr-defined]
        "service.order", Alarm.objects.select_related("person", "region", "device", "order"), pk=pk
    )
    record_read(
        "处置居家报警", actor=request.user, subject=found, persons=[found.person_id], region=found.region_id
    )  # type: ignore[arg-type]
    deeds = DeedForms(request, open_deeds(ALARM, request.access, found), found, found.region_id)  # type: ignore[attr-defined]
    if deeds.done():
        return redirect("desk:dispatch_alarm", pk)
    waited, late = _waited(found, timezone.now())
    context = {
        "alarm": found, "deeds": deeds, "waited": waited, "late": late,
        "trail": [("调度中心", "/desk/dispatch/"), ("居家报警", "")],
    }  # fmt: skip
    return render(request, "desk/dispatch/alarm.html", context, status=422 if deeds.posted else 200)
