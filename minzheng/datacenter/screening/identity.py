"""Who is paid though dead, and who is recorded twice: set queries over the master records (handbook 1.3)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import connection

from minzheng.datacenter.screening.models import Finding, Kind

# The month of death itself is payable (DC7), so a death counts from the next month on.
DEAD_PAID = """
    SELECT e.benefit, e.household_id, p.id, e.region_id, p.died_on, a.amount_fen
    FROM benefits_entitlement e
    JOIN benefits_entitlementamount a ON a.entitlement_id = e.id AND a.superseded_at IS NULL
         AND a.from_month <= %(month)s AND (a.until_month IS NULL OR a.until_month >= %(month)s)
    LEFT JOIN people_membership m ON m.household_id = e.household_id
         AND (m.until IS NULL OR m.until > %(month)s)
    JOIN people_person p ON p.id IN (e.person_id, m.person_id) AND p.died_on < %(month)s
    WHERE e.state NOT IN ('void', 'ended') AND e.region_id BETWEEN %(first)s AND %(last)s
      AND e.since_month <= %(month)s AND (e.until_month IS NULL OR e.until_month >= %(month)s)
    GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 3
"""

# Same name, sex, birth date and division, and numbers one digit apart: most likely one person and a slip of the pen.
DUPLICATES = """
    SELECT p.id, q.id, q.region_id
    FROM people_person p
    JOIN people_person q ON q.name = p.name AND q.birth_date = p.birth_date AND q.sex = p.sex AND q.id > p.id
         AND left(q.id_no, 14) = left(p.id_no, 14)
         AND (substr(p.id_no, 15, 1) <> substr(q.id_no, 15, 1))::int
           + (substr(p.id_no, 16, 1) <> substr(q.id_no, 16, 1))::int
           + (substr(p.id_no, 17, 1) <> substr(q.id_no, 17, 1))::int = 1
    WHERE q.region_id BETWEEN %(first)s AND %(last)s AND p.died_on IS NULL AND q.died_on IS NULL
    ORDER BY 1, 2
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


def duplicates(month: dt.date, prefix: str) -> list[Finding]:
    """Pairs of records that are probably one person; the finding is about the later record."""
    return [
        Finding(
            kind=Kind.DUPLICATE, person_id=later, region_id=region, month=month, detail={"same_as": earlier}
        )
        for earlier, later, region in _rows(DUPLICATES, month, prefix)
    ]


def _rows(query: str, month: dt.date, prefix: str) -> list[tuple[Any, ...]]:
    scope = {"month": month, "first": prefix.ljust(12, "0"), "last": prefix.ljust(12, "9")}
    with connection.cursor() as cursor:
        cursor.execute(query, scope)
        return cursor.fetchall()
