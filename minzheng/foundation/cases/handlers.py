"""Who may open a paper of a case (documents/guards.py); what a personal case's decision does to the right."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import connection
from django.db.models import Q

from minzheng.foundation.benefits.models import Entitlement, State
from minzheng.foundation.cases import applicant_died, granting
from minzheng.foundation.cases.engine import do_move
from minzheng.foundation.cases.lists import own_cases, visible
from minzheng.foundation.cases.models import Case, CaseMove
from minzheng.foundation.cases.persons import persons_of
from minzheng.foundation.cases.reopening import reopen
from minzheng.foundation.cases.system import SystemAccess
from minzheng.foundation.documents.guards import Sight, document_guard
from minzheng.foundation.documents.models import Document
from minzheng.foundation.events.bus import on
from minzheng.foundation.items.catalogue import item_of
from minzheng.foundation.people.models import LifeEventKind


@document_guard
def papers_of_a_case(access: Any, document: Document) -> Sight | None:
    """Officers of the region see every paper; the family sees what it handed in, not the officers' evidence."""
    handed_in = Q(materials__document=document, materials__move=None) | Q(persons__authorisation=document)
    case = own_cases(access).filter(handed_in).first()
    if case is None:
        in_file = handed_in | Q(materials__document=document) | Q(notices__photo=document)
        case = visible(access).filter(in_file).first()
    return Sight(tuple(persons_of(case)), case.region_id) if case else None


@on("case.granted")
def grant_the_right(**payload: Any) -> None:
    if personal := _personal(payload):
        granting.grant_right(*personal)


@on("case.changed")
def change_the_right(**payload: Any) -> None:
    if personal := _personal(payload):
        granting.change_right(*personal)


@on("case.ended")
def end_the_right(**payload: Any) -> None:
    if personal := _personal(payload):
        granting.end_right(*personal)


@on("entitlement.amended")
def close_with_the_right(entitlement: int) -> None:
    """A right that an event or a comparison has ended takes its resting case with it."""
    right = Entitlement.objects.filter(pk=entitlement, state__in=[State.ENDED, State.VOID]).first()
    case = Case.objects.filter(pk=right.case_id).first() if right and right.case_id else None
    if right is None or case is None or not any(move.key == "close" for move in case.at_step.moves):
        return
    is_moving = case.moves.filter(version__gt=case.version).exists()  # a move that itself ends the right
    if not is_moving:
        reason = END_REASONS.get(right.end_reason, "待遇已停发")
        do_move(SystemAccess.on(dt.date.today()), case, "close", {"reason": reason})


@on("person.died")
def end_with_the_applicant(person: int, recorded_on: str, **_: Any) -> None:
    applicant_died.terminate_all(SystemAccess.on(dt.date.fromisoformat(recorded_on)), person)


@on("person.event_undone")
def go_on_with_the_applicant(person: int, kind: str, recorded_on: str, **_: Any) -> None:
    if kind == LifeEventKind.DEATH:
        applicant_died.resume_all(SystemAccess.on(dt.date.fromisoformat(recorded_on)), person)


@on("entitlements.restated")
def note_new_amounts(benefit: str, county: str, entitlements: list[int]) -> None:
    """A resting case says what its right is worth now: the next review compares with that."""
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE cases_case c SET amount_fen = a.amount_fen
               FROM benefits_entitlement e JOIN benefits_entitlementamount a ON a.entitlement_id = e.id
                   AND a.superseded_at IS NULL AND a.until_month IS NULL
               WHERE e.id = ANY(%s) AND c.id = e.case_id AND c.amount_fen IS DISTINCT FROM a.amount_fen""",
            [entitlements],
        )


@on("entitlement.reinstated")
def reopen_with_the_right(entitlement: int, on: str) -> None:
    right = Entitlement.objects.get(pk=entitlement)
    case = Case.objects.filter(pk=right.case_id).first() if right.case_id else None
    if case is not None and case.is_finished:
        reopen(SystemAccess.on(dt.date.fromisoformat(on)), case, "停发的原因没有发生，恢复原待遇")


END_REASONS = {
    "death": "本人死亡",
    "prison": "服刑或强制隔离戒毒",
    "move": "户籍迁出",
    "of_age": "已满规定年龄",
    "adopted": "已被依法收养",
}


def _personal(payload: dict[str, Any]) -> tuple[Case, CaseMove] | None:
    """The case and its move, when it is a personal item with a benefit."""
    item = item_of(payload["item"])
    if not item.is_personal or not item.benefit:
        return None
    case = Case.objects.select_related("applicant").get(pk=payload["case"])
    return case, CaseMove.objects.select_related("actor").get(pk=payload["log"])
