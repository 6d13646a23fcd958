"""What row-level security costs: python -m benchmarks.walls [people], 20,000 by default

The same statements of a county officer's day, once as the tables' owner without walls and once as the site's role with the
officer's walls around them, in turns on one connection each; the median of the pairs counts. Both must give the same rows,
and the site's role none of the county next door. Prints one JSON line. Everything happens in an embedded database of its
own, gone afterwards.
"""

import json
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any

ROUNDS = 15
STATEMENTS = {
    "one_person_by_key": "SELECT name FROM people_person WHERE id = %(one)s",
    "one_person_by_number": "SELECT name FROM people_person WHERE blind(id_no) = %(number)s",
    "page_of_50": "SELECT id, name FROM people_person WHERE region_id BETWEEN '999999' AND '9999999' ORDER BY id LIMIT 50",
    "count_of_county": "SELECT count(*) FROM people_person WHERE region_id BETWEEN '999999' AND '9999999'",
    "families_with_members": """SELECT h.id, count(*) FROM people_household h JOIN people_membership m ON m.household_id = h.id
        JOIN people_person p ON p.id = m.person_id GROUP BY h.id ORDER BY h.id LIMIT 50""",
    "facts_of_county": "SELECT count(*) FROM people_factsheet WHERE person_id IS NOT NULL",
}
NEIGHBOUR = """
    INSERT INTO people_person (name, sex, ethnic, phone, bank_name, bank_account, region_id, address, created_at)
    SELECT '邻县', '1', '', '', '', '', %s, '', now() FROM generate_series(1, %s)
"""


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def measure(people: int, folder: str) -> dict[str, object]:
    import datetime as dt

    from django.db import connection

    from benchmarks.scratch import scratch_county
    from minzheng.foundation.accounts.walls import entered
    from minzheng.foundation.accounts.walls.build import as_owner
    from minzheng.foundation.crypto.fields import indexes_of
    from minzheng.foundation.people.models import Person
    from minzheng.foundation.regions.models import Level, Region

    officer, _, numbers = scratch_county(people, folder)
    since = dt.date(2000, 1, 1)
    Region.objects.create(
        code="999998000000", name="邻县", full_name="邻县", level=Level.COUNTY, since=since, source="试验"
    )
    (number,) = indexes_of("id_no", numbers[people // 2])
    with connection.cursor() as cursor:
        cursor.execute(NEIGHBOUR, ["999998000000", people])
        cursor.execute("ANALYZE")
    asked = {"one": Person.objects.get(id_no=numbers[people // 3]).pk, "number": number}

    def run(statement: str) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(statement, asked)
            return list(cursor.fetchall())

    def as_site(statement: str) -> tuple[float, list[Any]]:
        with entered(officer.pk):
            return seconds(lambda: run(statement))

    told: dict[str, object] = {"benchmark": "walls", "people": people}
    for name, statement in STATEMENTS.items():
        pairs = []
        for _ in range(ROUNDS):
            with as_owner():
                run("SELECT 1")
                bare, all_rows = seconds(lambda: run(statement))  # noqa: B023
            walled, seen = as_site(statement)
            if seen != all_rows:
                raise SystemExit(f"{name}: {len(seen)} rows through the wall, {len(all_rows)} without")
            pairs.append((bare, walled))
        told |= {
            f"{name}_owner_ms": round(median(one for one, _ in pairs) * 1000, 2),
            f"{name}_walled_ms": round(median(two for _, two in pairs) * 1000, 2),
            f"{name}_ratio": round(median(two / one for one, two in pairs), 2),
        }
    _, strangers = as_site("SELECT count(*) FROM people_person WHERE region_id = '999998000000'")
    if strangers != [(0,)]:
        raise SystemExit("the wall let somebody of the next county through")
    return told


def main(people: int) -> None:
    from benchmarks.scratch import installation

    with installation() as folder:
        print(json.dumps(measure(people, str(folder)), ensure_ascii=False))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
