"""The rows behind a target: what is counted above and below the line, as queries that anybody may scope and group."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from minzheng.foundation.programmes.models import (
    OPEN,
    Answer,
    Check,
    Figure,
    Problem,
    ProblemState,
    State,
    StepDone,
    Undertaking,
)
from minzheng.foundation.programmes.words import Programme, Target


@dataclass(frozen=True)
class Counted:
    """One side of a target: each row counts 1, or its `amount`. `region` is the path of the 12-digit code."""

    rows: QuerySet[Any]
    amount: str = ""
    region: str = "region_id"


def undertakings(programme: Programme, year: int | None = None) -> QuerySet[Undertaking]:
    """What takes part: stopped ones left out. `year`: of one year; None: of the whole programme."""
    found = Undertaking.objects.filter(programme=programme.code).exclude(state=State.STOPPED)
    return found if year is None else found.filter(year=year)


def above(
    programme: Programme, target: Target, year: int | None = None, until: dt.date | None = None
) -> Counted:
    """What counts as reached; `until`: on that day, where the day of it is kept."""
    found = undertakings(programme, year)
    match target.counts:
        case "done" | "done_share":
            done = found.filter(state=State.DONE)
            return Counted(done.filter(done_on__lte=until) if until else done)
        case "figure" | "figure_share":
            figures = _figures(target, found).exclude(reached=None)
            return Counted(figures, "reached", "undertaking__region_id")
        case "gate_share":
            passed = StepDone.objects.filter(undertaking=OuterRef("pk"), step=target.gate)
            return Counted(found.filter(Exists(passed.filter(done_on__lte=until) if until else passed)))
        case "checked_share":
            return Counted(_all_checked(programme, found))
        case "fixed_share":
            fixed = _problems(found).filter(state=ProblemState.VERIFIED)
            return Counted(fixed.filter(verified_on__lte=until) if until else fixed)
    return Counted(found, "paid_fen")


def below(programme: Programme, target: Target, year: int | None = None) -> Counted | None:
    """What is divided by; None for a plain count."""
    found = undertakings(programme, year)
    if not target.is_share:
        return None
    match target.counts:
        case "figure_share":
            return Counted(_figures(target, found), "planned", "undertaking__region_id")
        case "fixed_share":
            return Counted(_problems(found))
        case "paid_share":
            return Counted(found, "funds_fen")
    return Counted(found)


def known(programme: Programme, year: int | None = None) -> Counted:
    """Where anything of the programme is kept at all: elsewhere a figure is unknown, not nothing."""
    return Counted(undertakings(programme, year))


def _figures(target: Target, found: QuerySet[Undertaking]) -> QuerySet[Figure]:
    return Figure.objects.filter(target=target.code, undertaking__in=found)


def _problems(found: QuerySet[Undertaking]) -> QuerySet[Problem]:
    return Problem.objects.filter(undertaking__in=found)


def _all_checked(programme: Programme, found: QuerySet[Undertaking]) -> QuerySet[Undertaking]:
    """Every point answered; what fails was found, and stands among the problems."""
    for point in programme.points:
        answered = Check.objects.filter(
            undertaking=OuterRef("pk"), point=point.code, answer__in=Answer.values
        )
        found = found.filter(Exists(answered))
    return found


def with_late(found: QuerySet[Undertaking], today: dt.date) -> QuerySet[Undertaking]:
    """Adds `late`, for lists and filters."""
    is_late = Q(state__in=OPEN, due_on__lt=today)
    return found.annotate(late=ExpressionWrapper(is_late, output_field=BooleanField()))
