"""The month's list: everybody who fulfils the rule and does not receive, with the months that are still paid back.

Set-based: one reading of the population for the month and one for each month of back-pay.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max, Q

from minzheng.datacenter.proactive.models import OPEN, Offer, State
from minzheng.datacenter.proactive.tasks import FACTS
from minzheng.datacenter.screening.compare import better_one_only, compare
from minzheng.datacenter.screening.due import due_in, everybody_due, populations
from minzheng.datacenter.screening.models import Finding, Kind
from minzheng.datacenter.screening.rights import rights_in
from minzheng.datacenter.screening.wording import in_words
from minzheng.foundation.audit.record import record
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.benefits.models import State as RightState
from minzheng.foundation.benefits.months import add_months
from minzheng.foundation.benefits.words import Benefit
from minzheng.foundation.items.figures import figures
from minzheng.foundation.people.population import population_columns
from minzheng.foundation.regions.models import Region
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks


@dataclass
class Listed:
    """How many persons came onto the lists in this run, and for how many facts are asked first."""

    offers: int = 0
    tasks: int = 0


def list_month(month: dt.date, region: Region, today: dt.date) -> Listed:
    """Put everybody of a county on the lists of the proactive benefits; again, and nobody is added twice.

    Who said no is not asked again; who is on a list already stays there. Raises Refused when a standard is missing.
    """
    listed, asked = Listed(), populations(shelf(Benefit), month)
    proactive = [code for code, (benefit, _) in asked.items() if benefit.proactive]
    if not proactive:
        return listed
    with transaction.atomic():
        _one_at_a_time(region)
        rights = rights_in(month, region.prefix)
        everything = everybody_due(asked, month, region.prefix, population_columns)
        found = [
            finding
            for due in everything
            if due.benefit.code in proactive
            for finding in compare(due, everything, rights, month)
        ]
        for code in proactive:
            own = [one for one in better_one_only(found) if one.benefit == code]
            listed.offers += _offer(asked[code][0], own, month, region, today)
            listed.tasks += _ask_for_facts(own, month, today)
        if listed.offers or listed.tasks:
            record(
                "proactive.list", "生成主动发放名单", actor=None, region=region.code, subject=region,
                month=month.isoformat(), offers=listed.offers, tasks=listed.tasks,
            )  # fmt: skip
    return listed


def _offer(benefit: Benefit, found: Sequence[Finding], month: dt.date, region: Region, today: dt.date) -> int:
    missed = {
        one.person_id: one for one in found if one.kind == Kind.ENTITLED_NOT_RECEIVING and one.person_id
    }
    known = Q(state__in=[*OPEN, State.DECLINED]) | Q(month=month)
    already = Offer.objects.filter(known, benefit=benefit.code, person__in=list(missed))
    for person in already.values_list("person_id", flat=True):
        missed.pop(person, None)
    if not missed:
        return 0
    months = int(figures(today, region.code, settings.STANDARDS_SET)(benefit.backpay))
    amounts = {month: {person: one.detail["due_fen"] for person, one in missed.items()}}
    for back in range(1, months + 1):
        earlier = add_months(month, -back)
        amounts[earlier] = due_in(benefit, earlier, region.prefix).by_subject()
    held_until = _held_until(benefit, list(missed))
    offers = []
    for person, one in missed.items():
        spans = spans_of(person, month, amounts, held_until.get(person))
        offers.append(
            Offer(
                benefit=benefit.code,
                person_id=person,
                region_id=one.region_id,
                month=month,
                first_month=spans[0][0],
                amount_fen=spans[-1][2],
                spans=[
                    [first.isoformat(), last.isoformat() if last else None, fen] for first, last, fen in spans
                ],
            )
        )
    return len(Offer.objects.bulk_create(offers, batch_size=2000))


def spans_of(
    person: int, month: dt.date, amounts: Mapping[dt.date, Mapping[int, int]], held_until: dt.date | None
) -> list[tuple[dt.date, dt.date | None, int]]:
    """The months without a gap up to `month` in which something was due, as (first, last, fen); the last is open."""
    spans: list[tuple[dt.date, dt.date | None, int]] = [(month, None, amounts[month][person])]
    earlier = add_months(month, -1)
    while fen := amounts.get(earlier, {}).get(person, 0):
        if held_until is not None and earlier <= held_until:
            break
        first, last, later_fen = spans[0]
        if fen == later_fen:
            spans[0] = (earlier, last, fen)
        else:
            spans.insert(0, (earlier, add_months(first, -1), fen))
        earlier = add_months(earlier, -1)
    return spans


def _held_until(benefit: Benefit, people: list[int]) -> dict[int, dt.date]:
    """Up to which month an earlier right was paid: that month is not paid again."""
    rights = Entitlement.objects.filter(benefit=benefit.code, person__in=people).exclude(
        state=RightState.VOID
    )
    return dict(rights.values_list("person").annotate(last=Max("until_month")).exclude(last=None))


def _ask_for_facts(found: Sequence[Finding], month: dt.date, today: dt.date) -> int:
    drafts = [
        TaskDraft(
            origin=f"proactive:{one.benefit}:{month:%Y-%m}:{one.person_id}",
            region=one.region_id,
            person=one.person_id,
            title=FACTS.title,
            reason=in_words(one)[:300],
        )
        for one in found
        if one.kind == Kind.UNDETERMINED and one.person_id and not one.detail["paid_fen"]
    ]
    return open_tasks(FACTS.code, drafts, today).count


def _one_at_a_time(region: Region) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('proactive'), hashtext(%s))", [region.code[:6]])
