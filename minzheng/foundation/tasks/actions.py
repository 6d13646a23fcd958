"""Working on one task: take, hand over, give back, extend, confirm, close at the desk."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q
from django.utils import timezone

from minzheng.foundation.accounts.behind import refuse_same_person
from minzheng.foundation.accounts.models import User
from minzheng.foundation.accounts.permissions import roles_with
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.calendar import Period, period_end
from minzheng.foundation.events.bus import emit
from minzheng.foundation.regions.models import prefix_of
from minzheng.foundation.tasks.lists import persons_of
from minzheng.foundation.tasks.models import Escalated, State, Task


def office(task: Task) -> str:
    return task.office_id


@action("task.take", "领取任务", permission="task.handle", region=office, persons=persons_of)
def take_task(access: Any, task: Task) -> None:
    """From now on it is the user's own, and leaves the others' list."""
    lock(task)
    _refuse_settled(task)
    if task.holder_id == access.user.pk:
        return
    if task.holder_id is not None:
        raise Refused(f"这项任务已由{task.holder}领取。如需换人，请由其退回，或请乡镇（街道）转交。")
    task.holder, task.state = access.user, State.TAKEN
    task.save(update_fields=["holder", "state"])


@action("task.return", "退回任务", permission="task.handle", region=office, persons=persons_of)
def return_task(access: Any, task: Task, *, reason: str) -> None:
    """The holder, or who oversees, gives it back to the office; the reason is kept."""
    lock(task)
    _refuse_settled(task)
    if task.holder_id is None:
        raise Refused("这项任务没有人领取，不用退回。")
    if task.holder_id != access.user.pk and not access.may("task.oversee", task.office_id):
        raise Refused("这项任务由别人承办，您不能退回。请联系承办人或乡镇（街道）。")
    task.holder, task.state, task.note = None, State.OPEN, stated(reason)
    task.save(update_fields=["holder", "state", "note"])


@action("task.hand_over", "转交任务", permission="task.oversee", region=office, persons=persons_of)
def hand_over_task(access: Any, task: Task, *, to: str, reason: str = "") -> None:
    """Give it to a colleague, by name or log-in name, who does tasks at that office."""
    lock(task)
    _refuse_settled(task)
    task.holder, task.state, task.note = colleague(task, to, access.today), State.TAKEN, reason.strip()[:200]
    task.save(update_fields=["holder", "state", "note"])


@action("task.extend", "延长任务时限", permission="task.oversee", region=office, persons=persons_of)
def extend_task(access: Any, task: Task, *, days: int, reason: str) -> None:
    """So many more of the kind's days; who and why is kept. A report already made upwards is taken back."""
    lock(task)
    _refuse_settled(task)
    if days < 1:
        raise Refused({"days": "请填写延长的天数，至少1天。"})
    more = Period(days, task.declared.unit)
    task.due_on = period_end(max(task.due_on, access.today), more)
    task.warn_on = max(task.warn_on, min(task.due_on, access.today + dt.timedelta(days=1)))
    task.note = stated(reason)
    task.escalated_to, task.escalated_on = Escalated.NO, None
    task.save(update_fields=["due_on", "warn_on", "note", "escalated_to", "escalated_on"])


@action("task.close", "不走访办结任务", permission="task.oversee", region=office, persons=persons_of)
def close_task(access: Any, task: Task, *, reason: str) -> None:
    """Settled at the desk, without a visit. The opener hears of it as an empty outcome with the reason."""
    lock(task)
    _refuse_settled(task)
    task.note = stated(reason)
    settle(access, task, outcome="", answers={}, at=timezone.now())


@action("task.confirm", "复核任务结果", permission="task.oversee", region=office, persons=persons_of)
def confirm_task(access: Any, task: Task) -> None:
    """The second pair of eyes: another person than the one who reported."""
    lock(task)
    _refuse_unless_another(access, task)
    task.state = State.DONE
    task.save(update_fields=["state"])
    tell_done(task)


@action("task.send_back", "退回重新走访", permission="task.oversee", region=office, persons=persons_of)
def send_back_task(access: Any, task: Task, *, reason: str) -> None:
    """The report is not good enough: the task is open again, its visits stay as they were recorded."""
    lock(task)
    _refuse_unless_another(access, task)
    task.state = State.TAKEN if task.holder_id else State.OPEN
    task.outcome, task.record, task.done_at, task.done_by = "", {}, None, None
    task.note = stated(reason)
    task.save(update_fields=["state", "outcome", "record", "done_at", "done_by", "note"])


def settle(access: Any, task: Task, *, outcome: str, answers: dict[str, Any], at: dt.datetime) -> None:
    """The task is done, or waits for a second person where its kind asks for one. Called in an action only."""
    task.outcome, task.record, task.done_at, task.done_by = outcome, answers, at, access.user
    task.state = State.REPORTED if task.declared.four_eyes else State.DONE
    task.save(update_fields=["outcome", "record", "done_at", "done_by", "state", "note"])
    if task.state == State.DONE:
        tell_done(task)


def tell_done(task: Task) -> None:
    emit(
        "task.done",
        task=task.pk,
        kind=task.kind,
        origin=task.origin,
        outcome=task.outcome,
        record=task.record,
        reason=task.note,
    )


def lock(task: Task) -> None:
    """Its newest state, held until the end of the action: two clicks do not settle it twice."""
    task.refresh_from_db(from_queryset=Task.objects.select_for_update())


def stated(reason: str) -> str:
    if not reason.strip():
        raise Refused({"reason": "请写明理由，例如“本人外出务工，已电话核实”。"})
    return reason.strip()[:200]


def colleague(task: Task, to: str, today: dt.date) -> User:
    """The one user of that name who does tasks at the office; Refused says who could be meant."""
    wanted = to.strip()
    in_force = Q(assignments__since__lte=today) & (
        Q(assignments__until__isnull=True) | Q(assignments__until__gt=today)
    )
    above = {task.office_id[:digits].ljust(12, "0") for digits in (2, 4, 6, 9, 12)}
    able = User.objects.filter(
        in_force,
        assignments__role__in=roles_with("task.handle"),
        assignments__region__in=[code for code in above if task.office_id.startswith(prefix_of(code))],
        is_active=True,
    ).distinct()
    found = list(able.filter(Q(username=wanted) | Q(display_name=wanted))[:2])
    if not found:
        names = "、".join(able.order_by("pk").values_list("display_name", flat=True)[:6])
        raise Refused({"to": f"“{wanted}”不能承办这里的任务。可以转交：{names}。"})
    if len(found) > 1:
        raise Refused({"to": f"有不止一位“{wanted}”，请改填登录名。"})
    return found[0]


def _refuse_settled(task: Task) -> None:
    if not task.is_to_do:
        raise Refused(f"这项任务{task.get_state_display()}，不能再改。请刷新页面查看结果。")


def _refuse_unless_another(access: Any, task: Task) -> None:
    if task.state != State.REPORTED:
        raise Refused(f"这项任务{task.get_state_display()}，没有等待复核的结果。")
    refuse_same_person(access, task.done_by, did="走访", does="复核")
