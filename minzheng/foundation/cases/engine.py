"""The one way a case moves: right, version, guards, record, transition, clocks, notices, audit, event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.cases.clocks import run_clocks, stop_all
from minzheng.foundation.cases.effects import EFFECTS, Made
from minzheng.foundation.cases.guards import hindrances
from minzheng.foundation.cases.models import Case, CaseMove
from minzheng.foundation.cases.notices import issue
from minzheng.foundation.cases.papers import keep_documents
from minzheng.foundation.cases.persons import persons_of, set_live
from minzheng.foundation.cases.rights import right_to
from minzheng.foundation.cases.turns import waits_for_roles
from minzheng.foundation.documents.models import Document
from minzheng.foundation.events.bus import emit
from minzheng.foundation.forms import clean
from minzheng.foundation.items import Move, Step


@dataclass(frozen=True)
class OpenMove:
    """A move that this user's role may make at the case's step. `hindrances` say why not now; empty when it may."""

    move: Move
    role: str
    hindrances: tuple[str, ...] = ()

    @property
    def is_possible(self) -> bool:
        return not self.hindrances


def moves_open(access: Access, case: Case) -> list[OpenMove]:
    """What this user could do with the case, in the order of the declaration, each with what stands against it."""
    found = []
    for move in case.at_step.moves:
        right = right_to(access, case, case.at_step, move)
        if right.hindrance:
            found.append(OpenMove(move, "", (right.hindrance,)))
        elif right.role:
            found.append(OpenMove(move, right.role, tuple(hindrances(access, case, move))))
    return found


@action("case.move", "办理办件", persons=persons_of, title_of=lambda log: log.title)
def do_move(
    access: Access,
    case: Case,
    move_key: str,
    record: Mapping[str, Any] | None = None,
    documents: Iterable[Document] = (),
    *,
    note: str = "",
    version: int | None = None,
) -> CaseMove:
    """Make one move. `version` is the one that the user saw (default: that of the object passed in).

    Raises PermissionDenied (no role), Refused (another was faster, a guard, four eyes, a relative), or Refused with
    a dict of path → text when the record does not satisfy the move's form. `case` is brought up to date.
    """
    seen = case.version if version is None else version
    lock(case)
    step, move = _move_at(case, move_key, seen)
    right = right_to(access, case, step, move)
    if right.is_hidden:
        raise PermissionDenied("您没有办理这一步的权限。如工作需要，请联系本单位系统管理员调整任职。")
    if seen != case.version:
        raise Refused(_overtaken(case))
    if right.hindrance:
        raise Refused(right.hindrance)
    if reasons := hindrances(access, case, move):
        raise Refused(reasons)
    cleaned, errors = clean(move.form, record or {}, today=access.today)
    if errors:
        raise Refused({path: [text] for path, text in errors.items()})
    return carry_out(access, case, step, move, right.role, cleaned, documents, note)


def carry_out(
    access: Access,
    case: Case,
    step: Step,
    move: Move,
    role: str,
    record: Mapping[str, Any],
    documents: Iterable[Document] = (),
    note: str = "",
) -> CaseMove:
    """The change itself, for a move whose right and guards have been judged; inside the action's transaction."""
    item, today = case.service_item, access.today
    log = CaseMove.objects.create(
        case=case,
        move=move.key,
        title=move.title,
        from_step=step.key,
        to_step=step.key,
        round=case.round,
        actor=access.user,
        actor_person=access.user.person if access.user else None,
        role=role,
        on=today,
        at=dt.datetime.combine(today, timezone.localtime().time(), timezone.get_current_timezone()),
        note=note.strip(),
        record=dict(record),
        marks=list(move.marks),
        version=case.version + 1,
    )
    keep_documents(access, case, move, log, documents)
    made = Made(access, case, item, move, log)
    for mark in move.marks:
        if mark in EFFECTS:
            EFFECTS[mark](made)
    _arrive(case, log, move.destination(case.track) or step.key, today)
    run_clocks(case, item, move.marks, today)
    if case.is_finished:
        stop_all(case, today)
    case.version += 1
    case.save()
    set_live(case)
    for kind in move.notices:
        issue(case, item.notice(kind), log, today)
    for mark in move.marks:
        emit(f"case.{mark}", **event_payload(case, log))
    return log


def lock(case: Case) -> None:
    """Take the row and read it afresh: two moves at once queue up here."""
    Case.objects.select_for_update().filter(pk=case.pk).first()
    case.refresh_from_db()


def event_payload(case: Case, log: CaseMove) -> dict[str, Any]:
    """What lines hear of a case: keys, codes and amounts only."""
    return {
        "case": case.pk,
        "number": case.number,
        "item": case.item,
        "benefit": case.service_item.benefit,
        "move": log.move,
        "log": log.pk,
        "household": case.household_id,
        "applicant": case.applicant_id,
        "organisation": case.organisation_id,
        "facility": case.facility_id,
        "region": case.region_id,
        "amount_fen": case.amount_fen,
        "on": log.on.isoformat(),
    }


def _arrive(case: Case, log: CaseMove, key: str, today: dt.date) -> None:
    step = case.service_item.step(key)
    log.to_step = key
    log.save(update_fields=["to_step"])
    case.step, case.status = key, step.status
    case.waiting_for = waits_for_roles(case, step)
    if step.status.is_final and case.closed_on is None:
        case.closed_on = today


def _move_at(case: Case, key: str, seen: int) -> tuple[Step, Move]:
    step = case.at_step
    for move in step.moves:
        if move.key == key:
            return step, move
    if seen != case.version:
        raise Refused(_overtaken(case))
    raise Refused(f"这件办件现在处于“{step.title}”，不能做这个操作。请刷新页面，按当前步骤办理。")


def _overtaken(case: Case) -> str:
    last = case.moves.order_by("-id").first()
    if last is None:
        return "这件办件刚刚被他人修改，请刷新页面核对后再办。您填写的内容没有丢失。"
    who = last.actor.display_name if last.actor else "系统"
    return (
        f"这件办件刚刚由{who}办理了“{last.title}”，现在处于“{case.at_step.title}”。"
        "请刷新页面核对后再办；您填写的内容没有丢失。"
    )
