"""What the matched rows of a delivery say becomes fact sheets: whole sets at once, only where something changes.

A sheet is written when the source says something else than its own sheet in force; what a complete list does not
name becomes its declared `none`, what an incomplete list no longer names becomes unknown again. People with an open
proposal are left as they are until an officer has decided. Running it again changes nothing.
"""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Any

from django.db import connection

from minzheng.datacenter.deliveries.models import Delivery
from minzheng.datacenter.deliveries.words import Absent, FileFormat, Sets
from minzheng.foundation.people.facts import sheets_merged
from minzheng.foundation.people.population import OPEN_HOUSEHOLDS
from minzheng.foundation.rules import default_counter

# Of these people the file may yet say something: an officer has not decided, or their row is wrong.
WAITING = """
SELECT x.person_id FROM deliveries_match x JOIN deliveries_deliveryrow w ON w.id = x.row_id
WHERE w.delivery_id = %(delivery)s AND w.state = 'review'
UNION SELECT person_id FROM deliveries_deliveryrow
WHERE delivery_id = %(delivery)s AND state = 'rejected' AND person_id IS NOT NULL
"""
IN_FORCE = "since <= %(on)s AND (until IS NULL OR until > %(on)s)"


def as_of(month: dt.date, today: dt.date) -> dt.date:
    """What is delivered for a month holds from its last day, or from today while the month runs."""
    return min(month.replace(day=calendar.monthrange(month.year, month.month)[1]), today)


def apply(delivery: Delivery, form: FileFormat, only: list[int] | None = None) -> int:
    """Write the sheets; returns how many are new. `only`: just these people (and their households)."""
    if not form.sets:
        return 0
    entity = default_counter().book.catalogue[form.sets[0].fact].entity
    code = delivery.region.prefix
    scope = {
        "delivery": delivery.pk, "on": delivery.as_of, "says": form.says, "only": only,
        "first": code.ljust(12, "0"), "last": code.ljust(12, "9"), "status": list(form.only[1]),
    }  # fmt: skip
    target = _told(form, entity)
    if form.absent is Absent.NONE:
        target = _everybody(form, entity, target)
    elif entity == "household":
        target = _no_less(form, target)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")
        cursor.execute(f"CREATE TEMPORARY TABLE delivery_told ON COMMIT DROP AS {target}", scope)
        cursor.execute(_close(entity), scope)
        cursor.execute(_write(entity), scope)
        made = cursor.rowcount
        cursor.execute("DROP TABLE delivery_told; SET LOCAL enable_nestloop = DEFAULT")
    return made


def _told(form: FileFormat, entity: str) -> str:
    """SQL: (subject, told) of the people, or households, that rows are about."""
    facts = ", ".join(f"'{one.fact}', {_value(one)}" for one in form.sets)
    key, allowed = form.only
    counts = "true"
    if key:
        counts = f"(r.values->>'{key}' = ANY(%(status)s)"
        counts += f" OR r.values->>'{key}' IS NULL)" if None in allowed else ")"
    subject, living = "r.person_id", ""
    if entity == "household":
        subject = "m.household_id"
        living = (
            " JOIN people_membership m ON m.person_id = r.person_id AND m.since <= %(on)s"
            " AND (m.until IS NULL OR m.until > %(on)s)"
        )
    return (
        f"SELECT {subject} AS subject, jsonb_build_object({facts}) AS told"  # noqa: S608 declared names
        f" FROM deliveries_deliveryrow r{living} WHERE r.delivery_id = %(delivery)s AND r.state = 'matched'"
        f" AND {counts} AND {_asked('r.person_id', entity, subject)} GROUP BY 1"
    )


def _asked(person: str, entity: str, subject: str) -> str:
    """SQL: whether `only` asks for this one; a household when any of its members is asked for."""
    if entity == "person":
        return f"(%(only)s::bigint[] IS NULL OR {person} = ANY(%(only)s))"
    return (
        f"(%(only)s::bigint[] IS NULL OR {subject} IN"  # noqa: S608
        " (SELECT household_id FROM people_membership WHERE person_id = ANY(%(only)s)))"
    )


def _value(one: Sets) -> str:
    match one.take:
        case "count":
            return "count(*)"
        case "sum":
            return f"sum((r.values->>'{one.column}')::bigint) * {one.times}"
        case "latest":
            return f"(array_agg(r.values->'{one.column}' ORDER BY r.number DESC))[1]"
    return f"to_jsonb({_literal(one.constant)})"


def _literal(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int) else f"'{value}'::text"


def _everybody(form: FileFormat, entity: str, told: str) -> str:
    """SQL: a complete list speaks of everybody in the region, except whom an open proposal may be about.

    Where nothing else says otherwise, "none" needs no sheet of its own.
    """
    none = ", ".join(f"'{one.fact}', to_jsonb({_literal(one.none)})" for one in form.sets)
    differs = " OR ".join(
        f"coalesce(facts->'{one.fact}', {_default(one)}) IS DISTINCT FROM to_jsonb({_literal(one.none)})"
        for one in form.sets
    )
    everybody = f"SELECT h.id AS subject FROM {OPEN_HOUSEHOLDS}"  # noqa: S608
    if entity == "person":
        everybody = (
            "SELECT m.person_id AS subject FROM people_membership m JOIN "  # noqa: S608
            f"{OPEN_HOUSEHOLDS.replace(' WHERE', ' ON h.id = m.household_id WHERE')}"
            " AND m.since <= %(on)s AND (m.until IS NULL OR m.until > %(on)s)"
        )
    others = f"{sheets_merged(entity)} AND source <> %(says)s GROUP BY 1"
    return (
        f"WITH told AS ({told}), everybody AS ({everybody}), others AS ({others})"  # noqa: S608
        f" SELECT subject, coalesce(told.told, jsonb_build_object({none})) AS told"
        " FROM everybody LEFT JOIN told USING (subject) LEFT JOIN others ON subject_id = subject"
        f" WHERE {_asked('subject', entity, 'subject')}"
        f" AND (told.told IS NOT NULL OR (({differs}) AND subject NOT IN ({_waiting(entity)})))"
    )


def _default(one: Sets) -> str:
    fact = default_counter().book.catalogue[one.fact]
    return "NULL" if fact.default is None else f"to_jsonb({_literal(fact.kind.plain(fact.default))})"


def _waiting(entity: str) -> str:
    if entity == "person":
        return WAITING
    return f"SELECT household_id FROM people_membership WHERE person_id IN ({WAITING})"  # noqa: S608


def _no_less(form: FileFormat, told: str) -> str:
    """SQL: of a household's members an incomplete list may know only some, so that it gives a least amount.

    It raises what is known and never makes an unknown known.
    """
    more = " OR ".join(f"(told->>'{one.fact}')::bigint > (facts->>'{one.fact}')::bigint" for one in form.sets)
    others = (
        f"{sheets_merged('household')} AND source <> %(says)s"  # noqa: S608
        " AND household_id IN (SELECT subject FROM told) GROUP BY 1"
    )
    return (
        f"WITH told AS ({told}), others AS ({others})"  # noqa: S608
        f" SELECT subject, told FROM told JOIN others ON subject_id = subject WHERE {more}"
    )


def _close(entity: str) -> str:
    """SQL: what the source no longer says ends."""
    where = "household_id IN (SELECT id FROM people_household WHERE region_id BETWEEN %(first)s AND %(last)s)"
    if entity == "person":
        where = "person_id IN (SELECT id FROM people_person WHERE region_id BETWEEN %(first)s AND %(last)s)"
    return (
        f"UPDATE people_factsheet SET until = %(on)s WHERE source = %(says)s AND {IN_FORCE} AND {where}"  # noqa: S608
        f" AND {entity}_id NOT IN (SELECT subject FROM delivery_told) AND {entity}_id NOT IN ({_waiting(entity)})"
        f" AND {_asked('person_id', entity, f'{entity}_id')}"
    )


def _write(entity: str) -> str:
    return (
        f"WITH mine AS (SELECT DISTINCT ON ({entity}_id) {entity}_id AS subject, values FROM people_factsheet"  # noqa: S608
        f" WHERE source = %(says)s AND {IN_FORCE} AND {entity}_id IN (SELECT subject FROM delivery_told)"
        f" ORDER BY {entity}_id, since DESC, id DESC),"
        f" made AS (INSERT INTO people_factsheet ({entity}_id, values, source, since, recorded_at)"
        " SELECT subject, told, %(says)s, %(on)s, now() FROM delivery_told LEFT JOIN mine USING (subject)"
        " WHERE mine.values IS DISTINCT FROM told RETURNING id)"
        " INSERT INTO deliveries_deliveredsheet (sheet_id, delivery_id) SELECT id, %(delivery)s FROM made"
    )
