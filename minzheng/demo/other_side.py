"""The other departments of the demo county: a process of its own that knows what the records know, and a little more.

What families did not declare is planted: some have savings or a car that only the bank or the traffic police knows.
Social insurance takes its time, the bank answers later, and the market regulator's system is down.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from minzheng.foundation.crypto.bulk import field_of
from minzheng.foundation.people.facts import sheets_merged
from minzheng.foundation.people.models import Person

BEHAVIOUR = {"hr.insurance": "slow", "bank.deposits": "later", "market.business": "down"}
HIDDEN_SAVINGS_EVERY, HIDDEN_CAR_EVERY, HIDDEN_FEN = 5, 23, 3_000_000
INCOMES = ("wage", "resident_pension", "resident_pension_central", "transfer_received")


@contextmanager
def departments_running() -> Iterator[None]:
    """Start them on a free port and connect this installation to them; they end with us, however we end."""
    folder = settings.VAR / "demo" / "departments"
    folder.mkdir(parents=True, exist_ok=True)
    facts = folder / "facts.json"
    facts.touch(mode=0o600)
    facts.write_text(json.dumps(facts_of_county(), ensure_ascii=False), encoding="utf-8")
    behave = [f"--behave={source}={how}" for source, how in BEHAVIOUR.items()]
    command = [
        sys.executable,
        "-m",
        "minzheng.demo.departments",
        str(facts),
        "--connections",
        str(folder),
        *behave,
    ]
    process = subprocess.Popen(  # noqa: S603  our own interpreter and module
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=settings.ROOT
    )
    assert process.stdin is not None and process.stdout is not None
    try:
        file = process.stdout.readline().strip()
        # The worker reads its settings anew; the server's processes are forked off with ours.
        os.environ["MINZHENG_SOURCES"] = file
        settings.SOURCES = Path(file)
        yield
    finally:
        process.stdin.close()
        process.wait(timeout=10)


def facts_of_county() -> dict[str, dict[str, Any]]:
    """{source: {identity number: answer}} of everybody on record, in three queries."""
    by_source: dict[str, dict[str, Any]] = {source: {} for source in ("police.hukou", "police.vehicles",
        "hr.insurance", "land.property", "bank.deposits")}  # fmt: skip
    opened = field_of(Person, "id_no").opened
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH said AS ({sheets_merged('person')} GROUP BY 1)"  # noqa: S608
            " SELECT p.id, p.id_no, r.name, s.facts FROM people_person p JOIN regions_region r ON r.code = p.hukou_region_id"
            " LEFT JOIN said s ON s.subject_id = p.id WHERE p.id_no IS NOT NULL",
            {"on": "2026-10-01"},
        )
        for person, sealed, place, facts in cursor.fetchall():
            said, id_no = _json(facts), opened(sealed, person)
            by_source["police.hukou"][id_no] = _found(hukou_state="正常", hukou_place=place)
            if any(said.get(key) for key in INCOMES):
                by_source["hr.insurance"][id_no] = _found(**{key: said.get(key) or 0 for key in INCOMES})
        cursor.execute(
            f"WITH said AS ({sheets_merged('household')} GROUP BY 1)"  # noqa: S608
            " SELECT h.id, p.id, p.id_no, s.facts FROM people_household h JOIN people_person p ON p.id = h.head_id"
            " LEFT JOIN said s ON s.subject_id = h.id WHERE p.id_no IS NOT NULL",
            {"on": "2026-10-01"},
        )
        for key, head, sealed, facts in cursor.fetchall():
            _of_household(by_source, key, opened(sealed, head), _json(facts))
    return by_source


def _of_household(by_source: dict[str, dict[str, Any]], key: int, id_no: str, said: dict[str, Any]) -> None:
    hidden = HIDDEN_FEN if key % HIDDEN_SAVINGS_EVERY == 0 else 0
    by_source["bank.deposits"][id_no] = _found(
        deposits=(said.get("deposits") or 0) + hidden,
        securities=said.get("securities") or 0,
        internet_finance=said.get("internet_finance") or 0,
    )
    houses = [
        {"id": f"湘新晃{key:06d}-{n}", "title": "住宅"} for n in range(1, (said.get("houses") or 0) + 1)
    ]
    if houses:
        by_source["land.property"][id_no] = _found(houses=houses)
    cars = max(said.get("cars") or 0, 1 if key % HIDDEN_CAR_EVERY == 0 else 0)
    if cars:
        listed = [{"id": f"湘N{key % 100000:05d}{n}", "title": "小型轿车"} for n in range(1, cars + 1)]
        by_source["police.vehicles"][id_no] = _found(cars=listed)


def _found(**values: Any) -> dict[str, Any]:
    return {"state": "found", "values": values}


def _json(text: Any) -> dict[str, Any]:
    return json.loads(text) if isinstance(text, str) else text or {}
