"""One run of the screening: compare, find, keep. Running a month again gives the same findings, each once."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models.functions import Left

from minzheng.datacenter.screening.compare import Reader, compare
from minzheng.datacenter.screening.identity import dead_paid, duplicates
from minzheng.datacenter.screening.models import Finding, Kind, State
from minzheng.foundation.accounts.models import User
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.record import record
from minzheng.foundation.benefits.words import Benefit, Unit
from minzheng.foundation.people.models import Household
from minzheng.foundation.people.population import population_columns
from minzheng.foundation.regions.models import Region, within
from minzheng.foundation.registry.words import shelf


@dataclass
class Screened:
    """What one run saw. `households` counts a household once per benefit that it was looked at for."""

    month: dt.date
    households: int = 0
    found: Counter[str] = field(default_factory=Counter)
    closed: int = 0


def refuse_future(month: dt.date, today: dt.date) -> None:
    """Raises Refused: what a month will look like is no finding."""
    if month > today:
        raise Refused("这个月还没有开始，不能筛查。请选择本月或以前的月份。")


def counties_with_people() -> list[Region]:
    """The counties that any household is registered in, by code."""
    prefixes = (
        Household.objects.annotate(county=Left("region_id", 6)).values_list("county", flat=True).distinct()
    )
    return list(Region.objects.filter(code__in=[prefix.ljust(12, "0") for prefix in prefixes]))


def screen(
    month: dt.date, region: Region, actor: User | None = None, read: Reader = population_columns
) -> Screened:
    """Screen a region for a month (its first day), reading facts from the database or, with lake_columns, the lake.

    Findings that no longer hold and were not dispatched are closed."""
    screened = Screened(month)
    findings = dead_paid(month, region.prefix) + duplicates(month, region.prefix)
    explained = {finding.household_id for finding in findings if finding.kind == Kind.DEAD_PAID}
    for benefit in shelf(Benefit):
        if benefit.unit is Unit.HOUSEHOLD:
            households, differences = compare(benefit, month, region.prefix, read)
            screened.households += households
            # A family that is paid for a dead member differs for that reason; one finding says it.
            findings += [finding for finding in differences if finding.household_id not in explained]
    with transaction.atomic():
        kept = Finding.objects.bulk_create(
            findings,
            batch_size=5000,
            update_conflicts=True,
            unique_fields=["kind", "benefit", "household", "person", "month"],
            update_fields=["detail", "region"],
        )
        screened.closed = (
            Finding.objects.filter(within(region.prefix), month=month, state=State.FOUND)
            .exclude(pk__in=[finding.pk for finding in kept])
            .update(state=State.CLOSED)
        )
        screened.found.update(finding.kind for finding in findings)
        record(
            "screening.run", "运行筛查", actor=actor, subject=region, region=region.code,
            month=month.isoformat(), households=screened.households, found=dict(screened.found),
        )  # fmt: skip
    return screened
