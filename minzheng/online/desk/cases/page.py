"""Everything the case page shows, loaded in a number of queries that does not grow with the case."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects

from minzheng.foundation.benefits.models import Entitlement, EntitlementAmount
from minzheng.foundation.benefits.words import benefit_title
from minzheng.foundation.cases.assess import amount_fen, eligible, refusal_reasons, waits_for
from minzheng.foundation.cases.models import Case, CaseClock, CaseMove, Lamp
from minzheng.foundation.cases.rights import role_label
from minzheng.foundation.rules import default_counter
from minzheng.online.desk.cases.answers import record_rows, sheets_of
from minzheng.online.desk.cases.progress import stages_of, tone_of
from minzheng.online.desk.cases.trace import Node, Trace

LAMP_TONES = {
    Lamp.GREEN: "ok",
    Lamp.AMBER: "warn",
    Lamp.RED: "bad",
    Lamp.PAUSED: "neutral",
    Lamp.DONE: "neutral",
}
LAMP_ICONS = {"ok": "clock", "warn": "hourglass", "bad": "alert-triangle", "neutral": "clock-pause"}


def load_whole(case: Case) -> Case:
    """Everything below the case, in a number of queries that does not depend on how much there is."""
    moves = CaseMove.objects.select_related("actor").prefetch_related("materials__document")
    prefetch_related_objects(
        [case],
        "clocks",
        "persons__person",
        "notices",
        "objections",
        "reviews",
        "materials__document",
        "materials__about",
        Prefetch("moves", moves),
    )
    return case


@dataclass(frozen=True)
class Clock:
    """One legal limit as the page shows it."""

    title: str
    tone: str
    icon: str
    words: str
    due_on: dt.date
    promise_on: dt.date | None
    basis: str
    calendar: str


@dataclass(frozen=True)
class Entry:
    """One point of the timeline."""

    title: str
    when: dt.datetime
    who: str
    note: str
    rows: list[tuple[str, str]]
    documents: list[Any]
    tone: str


def clocks_of(case: Case, today: dt.date) -> list[Clock]:
    """Running limits by urgency, then those that are over."""
    running = sorted(case.clocks.all(), key=lambda clock: (clock.stopped_on is not None, clock.due_on))
    return [_clock(clock, today) for clock in running]


def _clock(clock: CaseClock, today: dt.date) -> Clock:
    tone = LAMP_TONES[clock.lamp(today)]
    return Clock(
        title=clock.title,
        tone=tone,
        icon="circle-check" if clock.stopped_on and tone == "neutral" else LAMP_ICONS[tone],
        words=clock.in_words(today),
        due_on=clock.due_on,
        promise_on=clock.promise_on,
        basis=clock.basis,
        calendar=clock.calendar,
    )


def timeline_of(case: Case) -> list[Entry]:
    """What was done, the newest first."""
    return [_entry(case, move) for move in reversed(case.moves.all())]


def _entry(case: Case, move: CaseMove) -> Entry:
    try:
        record = case.service_item.step(move.from_step).move(move.move).record
    except LookupError:  # the item was declared anew since; what was recorded stays readable by its keys
        record = ()
    who = "，".join(part for part in (str(move.actor or ""), role_label(move.role)) if part)
    documents = [material.document for material in move.materials.all()]
    return Entry(move.title, move.at, who, move.note, record_rows(record, move.record), documents, "info")


@dataclass(frozen=True)
class Conclusion:
    """The stored decision at a glance: yes, no or undetermined, the amount, and each clause."""

    mark: str
    amount_fen: int | None
    on: dt.date
    clauses: list[Node]
    reasons: list[str]
    waits: list[str]
    invented: bool
    standards_title: str


def conclusion_of(case: Case) -> Conclusion | None:
    """None while nothing has been worked out."""
    if not case.assessment:
        return None
    answer = eligible(case)
    trace = trace_of(case)
    clauses = {node.label: node for name in _grounds(case) for node in trace.clause(name).children}
    return Conclusion(
        mark={True: "yes", False: "no", None: "unknown"}[answer],
        amount_fen=amount_fen(case),
        on=dt.date.fromisoformat(case.assessment["on"]),
        clauses=[_beside(node, answer) for node in clauses.values() if node.mark],
        reasons=refusal_reasons(case),
        waits=waits_for(case),
        invented=case.assessment["standards_set"]["invented"],
        standards_title=case.assessment["standards_set"]["title"],
    )


def _beside(clause: Node, answer: bool | None) -> Node:
    """Of a family that is entitled, what does not hold hinders nothing: another ground does."""
    return replace(clause, mark="aside") if answer and clause.mark not in {"yes", "absent"} else clause


def trace_of(case: Case) -> Trace:
    return Trace(case.assessment, default_counter().book.catalogue)


def rights_of(case: Case) -> list[tuple[str, Entitlement]]:
    """(title, benefit) of what came from this case, with every amount that holds or held."""
    amounts = Prefetch(
        "amounts", EntitlementAmount.objects.filter(superseded_at=None).order_by("-from_month")
    )
    rights = Entitlement.objects.filter(case_id=case.pk).select_related("payee")
    return [(benefit_title(right.benefit), right) for right in rights.prefetch_related(amounts)]


def head_of(case: Case) -> dict[str, Any]:
    """What stands above every view of the case."""
    return {
        "case": case,
        "item": case.service_item,
        "stages": stages_of(case),
        "tone": tone_of(case),
        "waiting_roles": "、".join(role_label(role) for role in case.waiting_for),
    }


def application_of(case: Case) -> dict[str, Any]:
    return {"sheets": list(sheets_of(case.service_item.form, case.data))}


def decision_of(case: Case) -> dict[str, Any]:
    """The whole way to the decision: the clause tree, the calculation sheet, the standards."""
    if not case.assessment:
        return {}
    item, trace = case.service_item, trace_of(case)
    return {
        "tree": [trace.clause(name) for name in (*_grounds(case), item.amount) if name in trace.steps],
        "sheet": trace.sheet,
        "standards": trace.standards_used,
    }


def _grounds(case: Case) -> list[str]:
    """The rules by which the family is entitled; if by none, all of them, since each of them said no."""
    rules = [step for step in case.assessment["trace"] if step["name"] in case.service_item.eligibility]
    return [rule["name"] for rule in rules if rule["value"]] or [rule["name"] for rule in rules]


def papers_of(case: Case) -> dict[str, Any]:
    """Materials by what they prove, and the notices that were issued."""
    titles = {material.key: material.title for material in case.service_item.materials}
    titles |= {
        question.key: question.label
        for _, move in case.service_item.all_moves
        for question in move.form.questions.values()
        if question.is_file
    }
    materials = [(titles.get(one.key, one.key), one) for one in case.materials.all()]
    return {"materials": materials, "notices": list(case.notices.all())}
