"""From judged columns to kept rows: a temporary table, one join by number, candidates for the rest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
from django.db import connection

from minzheng.datacenter.deliveries.matching.propose import propose
from minzheng.datacenter.deliveries.models import Delivery, DeliveryRow, RowState
from minzheng.datacenter.deliveries.quality import Judged
from minzheng.datacenter.deliveries.words import WHO, FileFormat
from minzheng.foundation.crypto.bulk import rows_with
from minzheng.foundation.crypto.fields import indexes_of
from minzheng.foundation.crypto.keyring import keyring
from minzheng.foundation.people.models import Person

STAGE = """
CREATE TEMPORARY TABLE delivery_stage (
    number int, id_no text, blind_no bytea[], name text, birth_date date, address text, vals jsonb, typed jsonb, who text
) ON COMMIT DROP;
CREATE TEMPORARY TABLE delivery_candidate (number int, person_id bigint, basis text, score int) ON COMMIT DROP
"""
# As quality._read tidies a name.
PLAIN_NAME = "translate(p.name, ' 　·•.', '')"
HERE = "p.region_id BETWEEN %(first)s AND %(last)s"
KEEP = (
    "INSERT INTO deliveries_deliveryrow (delivery_id, number, state, person_id, values, typed, problems, who)"
)

BY_NUMBER = f"""
{KEEP} SELECT %(delivery)s, s.number, 'matched', p.id, s.vals, '', '[]', ''
FROM delivery_stage s JOIN people_person p ON blind(p.id_no) = ANY(s.blind_no) AND {HERE}
WHERE s.name IS NULL OR s.name = {PLAIN_NAME}
"""  # noqa: S608 our own text
AS_DECIDED = f"""
{KEEP} SELECT %(delivery)s, s.number, 'matched', min(i.person_id), (array_agg(s.vals))[1], '', '[]', s.who
FROM delivery_stage s JOIN deliveries_identified i ON i.who = s.who AND i.is_same
WHERE s.number NOT IN (SELECT number FROM deliveries_deliveryrow WHERE delivery_id = %(delivery)s)
GROUP BY s.number, s.who
"""  # noqa: S608
OTHER_NAME = f"""
INSERT INTO delivery_candidate SELECT s.number, p.id, '号码相同，姓名不同', NULL
FROM delivery_stage s JOIN people_person p ON blind(p.id_no) = ANY(s.blind_no) AND {HERE}
WHERE s.number NOT IN (SELECT number FROM deliveries_deliveryrow WHERE delivery_id = %(delivery)s)
"""  # noqa: S608
NOT_AGAIN = """
DELETE FROM delivery_candidate c USING delivery_stage s, deliveries_identified i
WHERE s.number = c.number AND i.who = s.who AND i.person_id = c.person_id AND NOT i.is_same
"""
IN_REVIEW = """
SELECT s.number, s.vals::text, coalesce(s.typed, jsonb_strip_nulls(jsonb_build_object(
    'id_no', s.id_no, 'name', s.name, 'birth_date', s.birth_date, 'address', s.address)))::text, s.who
FROM delivery_stage s WHERE s.number IN (SELECT number FROM delivery_candidate)
"""
MATCHES = """
INSERT INTO deliveries_match (row_id, person_id, basis, score, state)
SELECT r.id, c.person_id, min(c.basis), max(c.score), 'open'
FROM delivery_candidate c JOIN deliveries_deliveryrow r ON r.delivery_id = %(delivery)s AND r.number = c.number
GROUP BY 1, 2
"""


def stage(judged: Judged, form: FileFormat) -> None:
    """Copy the usable rows beside the database's own; gone when the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS delivery_stage, delivery_candidate")
        cursor.execute(STAGE)
        with cursor.cursor.copy(
            "COPY delivery_stage (number, id_no, blind_no, name, birth_date, address, vals, typed, who) FROM STDIN"
        ) as copy:
            for row in _usable(judged, form):
                copy.write_row(row)
        cursor.execute("ANALYZE delivery_stage")


def keep_rows(delivery: Delivery, form: FileFormat, judged: Judged, *, similar: bool) -> None:
    """Matched, to be looked at, rejected; the others are of people whom we do not keep."""
    code = delivery.region.prefix
    scope: dict[str, Any] = {
        "delivery": delivery.pk,
        "first": code.ljust(12, "0"),
        "last": code.ljust(12, "9"),
    }
    with connection.cursor() as cursor:
        # Planned for many rows; statistics of a moment ago may still say that there are none.
        cursor.execute("SET LOCAL enable_nestloop = off")
        for query in (BY_NUMBER, AS_DECIDED, OTHER_NAME):
            cursor.execute(query, scope)
        cursor.execute("SET LOCAL enable_nestloop = DEFAULT")
    propose(delivery, scope, similar=similar)
    with connection.cursor() as cursor:
        cursor.execute(NOT_AGAIN)
        cursor.execute(IN_REVIEW)
        in_review = cursor.fetchall()
    DeliveryRow.objects.bulk_create(
        (
            DeliveryRow(
                delivery=delivery,
                number=number,
                state=RowState.REVIEW,
                values=json.loads(values),
                typed=json.loads(typed),
                who=who,
            )
            for number, values, typed, who in in_review
        ),
        batch_size=5000,
    )
    with connection.cursor() as cursor:
        cursor.execute(MATCHES, scope)
    keep_rejected(delivery, form, judged)


def keep_rejected(delivery: Delivery, form: FileFormat, judged: Judged) -> None:
    """Rows with a problem that nobody can be found for either, as they stood in the file."""
    kept = np.fromiter(
        DeliveryRow.objects.filter(delivery=delivery).values_list("number", flat=True), np.int64
    )
    wrong = judged.rejected | (judged.unnumbered & ~np.isin(judged.table.numbers, kept))
    said = judged.said_of(wrong)
    typed = {place: _typed(judged, form, place) for place in said}
    # What is wrong with a row leaves open what it says of that person: then "not listed" would be a false conclusion.
    known = rows_with(Person.objects.all(), "id_no", {_number_in(one) for one in typed.values()})
    DeliveryRow.objects.bulk_create(
        (
            DeliveryRow(
                delivery=delivery,
                number=int(judged.table.numbers[place]),
                state=RowState.REJECTED,
                person_id=known.get(_number_in(typed[place])),
                typed=typed[place],
                problems=problems,
            )
            for place, problems in said.items()
        ),
        batch_size=5000,
    )


def _usable(judged: Judged, form: FileFormat) -> Iterator[tuple[Any, ...]]:
    """(number, id_no, its blind indexes, name, birth_date, address, values, typed, who) of every row not rejected."""
    good = ~judged.rejected
    places = np.flatnonzero(good)

    def listed(key: str) -> list[Any]:
        return judged.values[key].take(places).to_pylist() if key in judged.values else [None] * len(places)

    who = [listed(key) for key in ("id_no", "name", "birth_date", "address")]
    kept = [column.key for column in form.columns if column.key not in WHO]
    told = zip(*(listed(key) for key in kept), strict=True) if kept else iter([()] * len(places))
    unnumbered = judged.unnumbered[places].tolist()
    numbers = judged.table.numbers[places].tolist()
    rows = zip(numbers, *who, told, places.tolist(), unnumbered, strict=True)
    for number, id_no, name, birth_date, address, values, place, is_unnumbered in rows:
        said = {key: value for key, value in zip(kept, values, strict=True) if value is not None}
        typed = _typed(judged, form, place) if is_unnumbered else {}
        who = keyring().mark("delivery.who", f"{typed.get('id_no', id_no)}|{name}|{birth_date}").hex()
        yield (
            number, id_no, indexes_of("id_no", id_no), name, birth_date, address,
            json.dumps(said, ensure_ascii=False), json.dumps(typed, ensure_ascii=False) if typed else None, who,
        )  # fmt: skip


def _number_in(typed: dict[str, str]) -> str:
    return typed.get("id_no", "").upper()


def _typed(judged: Judged, form: FileFormat, place: int) -> dict[str, str]:
    cells = {key: judged.table.columns[key][place].as_py() for key in form.keys}
    return {key: cell.replace("\0", "") for key, cell in cells.items() if cell}
