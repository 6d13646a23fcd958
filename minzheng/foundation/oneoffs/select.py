"""Who is paid, and how much: by PostgreSQL in one statement, with the amounts of the line's own rule."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection

from minzheng.foundation.benefits.months import last_day
from minzheng.foundation.oneoffs.models import Distribution
from minzheng.foundation.oneoffs.words import WITHOUT_HOME, OneOff, Per, one_off
from minzheng.foundation.rules import decide

# A right of the month, alive on its last day, in the order of `over`.
_HELD = """
    WITH asked AS (
        SELECT benefit, string_to_array(grades, '|') AS grades, row_number() OVER () AS rank
        FROM unnest(%(benefits)s::text[], %(grades)s::text[]) AS one (benefit, grades)
    ),
    held AS (
        SELECT e.id, e.benefit, e.household_id, e.person_id, e.payee_id, e.account_name, e.region_id, asked.rank
        FROM benefits_entitlement e JOIN asked ON asked.benefit = e.benefit
            AND (asked.grades = '{}' OR e.grade = ANY(asked.grades))
        WHERE e.region_id BETWEEN %(first)s AND %(last)s AND e.state NOT IN ('void', 'suspended')
          AND e.since_month <= %(month)s AND (e.until_month IS NULL OR e.until_month >= %(month)s)
          AND EXISTS (SELECT FROM benefits_entitlementamount a WHERE a.entitlement_id = e.id
                      AND a.superseded_at IS NULL AND a.amount_fen > 0 AND a.from_month <= %(month)s
                      AND (a.until_month IS NULL OR a.until_month >= %(month)s))
    ),
    people AS (
        SELECT h.id, h.rank, m.person_id, h.household_id FROM held h
        JOIN people_membership m ON m.household_id = h.household_id
            AND m.since <= %(day)s AND (m.until IS NULL OR m.until > %(day)s)
        UNION ALL
        SELECT h.id, h.rank, h.person_id, (
            SELECT m.household_id FROM people_membership m WHERE m.person_id = h.person_id
                AND m.since <= %(day)s AND (m.until IS NULL OR m.until > %(day)s) LIMIT 1)
        FROM held h WHERE h.household_id IS NULL
    ),
    alive AS (
        SELECT p.* FROM people p JOIN people_person one ON one.id = p.person_id
        WHERE one.died_on IS NULL OR one.died_on >= %(month)s
    ),
"""
# One payment per person (0.4): under the first of the rights that the person is under.
_PER_PERSON = """
    counted AS (
        SELECT id, max(household_id) AS household_id, count(*) AS persons FROM (
            SELECT DISTINCT ON (person_id) person_id, id, household_id FROM alive ORDER BY person_id, rank, id
        ) AS once GROUP BY id
    ),
"""
# Once for each household and season (EX37), whoever in it holds the right.
_PER_HOUSEHOLD = """
    counted AS (
        SELECT id, household_id, persons FROM (
            SELECT DISTINCT ON (COALESCE(household_id, -id)) id, household_id,
                   count(*) OVER (PARTITION BY id) AS persons
            FROM alive ORDER BY COALESCE(household_id, -id), rank, id
        ) AS once
    ),
"""
_PAID = """
    paid AS (
        SELECT h.*, c.persons, COALESCE(home.category, '') AS category
        FROM counted c JOIN held h ON h.id = c.id
        LEFT JOIN people_household home ON home.id = c.household_id
    )
"""
_COMBINATIONS = "SELECT DISTINCT category, persons FROM paid"
_PREVIEW = """
    , priced AS (SELECT p.*, price.fen FROM paid p JOIN unnest(
        %(categories)s::text[], %(sizes)s::bigint[], %(fens)s::bigint[]) AS price (category, persons, fen)
        USING (category, persons) WHERE price.fen > 0)
"""
_BY_TOWNSHIP = """
    SELECT rpad(left(region_id, 9), 12, '0'), benefit, count(*), sum(persons), sum(fen)
    FROM priced GROUP BY 1, 2 ORDER BY 1, 2
"""
# Rights whose amount the rule leaves open: shown with the reason, never left out in silence.
_UNDECIDED = """
    SELECT rpad(left(region_id, 9), 12, '0'), benefit, category, count(*), sum(persons)
    FROM paid JOIN unnest(%(categories)s::text[], %(sizes)s::bigint[]) AS open (category, persons)
        USING (category, persons)
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""
_RIGHTS = """
    , made AS (
        INSERT INTO benefits_entitlement (benefit, household_id, person_id, payee_id, account_name, region_id,
            case_number, state, grade, since_month, until_month, end_reason, granted_at)
        SELECT %(benefit)s, household_id, person_id, payee_id, account_name, region_id, '', 'ended', '',
            %(month)s, %(month)s, 'once', now()
        FROM priced ORDER BY region_id, person_id
        ON CONFLICT DO NOTHING RETURNING id, person_id, household_id
    )
    INSERT INTO benefits_entitlementamount (entitlement_id, from_month, until_month, amount_fen, reason, cite, decision,
        decided_on, recorded_at)
    SELECT made.id, %(month)s, %(month)s, p.fen, 'one_off', %(cite)s,
        jsonb_build_object('distribution', %(key)s::bigint, 'persons', p.persons, 'benefit', p.benefit), %(today)s, now()
    FROM made JOIN priced p ON p.person_id = made.person_id
        AND coalesce(p.household_id, 0) = coalesce(made.household_id, 0)
"""


@dataclass(frozen=True)
class Part:
    """What one township is paid through one benefit's rights; whole fen."""

    township: str
    benefit: str
    rights: int
    persons: int
    fen: int


@dataclass(frozen=True)
class Held:
    """What cannot be paid in one township through one benefit's rights, because nobody can say how much it is."""

    township: str
    benefit: str
    rights: int
    persons: int
    reason: str


def is_triggered(distribution: Distribution) -> bool | None:
    """Whether the rule sets it off; None while something is missing."""
    answer = _decide(distribution, one_off(distribution.kind).trigger, "", 1)
    return None if answer is None else bool(answer)


def preview(distribution: Distribution) -> list[Part]:
    """The totals by township and benefit, without writing anything."""
    declared = one_off(distribution.kind)
    values = _values(distribution, declared)
    with connection.cursor() as cursor:
        cursor.execute(
            _who(declared) + _PREVIEW + _BY_TOWNSHIP, values | _known(_prices(distribution, values))
        )
        return [Part(*row[:2], *map(int, row[2:])) for row in cursor.fetchall()]


def held_back(distribution: Distribution) -> list[Held]:
    """Rights of which the rule cannot say how much they are paid; all of them are listed before anybody confirms."""
    declared = one_off(distribution.kind)
    values = _values(distribution, declared)
    undecided = [price[:2] for price in _prices(distribution, values) if price[2] is None]
    if not undecided:
        return []
    categories, sizes = zip(*undecided, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            _who(declared) + _UNDECIDED, values | {"categories": list(categories), "sizes": list(sizes)}
        )
        return [
            Held(township, benefit, int(rights), int(persons), NO_AMOUNT if category else NO_HOME)
            for township, benefit, category, rights, persons in cursor.fetchall()
        ]


def write_rights(distribution: Distribution, today: dt.date) -> int:
    """The rights themselves, one for each payment; returns how many. The caller holds the benefit's lock."""
    declared = one_off(distribution.kind)
    values = _values(distribution, declared)
    more = {"benefit": declared.benefit, "cite": declared.cite, "today": today, "key": distribution.pk}
    with connection.cursor() as cursor:
        cursor.execute(
            _who(declared) + _PREVIEW + _RIGHTS, values | _known(_prices(distribution, values)) | more
        )
        return int(cursor.rowcount)


def _who(declared: OneOff) -> str:
    return _HELD + (_PER_PERSON if declared.per is Per.PERSON else _PER_HOUSEHOLD) + _PAID


def _values(distribution: Distribution, declared: OneOff) -> dict[str, Any]:
    prefix = distribution.region.prefix
    return {
        "benefits": [over.benefit for over in declared.over],
        "grades": ["|".join(over.grades) for over in declared.over],
        "first": prefix.ljust(12, "0"),
        "last": prefix.ljust(12, "9"),
        "month": distribution.month,
        "day": last_day(distribution.month),
    }


CATEGORIES = {"urban": "城市", "rural": "农村"}


NO_HOME = "没有家庭档案，不知道按城市还是农村标准"
NO_AMOUNT = "适用的标准没有登记，算不出金额"

Price = tuple[str, int, int | None]


def _prices(distribution: Distribution, values: dict[str, Any]) -> list[Price]:
    """The rule's amount (fen, None when undetermined) for each category and number of persons that occurs: a few dozen
    questions, however many people."""
    declared = one_off(distribution.kind)
    with connection.cursor() as cursor:
        cursor.execute(_who(declared) + _COMBINATIONS, values)
        combinations = [(category, int(persons)) for category, persons in cursor.fetchall()]
    return [(*one, _decide(distribution, declared.amount, *one)) for one in combinations]


def _known(prices: list[Price]) -> dict[str, list[Any]]:
    known = [price for price in prices if price[2] is not None]
    return {
        "categories": [category for category, _, _ in known],
        "sizes": [persons for _, persons, _ in known],
        "fens": [fen for _, _, fen in known],
    }


def _decide(distribution: Distribution, rule: str, category: str, persons: int) -> int | None:
    stated = dict(distribution.figures)
    without_home = stated.pop(WITHOUT_HOME.key, None)
    household: dict[str, Any] = {**stated, "once_persons": persons}
    if lived := CATEGORIES.get(category) or without_home:
        household["category"] = lived
    document = {
        "amounts": "fen",
        "on": last_day(distribution.month).isoformat(),
        "region": distribution.region_id,
        "standards": settings.STANDARDS_SET,
        "household": household,
        "members": [{"who": "本人"}],
    }
    answer = decide(document, want=[rule])[rule]
    return None if answer is None else int(answer)
