"""The facts of a whole region as columns for the population reading, in two set queries.

PostgreSQL merges the sheets and turns facts into engine values (rules/kinds.py); Arrow reads its CSV stream.
Nothing is held per person in Python, so a county of a million people needs some hundred megabytes.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from minzheng.foundation.people.facts import CATEGORY, sheets_merged
from minzheng.foundation.people.relations import OTHER, TO_APPLICANT
from minzheng.foundation.rules.catalogue import Fact, FactCatalogue

if TYPE_CHECKING:
    import numpy as np

    Column = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True)
class Columns:
    """Households in order of id, their members beside them. A column is (values, known), int64 or bool."""

    household_ids: np.ndarray
    person_ids: np.ndarray
    households: dict[str, Column]
    members: dict[str, Column]
    member_count: np.ndarray
    region_index: np.ndarray
    regions: list[str]

    def household_row(self) -> np.ndarray:
        """For each member, the row of the household."""
        import numpy as np

        return np.repeat(np.arange(len(self.member_count)), self.member_count)


def population_columns(prefix: str, on: dt.date, names: Iterable[str], catalogue: FactCatalogue) -> Columns:
    """Every open household whose region code starts with `prefix`, with the named facts on that day."""
    import numpy as np

    facts = [catalogue[name] for name in names]
    of_household = [fact for fact in facts if fact.entity == "household"]
    of_person = [fact for fact in facts if fact.entity == "person"]
    scope = {"on": on, "first": prefix.ljust(12, "0"), "last": prefix.ljust(12, "9")}
    households = _read(_household_query(of_household), scope, ["id", "region"], of_household)
    members = _read(_member_query(of_person), scope, ["household", "person"], of_person)

    household_ids, codes = households["id"], households["region"]
    regions, region_index = np.unique(codes, return_inverse=True)
    position = np.searchsorted(household_ids, members["household"])
    return Columns(
        household_ids=household_ids,
        person_ids=members["person"],
        households={fact.name: households[fact.name] for fact in of_household},
        members={fact.name: members[fact.name] for fact in of_person},
        member_count=np.bincount(position, minlength=len(household_ids)),
        region_index=region_index.astype(np.int64),
        regions=[f"{code:012d}" for code in regions],
    )


OPEN_HOUSEHOLDS = (
    "people_household h WHERE h.region_id BETWEEN %(first)s AND %(last)s"
    " AND h.since <= %(on)s AND (h.until IS NULL OR h.until > %(on)s)"
)


def _household_query(facts: list[Fact]) -> str:
    special = {
        "category": _choice(next((f for f in facts if f.name == "category"), None), "h.category", CATEGORY)
    }
    columns = "".join(f", {special.get(fact.name) or _value(fact)}" for fact in facts)
    return (
        f"WITH chosen AS (SELECT h.* FROM {OPEN_HOUSEHOLDS}),"  # noqa: S608
        f" sheets AS ({sheets_merged('household')} AND household_id IN (SELECT id FROM chosen) GROUP BY 1)"
        f" SELECT h.id, h.region_id::bigint{columns} FROM chosen h LEFT JOIN sheets ON subject_id = h.id ORDER BY h.id"
    )


def _member_query(facts: list[Fact]) -> str:
    by_name = {fact.name: fact for fact in facts}
    special = {
        "birth_date": "to_char(p.birth_date, 'YYYYMMDD')::bigint",
        "sex": _choice(by_name.get("sex"), "p.sex", {"1": "男", "2": "女"}),
        "alive": "(p.died_on IS NULL OR p.died_on > %(on)s)::int",
        "relation": _choice(by_name.get("relation"), "m.relation", TO_APPLICANT, OTHER),
    }
    columns = "".join(f", {special.get(fact.name) or _value(fact)}" for fact in facts)
    return (
        f"WITH members AS (SELECT m.* FROM people_membership m JOIN {OPEN_HOUSEHOLDS.replace(' WHERE', ' ON h.id = m.household_id WHERE')}"  # noqa: S608
        " AND m.since <= %(on)s AND (m.until IS NULL OR m.until > %(on)s)),"
        f" sheets AS ({sheets_merged('person')} AND person_id IN (SELECT person_id FROM members) GROUP BY 1)"
        f" SELECT m.household_id, p.id{columns} FROM members m JOIN people_person p ON p.id = m.person_id"
        ' LEFT JOIN sheets ON subject_id = p.id ORDER BY m.household_id, m."order", m.id'
    )


def _value(fact: Fact) -> str:
    """SQL of one fact's engine value out of the merged sheet; NULL is unknown."""
    said = f"facts->>'{fact.name}'"
    match fact.kind.name:
        case "bool":
            return f"CASE {said} WHEN 'true' THEN 1 WHEN '是' THEN 1 WHEN 'false' THEN 0 WHEN '否' THEN 0 END"
        case "date":
            return f"replace({said}, '-', '')::bigint"
        case "choice":
            return _choice(fact, said, {option: option for option in fact.kind.options})
        case "choices":
            bits = " + ".join(
                f"(facts->'{fact.name}' ? '{option}')::int * {1 << place}"
                for place, option in enumerate(fact.kind.options)
            )
            return f"CASE WHEN facts ? '{fact.name}' THEN {bits} END"
    return f"({said})::bigint"


def _choice(fact: Fact | None, said: str, means: dict[Any, str], otherwise: str | None = None) -> str:
    """SQL that turns what is stored into the place of the option it means."""
    if fact is None:
        return ""
    cases = " ".join(
        f"WHEN '{stored}' THEN {fact.kind.options.index(option)}" for stored, option in means.items()
    )
    rest = f"ELSE {fact.kind.options.index(otherwise)} " if otherwise else ""
    return f"CASE {said} {cases} {rest}END"


def _read(query: str, scope: dict[str, Any], keys: list[str], facts: list[Fact]) -> dict[str, Any]:
    """Run one query as a CSV stream: keys as int64 arrays, facts as (values, known) with their defaults filled in."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.csv

    names = [*keys, *(fact.name for fact in facts)]
    stream = io.BytesIO()
    with transaction.atomic(), connection.cursor() as cursor:
        # Whole regions are joined by hashing; a planner with stale statistics would loop for minutes.
        cursor.execute("SET LOCAL enable_nestloop = off")
        # psycopg's own cursor: Django's debugging one, used with MINZHENG_DEBUG, takes no parameters here
        with cursor.cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT csv)", scope) as copy:
            for block in copy:
                stream.write(block)
        cursor.execute("SET LOCAL enable_nestloop = DEFAULT")
    if not stream.tell():
        empty = np.zeros(0, np.int64)
        return {**dict.fromkeys(keys, empty), **{fact.name: (empty, empty.astype(bool)) for fact in facts}}
    stream.seek(0)
    table = pyarrow.csv.read_csv(
        stream,
        read_options=pyarrow.csv.ReadOptions(column_names=names),
        convert_options=pyarrow.csv.ConvertOptions(column_types=dict.fromkeys(names, pa.int64())),
    )
    columns: dict[str, Any] = {key: table[key].to_numpy() for key in keys}
    for fact in facts:
        column = table[fact.name].combine_chunks()
        known = np.asarray(column.is_valid())
        values = column.fill_null(int(fact.default or 0)).to_numpy(zero_copy_only=False)
        if fact.default is not None:
            known = np.ones(len(values), bool)
        columns[fact.name] = (values.astype(bool) if fact.kind.name == "bool" else values, known)
    return columns
