"""Who is paid what in a month: the rights of a region and of its people, wherever they are paid from."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.db import connection

from minzheng.datacenter.screening.scope import scope_of

if TYPE_CHECKING:
    import numpy as np

# A family that moved here last month may still be paid by the old county: it is not one that was missed.
RUNNING = """
    WITH chosen AS (
        SELECT id FROM benefits_entitlement WHERE region_id BETWEEN %(first)s AND %(last)s
        UNION SELECT e.id FROM benefits_entitlement e JOIN people_household h ON h.id = e.household_id
              WHERE h.region_id BETWEEN %(first)s AND %(last)s
        UNION SELECT e.id FROM benefits_entitlement e
              JOIN people_membership m ON m.person_id = e.person_id AND m.until IS NULL
              JOIN people_household h ON h.id = m.household_id WHERE h.region_id BETWEEN %(first)s AND %(last)s
    )
    SELECT e.id, e.benefit, e.household_id, e.person_id, a.amount_fen, e.state = 'exiting', e.region_id
    FROM benefits_entitlement e JOIN chosen USING (id)
    JOIN benefits_entitlementamount a ON a.entitlement_id = e.id AND a.superseded_at IS NULL
         AND a.from_month <= %(month)s AND (a.until_month IS NULL OR a.until_month >= %(month)s)
    WHERE e.state <> 'void' AND a.amount_fen > 0
      AND e.since_month <= %(month)s AND (e.until_month IS NULL OR e.until_month >= %(month)s)
    ORDER BY e.id
"""


@dataclass(frozen=True)
class Right:
    """One right that is paid in the month; of a household when `household` is set."""

    key: int
    benefit: str
    household: int | None
    person: int
    fen: int
    is_exiting: bool
    region: str


@dataclass(frozen=True)
class Rights:
    """All rights of a region that run in a month."""

    rows: Sequence[Right]

    @cached_property
    def digest(self) -> str:
        return hashlib.blake2b(repr(self.rows).encode(), digest_size=16).hexdigest()

    def of(self, benefit: str) -> list[Right]:
        return [right for right in self.rows if right.benefit == benefit]


def rights_in(month: dt.date, prefix: str) -> Rights:
    """Rights of the region, of its households and of the people who live in them."""
    with connection.cursor() as cursor:
        cursor.execute(RUNNING, scope_of(prefix, month))
        return Rights([Right(*row) for row in cursor.fetchall()])


def paid_to(subjects: np.ndarray, pairs: Iterable[tuple[int, int]]) -> np.ndarray:
    """For each subject the largest value that `pairs` (subject, value) hold for it; 0 where there is none."""
    import numpy as np

    found = np.zeros(len(subjects), np.int64)
    given = np.array([*pairs], np.int64).reshape(-1, 2)
    if len(given) and len(subjects):
        order = np.argsort(subjects, kind="stable")
        place = np.searchsorted(subjects[order], given[:, 0])
        place[place == len(subjects)] = 0
        hit = subjects[order][place] == given[:, 0]
        np.maximum.at(found, order[place[hit]], given[hit, 1])
    return found
