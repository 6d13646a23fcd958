"""Gaps that the registers themselves show, looked for every night in bulk; filled meanwhile, they go by themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from minzheng.business.children.gaps.models import ASKED, OPEN, SEEN, Found, GapState, ServiceGap
from minzheng.business.children.models.files import CareAgreement, ChildFile, FileState, Group
from minzheng.foundation.benefits.models import Entitlement, State
from minzheng.foundation.benefits.months import month_of

SHOWN_FILLED = "台账显示已经补齐"


def no_agreement(day: dt.date) -> QuerySet[ChildFile]:
    """A child whose parents are away, and nobody is entrusted in writing (未成年人保护法 第二十二条)."""
    running = CareAgreement.objects.filter(
        file=OuterRef("pk"), ended_on=None, signed_on__lte=day, until__gte=day
    )
    return _kept().filter(~Exists(running), group=Group.LEFT_BEHIND)


def no_benefit(day: dt.date) -> QuerySet[ChildFile]:
    """On file as an orphan or unattended, and nothing is paid."""
    paid = Entitlement.objects.filter(
        Q(until_month=None) | Q(until_month__gte=month_of(day)),
        person=OuterRef("person"),
        benefit__in=("orphan", "unattended"),
    ).exclude(state=State.VOID)
    return _kept().filter(~Exists(paid), group__in=(Group.ORPHAN, Group.UNATTENDED), person__isnull=False)


def not_on_file(day: dt.date) -> QuerySet[ChildFile]:
    """No master record of that number: without one nothing can be applied for."""
    return _kept().filter(person=None)


LOOKS: Mapping[str, Callable[[dt.date], QuerySet[ChildFile]]] = {
    "no_agreement": no_agreement,
    "no_benefit": no_benefit,
    "not_on_file": not_on_file,
}


def _kept() -> QuerySet[ChildFile]:
    return ChildFile.objects.filter(state=FileState.KEPT)


def look_for_gaps(day: dt.date) -> int:
    """Returns how many were new; a second look in the night finds none."""
    before = ServiceGap.objects.count()
    for name, kind in SEEN.items():
        shown = LOOKS[name](day)
        opened = ServiceGap.objects.filter(kind=kind, found_by=Found.REGISTER, state=GapState.FOUND)
        opened.exclude(file__in=shown.values("pk")).update(
            state=GapState.DROPPED, closed_on=day, dropped_for=SHOWN_FILLED
        )
        _add(shown.values_list("pk", "region_id"), kind, Found.REGISTER, day)
    return ServiceGap.objects.count() - before


def gaps_of_visit(file: ChildFile, record: Mapping[str, Any], day: dt.date) -> None:
    """What the visitor ticked, and a child who is not at school."""
    kinds = {ASKED[need] for need in record.get("needs") or () if need in ASKED}
    if record.get("at_school") is False:
        kinds.add("school")
    for kind in sorted(kinds):
        _add([(file.pk, file.region_id)], kind, Found.VISIT, day)


def _add(files: Iterable[tuple[int, str]], kind: str, found_by: Found, day: dt.date) -> None:
    """One open gap of a kind for each file, whoever finds it again (constraint one_open_gap_of_a_kind)."""
    open_ones = ServiceGap.objects.filter(kind=kind, state__in=OPEN).values_list("file", flat=True)
    known = set(open_ones)
    ServiceGap.objects.bulk_create(
        (
            ServiceGap(file_id=pk, region_id=region, kind=kind, found_by=found_by, found_on=day)
            for pk, region in files
            if pk not in known
        ),
        batch_size=1000,
    )
