"""Sending somebody: alerts become tasks, a broken signal becomes a task of the county (foundation/tasks)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from minzheng.datacenter.signals.models import Alert
from minzheng.datacenter.signals.words import Signal
from minzheng.foundation.regions.models import Region
from minzheng.foundation.tasks.models import IS_TO_DO, Task
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks, withdraw_tasks

BROKEN = "signals.broken"


def open_visits(signal: Signal, alerts: Iterable[Alert], today: dt.date) -> None:
    """One task an alert; its origin is the alert's own, so none is opened twice.

    Whom the screening has somebody verify already is not visited a second time for the same set query.
    """
    alerts = list(alerts)
    if signal.query is not None:
        people = [alert.person_id for alert in alerts]
        known = Task.objects.filter(IS_TO_DO, kind__startswith="screening.", person__in=people)
        verified = set(known.values_list("person_id", flat=True))
        alerts = [alert for alert in alerts if alert.person_id not in verified]
    drafts = [
        TaskDraft(
            origin=alert.task_origin,
            region=alert.region_id,
            title=f"预警走访：{signal.title}",
            reason=signal.look_for,
            household=alert.household_id,
            person=alert.person_id,
            detail={"alert": alert.pk, "signal": signal.code},
            within_days=(alert.due_on - alert.opened_on).days,
        )
        for alert in alerts
    ]
    open_tasks(signal.task, drafts, today)


def withdraw_visits(alerts: Iterable[Alert]) -> None:
    withdraw_tasks([alert.task_origin for alert in alerts], "预警情形不再存在，不用再走访。")


def report_trouble(signal: Signal, trouble: str, county: Region, month: dt.date, today: dt.date) -> None:
    """A broken signal is the county's to mend, by a day; one that is sound again needs nobody."""
    about = f"signal-broken:{signal.code}:{county.code}:"
    known = list(Task.objects.filter(IS_TO_DO, origin__startswith=about).values_list("origin", flat=True))
    if not trouble:
        withdraw_tasks(known, "预警已恢复正常。")
    elif not known:
        draft = TaskDraft(
            origin=f"{about}{today.isoformat()}",
            region=county.code,
            title=f"预警失灵：{signal.title}",
            reason=trouble[:300],
            subject=county.name,
            detail={"signal": signal.code, "month": f"{month:%Y-%m}"},
        )
        open_tasks(BROKEN, [draft], today)
