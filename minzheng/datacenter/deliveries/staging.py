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

STAGE = """
CREATE TEMPORARY TABLE delivery_stage (
    number int, id_no text, name text, birth_date date, address text, vals jsonb, typed jsonb, who text
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
{KEEP} SELECT %(delivery)s, s.number, 'matched', p.id, s.vals, '{{}}', '[]', ''
FROM delivery_stage s JOIN people_person p ON p.id_no = s.id_no AND {HERE}
WHERE s.name IS NULL OR s.name = {PLAIN_NAME}
"""  # noqa: S608 our own text
AS_DECIDED = f"""
{KEEP} SELECT %(delivery)s, s.number, 'matched', min(i.person_id), (array_agg(s.vals))[1], '{{}}', '[]', s.who
FROM delivery_stage s JOIN deliveries_identified i ON i.who = s.who AND i.is_same
WHERE s.number NOT IN (SELECT number FROM deliveries_deliveryrow WHERE delivery_id = %(delivery)s)
GROUP BY s.number, s.who
"""  # noqa: S608
OTHER_NAME = f"""
INSERT INTO delivery_candidate SELECT s.number, p.id, '号码相同，姓名不同', NULL
FROM delivery_stage s JOIN people_person p ON p.id_no = s.id_no AND {HERE}
WHERE s.number NOT IN (SELECT number FROM deliveries_deliveryrow WHERE delivery_id = %(delivery)s)
"""  # noqa: S608
NOT_AGAIN = """
DELETE FROM delivery_candidate c USING delivery_stage s, deliveries_identified i
WHERE s.number = c.number AND i.who = s.who AND i.person_id = c.person_id AND NOT i.is_same
"""
IN_REVIEW = f"""
{KEEP} SELECT %(delivery)s, s.number, 'review', NULL, s.vals,
    coalesce(s.typed, jsonb_strip_nulls(jsonb_build_object(
        'id_no', s.id_no, 'name', s.name, 'birth_date', s.birth_date, 'address', s.address))), '[]', s.who
FROM delivery_stage s WHERE s.number IN (SELECT number FROM delivery_candidate)
"""  # noqa: S608
MATCHES = """
INSERT INTO deliveries_match (row_id, person_id, basis, score, state)
SELECT r.id, c.person_id, min(c.basis), max(c.score), 'open'
FROM delivery_candidate c JOIN deliveries_deliveryrow r ON r.delivery_id = %(delivery)s AND r.number = c.number
GROUP BY 1, 2
"""


# What is wrong with a row leaves open what it says of that person: then "not listed" would be a false conclusion.
WRONG_BUT_KNOWN = """
UPDATE deliveries_deliveryrow r SET person_id = p.id FROM people_person p
WHERE r.delivery_id = %s AND r.state = 'rejected' AND p.id_no = upper(r.typed->>'id_no')
"""


def stage(judged: Judged, form: FileFormat) -> None:
    """Copy the usable rows beside the database's own; gone when the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS delivery_stage, delivery_candidate")
        cursor.execute(STAGE)
        with cursor.cursor.copy(
            "COPY delivery_stage (number, id_no, name, birth_date, address, vals, typed) FROM STDIN"
        ) as copy:
            for row in _usable(judged, form):
                copy.write_row(row)
        cursor.execute(
            "UPDATE delivery_stage SET who = md5(concat_ws('|', coalesce(typed->>'id_no', id_no), name, birth_date));"
            " ANALYZE delivery_stage"
        )


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
        cursor.execute(IN_REVIEW, scope)
        cursor.execute(MATCHES, scope)
    keep_rejected(delivery, form, judged)


def keep_rejected(delivery: Delivery, form: FileFormat, judged: Judged) -> None:
    """Rows with a problem that nobody can be found for either, as they stood in the file."""
    kept = np.fromiter(
        DeliveryRow.objects.filter(delivery=delivery).values_list("number", flat=True), np.int64
    )
    wrong = judged.rejected | (judged.unnumbered & ~np.isin(judged.table.numbers, kept))
    said = judged.said_of(wrong)
    DeliveryRow.objects.bulk_create(
        (
            DeliveryRow(
                delivery=delivery,
                number=int(judged.table.numbers[place]),
                state=RowState.REJECTED,
                typed=_typed(judged, form, place),
                problems=problems,
            )
            for place, problems in said.items()
        ),
        batch_size=5000,
    )
    if "id_no" in form.keys:
        with connection.cursor() as cursor:
            cursor.execute(WRONG_BUT_KNOWN, [delivery.pk])


def _usable(judged: Judged, form: FileFormat) -> Iterator[tuple[Any, ...]]:
    """(number, id_no, name, birth_date, address, values, typed) of every row that is not rejected."""
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
        typed = json.dumps(_typed(judged, form, place), ensure_ascii=False) if is_unnumbered else None
        yield number, id_no, name, birth_date, address, json.dumps(said, ensure_ascii=False), typed


def _typed(judged: Judged, form: FileFormat, place: int) -> dict[str, str]:
    cells = {key: judged.table.columns[key][place].as_py() for key in form.keys}
    return {key: cell.replace("\0", "") for key, cell in cells.items() if cell}
