"""Who is paid though dead or gone, who is recorded twice, who holds what excludes each other: set queries over the
master records and rights (handbook 0.4, 0.7, 1.3)."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db import connection

from minzheng.datacenter.screening.due import Due
from minzheng.datacenter.screening.models import Finding, Kind
from minzheng.datacenter.screening.rights import Right, Rights
from minzheng.datacenter.screening.scope import scope_of
from minzheng.foundation.benefits.words import Benefit
from minzheng.foundation.crypto.bulk import field_of
from minzheng.foundation.people.models import Person
from minzheng.foundation.registry.words import shelf

# The month of death itself is payable (DC7), so a death counts from the next month on. A family whose amount was
# worked out anew after the death of whoever held the right, and that is paid to a living member, is in order.
DEAD_PAID = """
    SELECT e.benefit, e.household_id, p.id, e.region_id, p.died_on, a.amount_fen
    FROM benefits_entitlement e
    JOIN benefits_entitlementamount a ON a.entitlement_id = e.id AND a.superseded_at IS NULL
         AND a.from_month <= %(month)s AND (a.until_month IS NULL OR a.until_month >= %(month)s)
    LEFT JOIN people_membership m ON m.household_id = e.household_id
         AND (m.until IS NULL OR m.until > %(month)s)
    JOIN people_person p ON p.id IN (e.person_id, m.person_id) AND p.died_on < %(month)s
    WHERE e.state NOT IN ('void', 'ended') AND e.region_id BETWEEN %(first)s AND %(last)s AND a.amount_fen > 0
      AND e.since_month <= %(month)s AND (e.until_month IS NULL OR e.until_month >= %(month)s)
      AND NOT (e.household_id IS NOT NULL AND e.payee_id <> p.id AND m.person_id IS DISTINCT FROM p.id AND EXISTS (
            SELECT 1 FROM benefits_entitlementamount d
            WHERE d.entitlement_id = e.id AND d.reason = 'death' AND d.decided_on >= p.died_on))
    GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 3, 1
"""

# Same name, sex and birth date; of these few the numbers are opened and compared (_are_one_slip_apart).
DUPLICATES = """
    SELECT p.id, q.id, p.region_id, q.region_id, p.id_no, q.id_no
    FROM people_person p
    JOIN people_person q ON q.name = p.name AND q.birth_date = p.birth_date AND q.sex = p.sex AND q.id <> p.id
    WHERE p.region_id BETWEEN %(first)s AND %(last)s AND p.died_on IS NULL AND q.died_on IS NULL
      AND p.id_no IS NOT NULL AND q.id_no IS NOT NULL
    ORDER BY 1, 2
"""

# The old place pays the month of the move, not the next one (handbook 0.7). Only a recorded move counts: many people
# live, and lawfully receive, where their hukou is not.
MOVED_OUT = """
    SELECT e.benefit, e.household_id, e.person_id, e.region_id, v.happened_on, p.hukou_region_id, a.amount_fen
    FROM benefits_entitlement e
    JOIN benefits_entitlementamount a ON a.entitlement_id = e.id AND a.superseded_at IS NULL AND a.amount_fen > 0
         AND a.from_month <= %(month)s AND (a.until_month IS NULL OR a.until_month >= %(month)s)
    JOIN people_person p ON p.id = e.person_id AND left(p.hukou_region_id, 6) <> left(e.region_id, 6)
    JOIN LATERAL (SELECT max(happened_on) AS happened_on FROM people_lifeevent
                  WHERE person_id = p.id AND kind = 'move') v ON v.happened_on < %(month)s
    WHERE e.state NOT IN ('void', 'ended') AND e.region_id BETWEEN %(first)s AND %(last)s
      AND e.since_month <= %(month)s AND (e.until_month IS NULL OR e.until_month >= %(month)s)
    ORDER BY 3, 1
"""


def dead_paid(month: dt.date, prefix: str) -> list[Finding]:
    """People who died before the month, in a right that still pays for it as if they lived."""
    return [
        Finding(
            kind=Kind.DEAD_PAID,
            benefit=benefit,
            household_id=household,
            person_id=person,
            region_id=region,
            month=month,
            detail={"died_on": died_on.isoformat(), "paid_fen": paid},
        )
        for benefit, household, person, region, died_on, paid in _rows(DEAD_PAID, month, prefix)
    ]


def moved_out(month: dt.date, prefix: str) -> list[Finding]:
    """Holders whose hukou moved to another county before the month, still paid here."""
    return [
        Finding(
            kind=Kind.MOVED_OUT,
            benefit=benefit,
            household_id=household,
            person_id=person,
            region_id=region,
            month=month,
            detail={"moved_on": moved_on.isoformat(), "to": to[:6].ljust(12, "0"), "paid_fen": paid},
        )
        for benefit, household, person, region, moved_on, to, paid in _rows(MOVED_OUT, month, prefix)
    ]


def duplicates(month: dt.date, prefix: str) -> list[Finding]:
    """Pairs of records that are probably one person, at least one of them here.

    Of a pair within the county the finding is about the later record and names the earlier. Of a pair across
    counties each county gets one about its own record; of the other it says only the county, and `pair`, by which
    the two findings can be put together without either office seeing the other's person.
    """
    found = []
    opened = field_of(Person, "id_no").opened
    for own, other, region, elsewhere, number, its_number in _rows(DUPLICATES, month, prefix):
        if not _are_one_slip_apart(opened(number, own), opened(its_number, other)):
            continue
        if region[:6] != elsewhere[:6]:
            pair = hashlib.blake2b(f"{min(own, other)}-{max(own, other)}".encode(), digest_size=8)
            detail = {"elsewhere": elsewhere[:6].ljust(12, "0"), "pair": pair.hexdigest()}
        elif own > other:
            detail = {"same_as": other}
        elif elsewhere.startswith(prefix):
            continue  # told by the later record
        else:
            detail = {"same_as": other}
        found.append(
            Finding(kind=Kind.DUPLICATE, person_id=own, region_id=region, month=month, detail=detail)
        )
    return _one_per_person(found)


def _are_one_slip_apart(number: str, other: str) -> bool:
    """Same division and birth date, and one of the three places of the sequence another: a slip of the pen."""
    return (
        number[:14] == other[:14]
        and sum(a != b for a, b in zip(number[14:17], other[14:17], strict=True)) == 1
    )


def overlaps(month: dt.date, rights: Rights, everything: Sequence[Due]) -> list[Finding]:
    """People who hold two benefits that exclude each other by the benefits' own words (handbook 0.4)."""
    holders: dict[str, dict[int, Right]] = defaultdict(dict)
    for right in rights.rows:
        if right.household is None:
            holders[right.benefit][right.person] = right
    for due in everything:
        if not due.of_persons:
            holders[due.benefit.code] |= _counted_members(due, rights.of(due.benefit.code))
    found = []
    for declared in shelf(Benefit):
        for exclusion in declared.excludes:
            both = holders[declared.code].keys() & holders[exclusion.benefit].keys()
            for person in sorted(both):
                right = holders[declared.code][person]
                detail = {"other": exclusion.benefit, "cite": exclusion.cite, "paid_fen": right.fen}
                found.append(
                    Finding(
                        kind=Kind.OVERLAP,
                        benefit=declared.code,
                        person_id=person,
                        region_id=right.region,
                        month=month,
                        detail=detail,
                    )
                )
    return found


def _counted_members(due: Due, held: list[Right]) -> dict[int, Right]:
    """Members for whom a household's right counts; without such a rule, all."""
    by_household = {right.household: right for right in held}
    columns = due.columns
    homes = columns.household_ids[columns.household_row()]
    return {
        person: by_household[home]
        for place, (home, person) in enumerate(zip(homes.tolist(), columns.person_ids.tolist(), strict=True))
        if home in by_household and (due.counts is None or due.counts[place])
    }


def _one_per_person(findings: list[Finding]) -> list[Finding]:
    """Who resembles several is still one finding a month."""
    return list({finding.person_id: finding for finding in reversed(findings)}.values())[::-1]


def _rows(query: str, month: dt.date, prefix: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, scope_of(prefix, month))
        return cursor.fetchall()
