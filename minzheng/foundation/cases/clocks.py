"""Starting, stopping, pausing and extending the legal clocks of a case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.calendar import Period, Unit, default_calendar, period_end, still_left
from minzheng.foundation.cases.models import Case, CaseClock
from minzheng.foundation.cases.parameters import figures_of
from minzheng.foundation.items import Clock, ServiceItem


def run_clocks(case: Case, item: ServiceItem, marks: Iterable[str], today: dt.date) -> None:
    """Stop what the marks stop, start what they start, pause what stands still in the case's step."""
    marks = set(marks)
    running = {clock.key: clock for clock in case.clocks.filter(stopped_on__isnull=True)}
    for declared in item.clocks:
        clock = running.get(declared.key)
        if clock is not None and (marks & set(declared.stops) or not _applies(declared, case)):
            clock.stopped_on = today
            clock.save(update_fields=["stopped_on"])
            del running[declared.key]
    for declared in item.clocks:
        if declared.key in running or not _applies(declared, case):
            continue
        if declared.starts in marks and not marks & set(declared.stops):
            before = running.get(declared.after)
            running[declared.key] = start_clock(case, declared, before.due_on if before else today)
        elif declared.track and (started := _started_on_another_track(case, item, declared)):
            running[declared.key] = start_clock(case, declared, started)
    for clock in running.values():
        _pause_or_go_on(clock, pauses=case.step in item.clock(clock.key).pauses, today=today)
    note_nearest(case, running.values())


def stop_all(case: Case, today: dt.date) -> None:
    """The case is finished: nothing runs any more."""
    case.clocks.filter(stopped_on__isnull=True).update(stopped_on=today)
    case.due_on = case.warn_on = None


def start_clock(case: Case, declared: Clock, start: dt.date) -> CaseClock:
    """A new running clock with its dates and the version of the calendar that gave them."""
    calendar = default_calendar()
    period = declared.period(figures_of(case.region_id, start))
    due = period_end(start, period, calendar)
    promise = (
        Period(declared.promise, declared.unit, declared.rolls) if declared.promise is not None else None
    )
    return CaseClock.objects.create(
        case=case,
        key=declared.key,
        title=declared.title,
        basis=declared.cite,
        unit=declared.unit,
        length=period.length,
        started_on=start,
        due_on=due,
        warn_on=_warning(start, period.length, declared.unit, declared.warn_percent),
        promise_on=period_end(start, promise, calendar) if promise else None,
        is_earliest=declared.earliest,
        calendar=calendar.version,
    )


@action("case.extend", "延长办理时限", permission="case.oversee")
def extend_clock(access: Access, case: Case, key: str, length: int, reason: str) -> CaseClock:
    """Give a running clock `length` more of its units; who and why is kept (handbook 0.6)."""
    clock = case.clocks.filter(key=key, stopped_on__isnull=True).first()
    if clock is None or clock.is_earliest:
        raise Refused("这件办件没有可以延长的这项时限，请刷新页面后再试。")
    if length < 1 or not reason.strip():
        raise Refused("请填写延长的天数和理由。")
    clock.due_on = period_end(clock.due_on, Period(length, Unit(clock.unit)))
    clock.length += length
    clock.extended_by = access.user
    clock.extension_reason = reason.strip()
    clock.save()
    note_nearest(case, case.clocks.filter(stopped_on__isnull=True))
    case.save(update_fields=["due_on", "warn_on"])
    return clock


def note_nearest(case: Case, running: Iterable[CaseClock]) -> None:
    """Repeat the nearest limit on the case itself, for lists. A period that must run out is no limit."""
    limits = [clock for clock in running if clock.paused_on is None and not clock.is_earliest]
    case.due_on = min((clock.due_on for clock in limits), default=None)
    case.warn_on = min((clock.warn_on for clock in limits), default=None)


def _applies(declared: Clock, case: Case) -> bool:
    return not declared.track or declared.track == case.track


def _started_on_another_track(case: Case, item: ServiceItem, declared: Clock) -> dt.date | None:
    """When the case changes track, the same limit goes on from the same first day with its new length."""
    twins = [
        one.key for one in item.clocks if one.track and one.starts == declared.starts and one != declared
    ]
    if case.clocks.filter(key=declared.key).exists():
        return None
    twin = case.clocks.filter(key__in=twins, stopped_on__isnull=False).order_by("-id").first()
    return twin.started_on if twin and not case.decided_on else None


def _warning(start: dt.date, length: int, unit: Unit, percent: int) -> dt.date:
    """The day on which `percent` of the time is gone; at the earliest one unit after the start."""
    return period_end(start, Period(max(1, length * percent // 100), unit))


def _pause_or_go_on(clock: CaseClock, *, pauses: bool, today: dt.date) -> None:
    if pauses and clock.paused_on is None:
        clock.paused_on, clock.left = today, max(0, still_left(today, clock.due_on, Unit(clock.unit)))
        clock.save(update_fields=["paused_on", "left"])
    elif not pauses and clock.paused_on is not None:
        unit = Unit.DAYS if clock.unit == Unit.MONTHS else Unit(clock.unit)
        waited = still_left(clock.paused_on, today, unit)
        clock.due_on = period_end(today, Period(clock.left or 0, unit))
        clock.warn_on = period_end(clock.warn_on, Period(max(0, waited), unit))
        clock.paused_on = clock.left = None
        clock.save(update_fields=["paused_on", "left", "due_on", "warn_on"])
