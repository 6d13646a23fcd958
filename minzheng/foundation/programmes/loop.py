"""The closed loop of a problem: found → assigned → fixed with proof → verified by another person → published."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from minzheng.foundation.accounts.behind import refuse_same_person
from minzheng.foundation.accounts.models import User
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.documents.store import own_documents
from minzheng.foundation.events.bus import emit
from minzheng.foundation.items.figures import figures
from minzheng.foundation.programmes.access import REPORT, VERIFY
from minzheng.foundation.programmes.models import Problem, ProblemLevel, ProblemState, State, Undertaking
from minzheng.foundation.programmes.progress import lock
from minzheng.foundation.programmes.tasks import ASSIGN, FIX, FIX_MAJOR
from minzheng.foundation.programmes.tasks import VERIFY as VERIFY_TASK
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks, withdraw_tasks

USUAL = {ProblemLevel.GENERAL: FIX.within, ProblemLevel.MAJOR: FIX_MAJOR.within}


@dataclass(frozen=True)
class ProblemDraft:
    """What somebody saw. `key` is made on the device, once for each report; `photos`: own documents."""

    title: str
    level: str = ""  # empty: that of the point, or general
    point: str = ""
    key: uuid.UUID = field(default_factory=uuid.uuid4)
    photos: Sequence[int] = ()
    latitude: float | None = None
    longitude: float | None = None


@action("programme.find_problem", "登记问题", permission=REPORT)
def find_problem(access: Any, undertaking: Undertaking, draft: ProblemDraft) -> Problem:
    """Keep it; the same key again gives back what is there. A major one is assigned at once, the same day."""
    lock(undertaking)
    kept = Problem.objects.filter(key=draft.key).first()
    if kept is not None:
        if kept.undertaking_id != undertaking.pk or kept.found_by_id != access.user.pk:
            raise Refused("这条记录的编号已被使用，请刷新页面后重新登记。")
        return kept
    if undertaking.state == State.STOPPED:
        raise Refused("这个项目已中止，不再登记问题。请到正在实施的项目里登记。")
    if not draft.title.strip():
        raise Refused({"title": "请写明看到了什么问题。"})
    point = undertaking.declared.point(draft.point)
    if draft.point and point is None:
        raise Refused({"point": "检查清单里没有这一项，请刷新页面后重新选择。"})
    problem = Problem.objects.create(
        undertaking=undertaking,
        region_id=undertaking.region_id,
        key=draft.key,
        point=draft.point,
        title=draft.title.strip()[:200],
        level=draft.level or (point.level if point else ProblemLevel.GENERAL),
        found_on=access.today,
        found_by=access.user,
        latitude=draft.latitude,
        longitude=draft.longitude,
    )
    problem.found_photos.set(own_documents(draft.photos, access.user))
    emit("programme.problem_found", problem=problem.pk, level=problem.level, programme=undertaking.programme)
    if problem.level == ProblemLevel.MAJOR:
        _assign(problem, access.user, access.today, "重大问题，当日上报县级，挂牌督办。", None)
    else:
        _open(ASSIGN.code, problem, "assign", access.today, access.user)
    return problem


@action("programme.assign_problem", "交办问题", permission=VERIFY)
def assign_problem(access: Any, problem: Problem, *, measure: str = "", days: int | None = None) -> None:
    """Who oversees says what is to be done; by when follows from the level, `days` may only shorten it."""
    lock(problem)
    if problem.state != ProblemState.FOUND:
        raise Refused(f"这个问题{problem.get_state_display()}，不用再交办。请刷新页面查看。")
    most = days_for(problem, access.today)
    if days is not None and not 1 <= days <= most:
        raise Refused({"days": f"{problem.get_level_display()}问题最多 {most} 天整改，请填 1 至 {most}。"})
    withdraw_tasks([_origin(problem, "assign")], "问题已交办", actor=access.user)
    _assign(problem, access.user, access.today, measure, days)


def days_for(problem: Problem, on: dt.date) -> int:
    """The level's days by the programme's own dated standard, or the usual one of the place."""
    name = dict(problem.undertaking.declared.fix_within).get(
        problem.level, USUAL[ProblemLevel(problem.level)]
    )
    return int(figures(on, problem.region_id, settings.STANDARDS_SET)(name))


def _assign(problem: Problem, user: User, today: dt.date, measure: str, days: int | None) -> None:
    length = days or days_for(problem, today)
    problem.state, problem.assigned_by, problem.assigned_on = ProblemState.ASSIGNED, user, today
    problem.measure = measure.strip()[:200] or problem.measure
    problem.due_on, problem.round = today + dt.timedelta(days=length), problem.round + 1
    problem.save()
    kind = FIX_MAJOR if problem.level == ProblemLevel.MAJOR else FIX
    _open(kind.code, problem, f"fix:{problem.round}", today, user, length)


@action("programme.fix_problem", "登记整改", permission=REPORT)
def fix_problem(access: Any, problem: Problem, *, note: str, photos: Sequence[int]) -> None:
    """Mended, with a photo of how it is now. It then waits for another person."""
    lock(problem)
    kept = own_documents(photos, access.user)
    if not note.strip():
        raise Refused({"note": "请写明做了什么、怎么改的。"})
    if not kept:
        raise Refused({"photos": "请拍一张改好以后的照片。"})
    fixed(problem, access.user, access.today, note, kept)
    withdraw_tasks([_origin(problem, f"fix:{problem.round}")], "已在工作台登记整改", actor=access.user)


def fixed(problem: Problem, user: User, today: dt.date, note: str, photos: Sequence[int]) -> None:
    """Called inside an action, or for a task that was done."""
    if problem.state != ProblemState.ASSIGNED:
        raise Refused(f"这个问题{problem.get_state_display()}，不能登记整改。请刷新页面查看。")
    problem.state, problem.fixed_by, problem.fixed_on = ProblemState.FIXED, user, today
    problem.fix_note = note.strip()[:500]
    problem.save()
    problem.fixed_photos.add(*photos)
    emit("programme.problem_fixed", problem=problem.pk)
    _open(VERIFY_TASK.code, problem, f"verify:{problem.round}", today, user)


@action("programme.verify_problem", "复核整改", permission=VERIFY)
def verify_problem(access: Any, problem: Problem, *, passed: bool, said: str = "") -> None:
    """Another person than who mended it says whether it is mended; if not, it is assigned anew with new days."""
    lock(problem)
    verified(access, problem, passed=passed, said=said)
    withdraw_tasks(
        [_origin(problem, f"verify:{problem.round - (not passed)}")], "已在工作台复核", actor=access.user
    )


def verified(access: Any, problem: Problem, *, passed: bool, said: str) -> None:
    if problem.state != ProblemState.FIXED:
        raise Refused(f"这个问题{problem.get_state_display()}，没有等待复核的整改。请刷新页面查看。")
    refuse_same_person(access, problem.fixed_by, did="登记整改", does="复核")
    if not passed:
        if not said.strip():
            raise Refused({"said": "请写明哪里没有改好，整改的人要据此再改。"})
        problem.verdict = said.strip()[:200]
        problem.fixed_by = problem.fixed_on = None
        _assign(problem, access.user, access.today, problem.measure, None)
        return
    problem.state, problem.verified_by, problem.verified_on = ProblemState.VERIFIED, access.user, access.today
    problem.verdict = said.strip()[:200]
    if problem.undertaking.declared.publishes:
        problem.published_on = access.today
    problem.save()
    emit("programme.problem_verified", problem=problem.pk, programme=problem.undertaking.programme)


def _origin(problem: Problem, turn: str) -> str:
    return f"programme.problem:{problem.pk}:{turn}"


def _open(kind: str, problem: Problem, turn: str, on: dt.date, user: User, days: int | None = None) -> None:
    word = problem.undertaking.declared
    open_tasks(
        kind,
        [
            TaskDraft(
                origin=_origin(problem, turn),
                region=problem.region_id,
                title=f"{dict(TITLES)[kind]}：{problem.undertaking.name}"[:80],
                reason=f"{word.title}：{problem.title}"[:300],
                subject=problem.undertaking.name,
                detail={"problem": problem.pk},
                within_days=days,
            )
        ],
        on,
        actor=user,
    )


TITLES = tuple((kind.code, kind.title) for kind in (ASSIGN, FIX, FIX_MAJOR, VERIFY_TASK))
