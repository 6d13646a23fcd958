"""Plain rules, for installations without the extra `matching`: same name and birth date, or one of them a slip away."""

from __future__ import annotations

from typing import Any

from django.db import connection

from minzheng.foundation.crypto.bulk import field_of
from minzheng.foundation.people.models import Person

MOST_EACH = 3  # people proposed for a row

# Two equally long names that differ in one character; two numbers that differ in one place or in a swapped pair.
_ONE_OFF = """
(length(p.name) = length(s.name) AND length(s.name) > 2 AND
 (SELECT count(*) FROM generate_series(1, length(s.name)) i WHERE substr(p.name, i, 1) <> substr(s.name, i, 1)) = 1)
"""
# The few whose names agree: their numbers are opened and compared (propose_by_rules).
NAMESAKES = """
SELECT s.number, s.typed_no, p.id, p.id_no FROM delivery_open s JOIN people_person p ON p.name = s.name
WHERE p.region_id BETWEEN %(first)s AND %(last)s AND length(s.typed_no) = 18 AND p.id_no IS NOT NULL
  AND p.birth_date IS DISTINCT FROM s.birth_date
"""
_PAIRS = """
SELECT s.number, p.id AS person_id,
  CASE WHEN p.name <> s.name THEN '出生日期相同，姓名差一字' WHEN p.birth_date = s.birth_date THEN '姓名、出生日期相同'
       ELSE '姓名相同，号码相近' END AS basis,
  CASE WHEN p.name <> s.name THEN 3 WHEN p.birth_date = s.birth_date THEN 1 ELSE 2 END AS place
FROM delivery_open s JOIN people_person p ON p.region_id BETWEEN %(first)s AND %(last)s AND {}
"""
_NEAR = "(s.number, p.id) IN (SELECT * FROM unnest(%(near_rows)s::int[], %(near_people)s::bigint[]))"
CANDIDATES = f"""
INSERT INTO delivery_candidate SELECT number, person_id, basis, NULL FROM (
  SELECT *, row_number() OVER (PARTITION BY number ORDER BY place, person_id) AS rank FROM (
    {_PAIRS.format("p.name = s.name AND p.birth_date = s.birth_date")}
    UNION ALL
    {_PAIRS.format(_NEAR)}
    UNION ALL
    {_PAIRS.format("p.birth_date = s.birth_date AND p.name <> s.name AND " + _ONE_OFF)}
  ) pairs
) ranked WHERE rank <= %(most)s
"""  # noqa: S608 our own text


def propose_by_rules(scope: dict[str, Any]) -> None:
    """Fill delivery_candidate with whoever is a slip away, at most MOST_EACH for a row."""
    opened = field_of(Person, "id_no").opened
    with connection.cursor() as cursor:
        cursor.execute(NAMESAKES, scope)
        near = [
            (row, person)
            for row, typed, person, number in cursor.fetchall()
            if sum(a != b for a, b in zip(opened(number, person), typed, strict=False)) <= 2
        ]
        rows, people = [row for row, _ in near], [person for _, person in near]
        cursor.execute(CANDIDATES, scope | {"most": MOST_EACH, "near_rows": rows, "near_people": people})
