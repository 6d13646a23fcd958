"""Whose cases, where: to-do, done, watched, and counts. Every list is one scoped query over indexed columns."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Case as Choose
from django.db.models import Count, F, Q, QuerySet, Value, When, functions
from django.http import Http404

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.models import Role
from minzheng.foundation.audit.record import record_read
from minzheng.foundation.cases.models import Case, CaseMove, Lamp, Outcome
from minzheng.foundation.cases.persons import persons_of
from minzheng.foundation.items import ServiceItem, Status
from minzheng.foundation.regions.models import SIGNIFICANT_DIGITS, Level, prefix_of, within
from minzheng.foundation.registry.words import shelf

# These two conditions are spelled as the partial indexes of Case are, so that PostgreSQL recognizes them.
WAITING = ~Q(waiting_for=[])
GRANTED = Q(status=Status.ACTIVE)
USUAL = "case.read"
REVIEWERS = {Role.TOWNSHIP_CLERK, Role.TOWNSHIP_REVIEWER}
REVIEW_AHEAD = dt.timedelta(days=30)


def visible(access: Access) -> QuerySet[Case]:
    """Cases in the user's regions, and those accepted there and passed on; nobody's unsent draft but one's own."""
    return readable(access, Case.objects.all()).filter(~Q(status=Status.DRAFT) | Q(opened_by=access.user))


def readable(access: Access, cases: QuerySet[Case]) -> QuerySet[Case]:
    """Those of the cases that the user's roles open: each item says which permission reads it (ServiceItem.reads)."""
    apart = {item.code: item.reads for item in shelf(ServiceItem) if item.reads != USUAL}
    usual = cases.exclude(item__in=apart) if apart else cases
    found = access.scope(USUAL, usual) | access.scope(USUAL, usual, "accepted_in_id")
    for permission in set(apart.values()):
        own = cases.filter(item__in=[code for code, reads in apart.items() if reads == permission])
        found |= access.scope(permission, own)
    return found


def todo(access: Access) -> QuerySet[Case]:
    """Cases at a step whose role one holds there, and own drafts; also granted cases whose review is due soon.

    Nearest legal limit first. Four eyes is judged on the case itself: a list cannot know it cheaply.
    """
    if not access.is_staff:
        return Case.objects.none()
    soon = access.today + REVIEW_AHEAD
    mine = Q(pk__in=[])
    for assignment in access.assignments:
        here = within(prefix_of(assignment.region_id))
        mine |= here & WAITING & Q(waiting_for__contains=[assignment.role])
        if assignment.role in REVIEWERS:
            mine |= here & GRANTED & Q(review_due__lte=soon)
    drafts = Q(status=Status.DRAFT, opened_by=access.user)
    listed = with_lamp(Case.objects.filter(mine | drafts), access.today)
    return listed.order_by(F("nearest").asc(nulls_last=True), "id")


def done(access: Access) -> QuerySet[Case]:
    """Cases that the user has moved, the latest first."""
    last = models.Max("moves__on", filter=Q(moves__actor=access.user))
    return (
        with_lamp(visible(access), access.today)
        .filter(moves__actor=access.user)
        .annotate(handled_on=last)
        .order_by("-handled_on", "-id")
    )


def watched(access: Access) -> QuerySet[Case]:
    """督办: open cases near or over a legal limit where one oversees, the most overdue first."""
    late = Q(pk__in=[])
    for prefix in access.prefixes("case.oversee"):
        late |= within(prefix) & WAITING & Q(warn_on__lte=access.today)
        late |= within(prefix) & GRANTED & Q(review_due__lt=access.today)
    return with_lamp(Case.objects.filter(late), access.today).order_by(F("nearest"), "id")


def own_cases(access: Access) -> QuerySet[Case]:
    """A citizen's own: those applied for, filled in, or listed in as a member."""
    user = access.user
    if user is None:
        return Case.objects.none()
    mine = Q(opened_by=user) | Q(organisation__in=access.organisations)
    if user.person is not None:
        mine |= Q(applicant=user.person)
        if user.person.id_no:
            listed = Case.objects.filter(persons__id_no=user.person.id_no).exclude(status=Status.DRAFT)
            mine |= Q(pk__in=listed.values("pk"))
    return with_lamp(Case.objects.filter(mine), access.today).order_by("-id")


def find_case(access: Access, number: str, *, reason: str = "") -> Case:
    """The case with this number for whoever may see it; the look is recorded. 404 otherwise."""
    for cases in (own_cases(access), visible(access)):
        case = (
            cases.filter(number=number)
            .select_related("region", "applicant", "organisation", "household")
            .first()
        )
        if case is not None:
            record_read(
                "查看办件",
                actor=access.user,
                subject=case,
                persons=persons_of(case),
                region=case.region_id,
                reason=reason,
            )
            return case
    raise Http404("没有找到这件办件，或者它不在您的辖区内。请核对编号。")


def case_counts(access: Access, permission: str = "case.read", prefix: str = "") -> list[dict[str, Any]]:
    """Counts by status and lamp, one row for each division below the user's (or the given) one.

    [{"region": code prefix, "status": …, "lamp": …, "cases": n}]; numbers only, never persons.
    """
    scoped = access.scope(permission, Case.objects.exclude(status=Status.DRAFT))
    if prefix:
        scoped = scoped.filter(within(prefix))
    prefixes = [prefix] if prefix else access.prefixes(permission)
    digits = _next_level(min(prefixes, key=len, default=""))
    part = functions.Substr("region_id", 1, digits)
    rows = with_lamp(scoped, access.today).annotate(part=part).values("part", "status", "lamp")
    return [
        {"region": row["part"], "status": row["status"], "lamp": row["lamp"], "cases": row["cases"]}
        for row in rows.annotate(cases=Count("pk")).order_by("part", "status", "lamp")
    ]


def funnel(access: Access, permission: str, prefix: str, since: dt.date) -> dict[str, int]:
    """How far the applications handed in since that day have come: {stage: cases}, each stage within the one before.

    One query. `publicised` counts what was posted at least once; a refusal before that never reaches it.
    """
    handed_in = access.scope(permission, Case.objects.filter(within(prefix), submitted_on__gte=since))
    posted = CaseMove.objects.filter(case=models.OuterRef("pk"), marks__contains=["posted"])
    return handed_in.annotate(is_posted=models.Exists(posted)).aggregate(
        submitted=Count("pk"),
        accepted=Count("pk", filter=Q(accepted_on__isnull=False)),
        publicised=Count("pk", filter=Q(accepted_on__isnull=False, is_posted=True)),
        decided=Count("pk", filter=Q(accepted_on__isnull=False, decided_on__isnull=False)),
        granted=Count("pk", filter=Q(outcome=Outcome.GRANTED)),
    )


def with_lamp(cases: QuerySet[Case], today: dt.date) -> QuerySet[Case]:
    """Adds `nearest` (the nearest limit, or the day a review is due) and `lamp` (models.Lamp), in the query itself."""
    finished = [status.value for status in Status if status.is_final]
    return cases.select_related("applicant", "organisation", "region").annotate(
        nearest=functions.Coalesce(
            "due_on",
            Choose(When(status=Status.ACTIVE, then=F("review_due")), output_field=models.DateField()),
        ),
        lamp=Choose(
            When(status__in=finished, then=Value(Lamp.DONE.value)),
            When(due_on__lt=today, then=Value(Lamp.RED.value)),
            When(status=Status.ACTIVE, due_on=None, review_due__lt=today, then=Value(Lamp.RED.value)),
            When(warn_on__lte=today, then=Value(Lamp.AMBER.value)),
            When(
                status=Status.ACTIVE,
                due_on=None,
                review_due__lte=today + REVIEW_AHEAD,
                then=Value(Lamp.AMBER.value),
            ),
            default=Value(Lamp.GREEN.value),
            output_field=models.CharField(),
        ),
    )


def _next_level(prefix: str) -> int:
    """Digits of the divisions one level below a prefix."""
    for level in Level:
        if SIGNIFICANT_DIGITS[level] > len(prefix):
            return SIGNIFICANT_DIGITS[level]
    return SIGNIFICANT_DIGITS[Level.VILLAGE]
