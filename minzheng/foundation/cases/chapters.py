"""What was asked for, found on the spot and decided; which step is open, and when it is looked at again."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse

from minzheng.foundation.cases.lists import readable
from minzheng.foundation.cases.models import Case, CaseMove, Outcome
from minzheng.foundation.items import Status
from minzheng.foundation.ledger.money import yuan
from minzheng.foundation.people.words import Chapter, Said, Strand, Whose

SEEN_ON_THE_SPOT = ["surveyed", "county_visited"]  # marks (items/marks.py)


def _cases(whose: Whose) -> QuerySet[Case]:
    cases = Case.objects.filter(whose.of("applicant", "household")).exclude(status=Status.DRAFT)
    return cases.defer("data", "assessment")


def _asked(whose: Whose) -> QuerySet[Case]:
    return _cases(whose).annotate(told_on=Coalesce("submitted_on", "opened_on"))


def _decided(whose: Whose) -> QuerySet[Case]:
    return _cases(whose).exclude(outcome="").annotate(told_on=Coalesce("decided_on", "closed_on"))


def _visited(whose: Whose) -> QuerySet[CaseMove]:
    cases = Case.objects.filter(whose.of("applicant", "household"))
    moves = CaseMove.objects.filter(case__in=cases, marks__overlap=SEEN_ON_THE_SPOT)
    return moves.select_related("case").defer("record", "case__data", "case__assessment")


def _open(whose: Whose) -> QuerySet[Case]:
    return _cases(whose).filter(~Q(waiting_for=[]), closed_on=None)


def _resting(whose: Whose) -> QuerySet[Case]:
    return _cases(whose).filter(status=Status.ACTIVE, review_due__isnull=False)


def _said(case: Case, title: str, text: str, tone: str) -> Said:
    return Said(
        title,
        text,
        tone,
        reverse("desk:case", args=[case.number]),
        reverse("portal:case", args=[case.number]),
    )


def _say_decision(case: Case) -> Said:
    name = case.service_item.title
    if case.outcome != Outcome.GRANTED:
        return _said(case, f"{name}：{case.get_outcome_display()}", "；".join(map(str, case.reasons)), "bad")
    each = "一次性" if case.service_item.once else "每月"
    amount = f"{each}{yuan(case.amount_fen)}元" if case.amount_fen is not None else ""
    return _said(case, f"确认{name}", amount, "ok")


def _say_visit(move: CaseMove) -> Said:
    url = reverse("desk:case", args=[move.case.number])
    return Said(f"{move.case.service_item.title}：{move.title}", "", "neutral", url)


CASES = Chapter(
    code="cases",
    title="申请",
    permission="case.read",
    scope=lambda access, rows: (
        readable(access, rows)
        if rows.model is Case
        else rows.filter(case__in=readable(access, Case.objects.all()))
    ),
    past=(
        # Of one day, the later step stands above the earlier.
        Strand(_decided, "told_on", _say_decision, about="applicant_id", own=True),
        Strand(_visited, "on", _say_visit, about=""),
        Strand(
            _asked,
            "told_on",
            lambda case: _said(case, f"申请{case.service_item.title}", case.get_channel_display(), "info"),
            about="applicant_id",
            own=True,
        ),
    ),
    ahead=(
        Strand(
            _open,
            "due_on",
            lambda case: _said(case, f"{case.service_item.title}：{case.at_step.title}", "正在办理", "warn"),
            about="applicant_id",
            own=True,
        ),
        Strand(
            _resting,
            "review_due",
            lambda case: _said(case, f"{case.service_item.title}复核", "复核后决定是否调整", "info"),
            about="applicant_id",
            own=True,
        ),
    ),
)
