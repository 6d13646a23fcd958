"""From the gap to the service: recorded, planned, given, and confirmed by another person who asked the child."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from minzheng.business.children.actions import in_file, whose
from minzheng.business.children.gaps.models import OPEN, Found, GapState, ServiceGap
from minzheng.business.children.models.files import ChildFile, FileState
from minzheng.business.children.tasks import GAP, GIVEN
from minzheng.foundation.accounts.behind import refuse_same_person
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.tasks.models import IS_TO_DO, Task
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks, withdraw_tasks


def whose_gap(gap: ServiceGap) -> list[int]:
    return list(whose(gap.file))


def _in(gap: ServiceGap, *states: GapState) -> ServiceGap:
    row = ServiceGap.objects.select_for_update(of=("self",)).select_related("file").get(pk=gap.pk)
    if row.state not in states:
        raise Refused(f"这项缺口{row.get_state_display()}，不能这样办理。请刷新页面后再看。")
    return row


@action("child_gap.record", "登记服务缺口", permission="child.write", persons=whose)
def record_gap(access: Any, file: ChildFile, *, kind: str, note: str) -> ServiceGap:
    row = in_file(file, FileState.KEPT)
    try:
        with transaction.atomic():
            return ServiceGap.objects.create(
                file=row, region=row.region, kind=kind, note=note, found_by=Found.HAND, found_on=access.today
            )
    except IntegrityError:
        raise Refused({"kind": "这一项缺口已经登记，还没有补齐。请在“服务缺口”里办理。"}) from None


@action("child_gap.plan", "安排服务", permission="child.write", persons=whose_gap)
def plan_gap(access: Any, gap: ServiceGap, *, plan: str, provider: str, due_on: dt.date | str) -> ServiceGap:
    """Who does what by when; the village is reminded. Planned anew, the earlier reminder is called back."""
    row, due = _in(gap, GapState.FOUND, GapState.PLANNED), dt.date.fromisoformat(str(due_on))
    if due < access.today:
        raise Refused({"due_on": "补齐期限不能早于今天。"})
    row.plan, row.provider, row.due_on = plan, provider, due
    row.planned_by, row.state = access.user, GapState.PLANNED
    row.save()
    remind(row, access.today, "已重新安排", actor=access.user)
    return row


def remind(gap: ServiceGap, day: dt.date, why: str, *, actor: Any = None) -> None:
    """Whoever is on the spot is told what was planned; a reminder that was sent before is called back."""
    withdraw_tasks(_sent(gap), why, actor=actor, for_good=False)
    if gap.state != GapState.PLANNED or gap.due_on is None:
        return
    draft = TaskDraft(
        origin=f"child_gap:{gap.pk}:{gap.due_on:%Y%m%d}",
        region=gap.region_id,
        person=gap.file.person_id,
        title=GAP.title,
        reason=f"{gap}，{gap.due_on:%m月%d日}前补齐",
        detail={"gap": gap.pk},
        within_days=max(1, (gap.due_on - day).days),
    )
    open_tasks(GAP.code, [draft], day, actor=actor)


@action("child_gap.provide", "登记已提供服务", permission="child.write", persons=whose_gap)
def provide(access: Any, gap: ServiceGap, *, given: str) -> ServiceGap:
    row = _in(gap, GapState.PLANNED)
    return _provided(row, given, access.today, access.user)


@action("child_gap.confirm", "确认缺口已补齐", permission="child.approve", persons=whose_gap)
def confirm_gap(access: Any, gap: ServiceGap, *, heard: bool) -> ServiceGap:
    """By another person than who arranged it, after asking the child and the carer (`heard`)."""
    row = _in(gap, GapState.PROVIDED)
    refuse_same_person(access, row.planned_by, did="安排", does="确认")
    if not heard:
        raise Refused({"heard": "请先问过孩子和照护人：服务收到没有、有没有用。"})
    row.state, row.confirmed_by, row.closed_on = GapState.FILLED, access.user, access.today
    row.save()
    return row


@action("child_gap.return", "退回重新安排", permission="child.approve", persons=whose_gap)
def return_gap(access: Any, gap: ServiceGap, *, reason: str) -> ServiceGap:
    """The child did not get it, or it did not help: it is planned again."""
    row = _in(gap, GapState.PROVIDED)
    row.state, row.note = GapState.FOUND, f"{row.note} 退回：{reason}".strip()[:300]
    row.save()
    return row


@action("child_gap.drop", "不再需要", permission="child.approve", persons=whose_gap)
def drop_gap(access: Any, gap: ServiceGap, *, dropped_for: str) -> ServiceGap:
    return dropped(_in(gap, *OPEN), dropped_for, access.today, access.user)


def dropped(row: ServiceGap, why: str, day: dt.date, actor: Any) -> ServiceGap:
    row.state, row.closed_on, row.dropped_for = GapState.DROPPED, day, why[:120]
    row.save()
    withdraw_tasks(_sent(row), "不再需要", actor=actor, for_good=False)
    return row


def given_by_task(task: Task, outcome: str, record: dict[str, Any]) -> None:
    """What the village noted on the phone; a gap that moved on meanwhile is left as it is."""
    row = ServiceGap.objects.select_for_update(of=("self",)).get(pk=task.detail["gap"])
    if outcome == GIVEN and row.state == GapState.PLANNED:
        day = timezone.localdate(task.done_at) if task.done_at else timezone.localdate()
        _provided(row, record.get("note", ""), day, None)


def _provided(row: ServiceGap, given: str, day: dt.date, actor: Any) -> ServiceGap:
    row.state, row.given, row.provided_on = GapState.PROVIDED, given[:300], day
    row.save()
    withdraw_tasks(_sent(row), "已登记提供服务", actor=actor)
    return row


def _sent(row: ServiceGap) -> list[str]:
    begun = Task.objects.filter(IS_TO_DO, kind=GAP.code, origin__startswith=f"child_gap:{row.pk}:")
    return list(begun.values_list("origin", flat=True))
