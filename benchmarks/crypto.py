"""Sealed columns against plain ones: python -m benchmarks.crypto [people], 20,000 by default

Prints one JSON line. The peer within the same run is a table with the same columns and indexes, three of them text
instead of sealed; both are filled by COPY and read in turns, so that whatever else the machine does slows both.
Rotation is measured over the same people and told per million. Everything happens in an embedded database of its own,
gone afterwards.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

ROUNDS = 5
PAGE = 50
VALUES = 20_000
COLUMNS = "id, id_no, name, sex, ethnic, phone, bank_name, bank_account, region_id, address, created_at"
PLAIN = """
CREATE TABLE plain (LIKE people_person INCLUDING DEFAULTS INCLUDING IDENTITY);
ALTER TABLE plain ALTER id_no TYPE text USING '', ALTER phone TYPE text USING '', ALTER bank_account TYPE text USING '',
    ADD PRIMARY KEY (id);
CREATE UNIQUE INDEX ON plain (id_no);
CREATE INDEX ON plain (phone) WHERE phone <> '';
CREATE INDEX ON plain (region_id, id);
CREATE INDEX ON plain USING gin (name gin_trgm_ops)
"""


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def per_value() -> dict[str, float]:
    """Microseconds for one identity number, without the database."""
    from minzheng.foundation.crypto.envelope import seal, unseal
    from minzheng.foundation.crypto.fields import row_bytes
    from minzheng.foundation.crypto.keyfile import Keyring
    from minzheng.foundation.crypto.suites import SUITES

    told = {}
    for suite in SUITES:
        key = {"suite": suite, "key": os.urandom(32).hex(), "made": ""}
        ring = Keyring({"current": 1, "index": key, "keys": {"1": key}})
        rows = [row_bytes(n) for n in range(VALUES)]
        label, number = b"people_person.id_no", "43122719490312002X"
        sealed: list[bytes] = []
        took = seconds(lambda: sealed.extend(seal(ring, number, label, row, "id_no") for row in rows))  # noqa: B023
        told[f"{suite}_seal_us"] = round(took / VALUES * 1e6, 1)
        took = seconds(
            lambda: [unseal(ring, one, label, row, "id_no") for one, row in zip(sealed, rows, strict=True)]  # noqa: B023
        )
        told[f"{suite}_open_us"] = round(took / VALUES * 1e6, 1)
    return told


def rows(people: int, sealing: bool) -> Iterator[tuple[Any, ...]]:
    from django.utils import timezone

    from minzheng.foundation.crypto.bulk import field_of
    from minzheng.foundation.people.models import Person

    seal = [field_of(Person, name).sealed for name in ("id_no", "phone", "bank_account")]
    now = timezone.now()
    for key in range(1, people + 1):
        said = (f"4312271949{key:08d}", f"139{key:08d}", f"6217000{key:012d}")
        number, phone, account = (
            (one(text, key) for one, text in zip(seal, said, strict=True)) if sealing else said
        )
        yield key, number, "杨秀英", "2", "12", phone, "农商行", account, None, "3组", now


def empty() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SET session_replication_role = replica; DELETE FROM plain; DELETE FROM people_person;"
            " SET session_replication_role = origin"
        )


def load(table: str, people: int) -> None:
    from django.db import connection

    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({COLUMNS}) FROM STDIN") as copy:
        for row in rows(people, table != "plain"):
            copy.write_row(row)


def ratio(
    plain: Callable[[], object], sealed: Callable[[], object], before: Callable[[], object] = lambda: None
) -> tuple[float, float, float]:
    """(milliseconds plain, milliseconds sealed, median ratio), in turns."""
    taken = []
    for _ in range(ROUNDS):
        before()
        taken.append((seconds(plain), seconds(sealed)))
    first, second = (median(times) * 1000 for times in zip(*taken, strict=True))
    return round(first, 2), round(second, 2), round(median(b / a for a, b in taken), 2)


def measure(people: int) -> dict[str, object]:
    from django.conf import settings
    from django.db import connection, models

    from minzheng.foundation.crypto.keyfile import add_key
    from minzheng.foundation.crypto.rotate import rotate
    from minzheng.foundation.people.models import Person

    class Plain(models.Model):
        id_no, phone, bank_account, name = (models.TextField() for _ in range(4))

        class Meta:
            app_label, db_table, managed = "people", "plain", False

        def __str__(self) -> str:
            return self.name

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE people_person ALTER region_id DROP NOT NULL")
        cursor.execute(PLAIN)
    loading = ratio(lambda: load("plain", people), lambda: load("people_person", people), empty)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE plain, people_person")
    wanted = ("id_no", "phone", "bank_account", "name")

    def page(model: type[models.Model], most: int) -> list[Any]:
        return list(model.objects.order_by("pk").values_list(*wanted)[:most])

    paging = ratio(lambda: page(Plain, PAGE), lambda: page(Person, PAGE))
    listing = ratio(lambda: page(Plain, people), lambda: page(Person, people))
    number = f"4312271949{people // 2:08d}"
    finding = ratio(
        lambda: Plain.objects.get(id_no=number), lambda: Person.objects.only("name").get(id_no=number)
    )
    add_key(settings.KEYS, "aes-gcm")
    took = seconds(lambda: list(rotate()))
    told: dict[str, object] = {"benchmark": "crypto", "people": people, **per_value()}
    for name, (plain, sealed, times) in (
        ("load", loading), ("page_of_50", paging), ("list_of_all", listing), ("find_one", finding),
    ):  # fmt: skip
        told |= {f"{name}_plain_ms": plain, f"{name}_sealed_ms": sealed, f"{name}_ratio": times}
    return told | {
        "rotate_rows_per_s": round(people / took),
        "rotate_1m_rows_minutes_extrapolated": round(1e6 / people * took / 60, 1),
    }


def main(people: int) -> None:
    from benchmarks.scratch import installation

    with installation():
        from minzheng.foundation.accounts.walls.build import as_owner

        with as_owner():  # makes a plain table beside ours and empties both in turns
            print(json.dumps(measure(people), ensure_ascii=False))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
