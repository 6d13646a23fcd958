"""One run of the screening: compare, find, keep. Running a month again gives the same findings, each once."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.models.functions import Left

from minzheng.datacenter.screening.compare import better_one_only, compare
from minzheng.datacenter.screening.due import everybody_due, populations
from minzheng.datacenter.screening.identity import dead_paid, duplicates, moved_out, overlaps
from minzheng.datacenter.screening.keep import keep
from minzheng.datacenter.screening.models import Finding, Kind, ScreeningRun
from minzheng.datacenter.screening.rights import Rights, rights_in
from minzheng.datacenter.screening.scope import last_day
from minzheng.datacenter.screening.sources import DATABASE, Source
from minzheng.foundation.accounts.models import User
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.record import record
from minzheng.foundation.benefits.words import Benefit
from minzheng.foundation.people.models import Household
from minzheng.foundation.regions.models import Region, within
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.rules import Population

FORM = 1  # changes when what is looked for does, so that no county is skipped for its old digest
Asked = Mapping[str, tuple[Benefit, Population]]


@dataclass
class Screened:
    """What one run saw. `looked` counts a household, or a person, once per benefit that it was looked at for.

    `problems`: {benefit: why nothing could be said about it, and what to do}; its findings stay as they were.
    """

    month: dt.date
    looked: int = 0
    found: Counter[str] = field(default_factory=Counter)
    closed: int = 0
    dispatched: int = 0
    skipped: bool = False
    problems: dict[str, list[str]] = field(default_factory=dict)


def refuse_future(month: dt.date, today: dt.date) -> None:
    """Raises Refused: what a month will look like is no finding."""
    if month > today:
        raise Refused("这个月还没有开始，不能筛查。请选择本月或以前的月份。")


def counties_with_people(prefix: str = "") -> list[Region]:
    """The counties below a region that any household is registered in, by code."""
    homes = Household.objects.filter(within(prefix))
    prefixes = homes.annotate(county=Left("region_id", 6)).values_list("county", flat=True).distinct()
    return list(Region.objects.filter(code__in=[one.ljust(12, "0") for one in prefixes]))


def screen(
    month: dt.date,
    region: Region,
    actor: User | None = None,
    source: Source = DATABASE,
    *,
    again: bool = True,
    today: dt.date | None = None,
) -> Screened:
    """Screen one county, or a part of one, for a month (its first day), in one transaction.

    What is found is kept and sent out; what no longer holds is closed. `again=False`: a region whose people, rights,
    rules and standards are as they were at its last whole run is skipped.
    """
    screened, prefix = Screened(month), region.prefix
    with transaction.atomic():
        _one_at_a_time(region, month)
        rights, asked = rights_in(month, prefix), populations(shelf(Benefit), month)
        findings = dead_paid(month, prefix) + duplicates(month, prefix) + moved_out(month, prefix)
        digest = _digest(source.digest(prefix, last_day(month)), region, rights, asked, findings)
        last = ScreeningRun.objects.filter(region=region, month=month).first()
        if last is not None and last.digest == digest and not again:
            screened.skipped, screened.looked = True, last.looked
            screened.found.update(last.found)
            return screened
        findings += _by_rule(screened, asked, rights, findings, prefix, source)
        kept = keep(findings, region, month, today or dt.date.today(), leave=screened.problems)
        screened.closed, screened.dispatched = kept.closed, kept.dispatched
        screened.found.update(finding.kind for finding in findings)
        ScreeningRun.objects.update_or_create(
            region=region,
            month=month,
            defaults={
                "digest": "" if screened.problems else digest,
                "looked": screened.looked,
                "found": dict(screened.found),
            },
        )
        record(
            "screening.run", "运行筛查", actor=actor, subject=region, region=region.code,
            month=month.isoformat(), looked=screened.looked, found=dict(screened.found),
        )  # fmt: skip
    return screened


def _by_rule(
    screened: Screened,
    asked: Asked,
    rights: Rights,
    explained: Iterable[Finding],
    prefix: str,
    source: Source,
) -> list[Finding]:
    """What the benefits' own rules say about everybody, beside what is paid."""
    everything = everybody_due(asked, screened.month, prefix, source.columns)
    found = overlaps(screened.month, rights, everything)
    # Who is paid for somebody dead or gone differs for that reason; one finding says it.
    told = {(f.benefit, f.household_id or f.person_id) for f in explained if f.kind != Kind.DUPLICATE}
    for due in everything:
        try:
            differences = compare(due, everything, rights, screened.month)
        except Refused as refusal:
            screened.problems[due.benefit.code] = refusal.messages
            continue
        screened.looked += len(due.subjects)
        found += [one for one in differences if (one.benefit, one.household_id or one.person_id) not in told]
    return better_one_only(found)


def _digest(people: str, region: Region, rights: Rights, asked: Asked, findings: Iterable[Finding]) -> str:
    """Everything that the findings rest on, as one short text."""
    parts = [FORM, people, rights.digest]
    parts += [(f.kind, f.benefit, f.household_id, f.person_id, f.detail) for f in findings]
    for code, (benefit, population) in asked.items():
        plan, values = population.plan, population.standards.values
        parts += [code, benefit.amount, benefit.whose, sorted(benefit.excluded_codes()), plan.law.version]
        parts += [
            (name, one.region, one.since, one.value)
            for name in plan.standards
            for one in values[name]
            if region.code.startswith(one.region) or one.region.startswith(region.prefix)
        ]
    return hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest() if people else ""


def _one_at_a_time(region: Region, month: dt.date) -> None:
    """Wait for another run over the same county: two would send the same finding out twice."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('screening'), hashtext(%s))", [f"{region.code[:6]}{month}"]
        )
