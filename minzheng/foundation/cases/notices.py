"""Issuing notices: numbered, their wording's facts frozen, showing no more than law allows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from minzheng.foundation.benefits.due import first_month_of
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.benefits.months import month_of
from minzheng.foundation.benefits.timeline import owed_in
from minzheng.foundation.benefits.words import benefit
from minzheng.foundation.calendar import period_end
from minzheng.foundation.cases.assess import refusal_reasons
from minzheng.foundation.cases.models import Case, CaseMove, Notice, NumberSeries
from minzheng.foundation.cases.parameters import figures_of, parameter
from minzheng.foundation.items import Clock, NoticeKind
from minzheng.foundation.people.masking import mask_name


def issue(case: Case, kind: NoticeKind, move: CaseMove, today: dt.date) -> Notice:
    """One notice of the kind. A public one gets its last day from the item's publicity clock."""
    number = NumberSeries.next(f"{case.region_id[:6]}-{case.item}-{kind.key}-{today.year}")
    publicity = [clock for clock in case.service_item.clocks if clock.earliest]
    photos = move.record.get("photo") or []
    return Notice.objects.create(
        case=case,
        move=move,
        number=f"{case.region_id[:6]}〔{today.year}〕{kind.mark}{number}号",
        kind=kind.key,
        title=kind.title,
        body={name: SHOWN[name](case, move.record, kind, today) for name in kind.shows},
        basis=kind.cite,
        is_public=kind.is_public,
        issued_on=today,
        ends_on=_end_of(publicity[0], case, today) if kind.is_public and publicity else None,
        photo_id=photos[0] if kind.is_public and photos else None,
    )


def _end_of(clock: Clock, case: Case, today: dt.date) -> dt.date:
    return period_end(today, clock.period(figures_of(case.region_id, today)))


def _applicant(case: Case, record: Mapping[str, Any], kind: NoticeKind, today: dt.date) -> str:
    """In public the last character is hidden, unless the place decides otherwise (notice_mask_name)."""
    name = case.applicant_name
    if case.organisation is not None:
        return name
    if kind.is_public and parameter("notice_mask_name", case.region_id, today):
        return mask_name(name)
    return name


def _missing(case: Case, record: Mapping[str, Any], kind: NoticeKind, today: dt.date) -> list[dict[str, str]]:
    return list(case.correction.missing)


def _reasons(case: Case, record: Mapping[str, Any], kind: NoticeKind, today: dt.date) -> list[str]:
    """The clauses that are not met, then what the officer wrote."""
    written = record.get("reason")
    return [*refusal_reasons(case), *([written] if written else [])]


def _due(case: Case, record: Mapping[str, Any], kind: NoticeKind, today: dt.date) -> str | None:
    """The day by which the whole is to be done: the farthest running limit, not the next one."""
    last = case.clocks.filter(stopped_on=None, is_earliest=False).order_by("-due_on").first()
    return last.due_on.isoformat() if last else None


def _since_month(case: Case, record: Mapping[str, Any], kind: NoticeKind, today: dt.date) -> str | None:
    """The first payable month, where the benefit is one person's and starts before the decision (DC6)."""
    declared = benefit(case.service_item.benefit)
    return first_month_of(declared, case.applicant, today, case.submitted_on).isoformat()


def _was_fen(case: Case, record: Mapping[str, Any], kind: NoticeKind, today: dt.date) -> int | None:
    """What this month is still paid; None where nothing is."""
    right = Entitlement.objects.filter(case_id=case.pk).last()
    return owed_in(right, month_of(today)) or None if right else None


Shown = Callable[[Case, Mapping[str, Any], NoticeKind, dt.date], Any]
SHOWN: dict[str, Shown] = {
    "applicant": _applicant,
    "item": lambda case, record, kind, today: case.service_item.title,
    "number": lambda case, record, kind, today: case.number,
    "date": lambda case, record, kind, today: today.isoformat(),
    "place": lambda case, record, kind, today: case.region.full_name,
    "size": lambda case, record, kind, today: case.persons.count(),
    "amount_fen": lambda case, record, kind, today: case.amount_fen,
    "was_fen": _was_fen,
    "once": lambda case, record, kind, today: case.service_item.once,
    "missing": _missing,
    "correct_by": lambda case, record, kind, today: case.correction.due_on.isoformat(),
    "due": _due,
    "reasons": _reasons,
    "review_due": lambda case, record, kind, today: case.review_due.isoformat() if case.review_due else None,
    "since_month": _since_month,
    "ends_on": lambda case, record, kind, today: case.ends_on.isoformat() if case.ends_on else None,
}
