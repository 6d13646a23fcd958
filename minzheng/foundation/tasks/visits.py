"""Recording a visit: on the spot or sent later from a phone without a signal; once, whatever the network does."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from minzheng.foundation.actions import Refused, action
from minzheng.foundation.documents.store import own_documents
from minzheng.foundation.events.bus import emit
from minzheng.foundation.forms.cleaning import clean_row
from minzheng.foundation.tasks.actions import lock, office, settle
from minzheng.foundation.tasks.lists import persons_of
from minzheng.foundation.tasks.models import State, Task, TaskVisit
from minzheng.foundation.tasks.words import Outcome, TaskKind


@dataclass(frozen=True)
class Position:
    """Where the visitor stood: degrees (WGS 84) and metres. Without one, `missing` says why."""

    latitude: float | None = None
    longitude: float | None = None
    accuracy: float | None = None
    missing: str = ""


@dataclass(frozen=True)
class VisitDraft:
    """One visit as it comes from the page or from the queue of a phone.

    `key` is made on the device, once for each visit. `photos` and `signatures` are documents of the visitor's own.
    """

    outcome: str
    key: uuid.UUID = field(default_factory=uuid.uuid4)
    answers: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""
    photos: Sequence[int] = ()
    signatures: Sequence[int] = ()
    position: Position = Position()
    made_at: dt.datetime | None = None


@action("task.visit", "登记走访", permission="task.handle", region=office, persons=persons_of)
def record_visit(access: Any, task: Task, draft: VisitDraft) -> TaskVisit:
    """Keep the visit; close the task if its outcome does. Refused names the answers to mend, by key.

    The same key again gives back the visit that is there. A task that somebody else settled meanwhile keeps its
    result: this visit is kept beside it with `counted=False`, so that nobody's work is lost.
    """
    lock(task)
    kept = TaskVisit.objects.filter(key=draft.key).first()
    if kept is not None:
        if kept.task_id != task.pk or kept.made_by_id != access.user.pk:
            raise Refused("这条记录的编号已被使用，请刷新页面后重新登记。")
        return kept
    _refuse_own_family(access, task)
    kind, outcome = task.declared, _outcome(task.declared, draft.outcome)
    photos, signatures = (own_documents(ids, access.user) for ids in (draft.photos, draft.signatures))
    answers = _answers(kind, outcome, draft, bool(photos), access.today)
    visit = _keep(access, task, draft, outcome, answers)
    visit.photos.set(photos)
    visit.signatures.set(signatures)
    if visit.counted:
        _take_effect(access, task, outcome, visit)
    return visit


def _take_effect(access: Any, task: Task, outcome: Outcome, visit: TaskVisit) -> None:
    if outcome.closes:
        task.note = visit.note[:200]
        settle(access, task, outcome=outcome.key, answers=visit.record, at=visit.made_at)
        return
    # Who has been there goes on with it, and no colleague goes in vain.
    task.holder, task.state = task.holder or access.user, State.TAKEN
    task.contacts += not outcome.reached
    task.save(update_fields=["holder", "state", "contacts"])
    emit(
        "task.contacted",
        task=task.pk,
        kind=task.kind,
        origin=task.origin,
        outcome=outcome.key,
        contacts=task.contacts,
    )


def _keep(access: Any, task: Task, draft: VisitDraft, outcome: Outcome, answers: dict[str, Any]) -> TaskVisit:
    now, place = timezone.now(), draft.position
    return TaskVisit.objects.create(
        task=task,
        key=draft.key,
        outcome=outcome.key,
        record=answers,
        note=draft.note.strip()[:500],
        latitude=place.latitude,
        longitude=place.longitude,
        accuracy=place.accuracy,
        no_position="" if place.latitude is not None else place.missing.strip()[:60],
        counted=task.is_to_do,
        made_by=access.user,
        made_at=min(draft.made_at or now, now),  # a phone whose clock runs ahead cannot visit tomorrow
    )


def _outcome(kind: TaskKind, key: str) -> Outcome:
    outcome = kind.outcome(key)
    if outcome is None:
        raise Refused({"outcome": "请选择走访结果。"})
    return outcome


def _answers(
    kind: TaskKind, outcome: Outcome, draft: VisitDraft, has_photo: bool, today: dt.date
) -> dict[str, Any]:
    """Cleaned answers; all that must be mended is said at once."""
    answers, errors = (
        clean_row(kind.questions, dict(draft.answers), today=today) if outcome.reached else ({}, {})
    )
    place = draft.position
    if kind.needs_photo and outcome.closes and not has_photo:
        errors["photos"] = "请拍一张现场照片。"
    if place.latitude is None and not place.missing.strip():
        errors["no_position"] = "请点“取得位置”，或写明没有定位的原因，例如“没有信号”。"
    if errors:
        raise Refused(errors)
    return answers


def _refuse_own_family(access: Any, task: Task) -> None:
    own = access.user.person_id
    if own is not None and own in persons_of(task):
        raise Refused("这是您自己家的任务，应当回避。请退回，由别人走访。")
