"""A new dibao standard over a hundred thousand families: python -m benchmarks.uprating [--families 10000,100000]

Each size runs in a process of its own on a durable PostgreSQL of its own, by the same functions as the desk's buttons:
work out → confirm → lay, with one month that was paid already, so that every family gets arrears. Half of the rights
keep the facts of their decision, half are read from the registers. The peer, in the same run: one INSERT … SELECT of the
same new amounts into a bare table. Prints a table of stages and one JSON line; setting up is not counted.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from subprocess import CalledProcessError, run
from typing import Any

FACTS = {
    "wage": 0, "business_income": 0, "property_income": 0, "resident_pension": 0, "transfer_received": 0,
    "other_income": 0, "labour_ability": "无", "employed": False,
}  # fmt: skip
MEANS = {
    "deposits": 0, "securities": 0, "insurance_value": 0, "claims": 0, "internet_finance": 0, "houses": 1, "cars": 0,
}  # fmt: skip
WAGE, OLD, NEW = 50_000 * 12, 60_000, 70_000  # two persons, 500 a month: 2 × 550 − 500, then 2 × 600 − 500
SETTLED, OCTOBER = dt.date(2026, 3, 1), dt.date(2026, 10, 1)
SET_UP = [
    """INSERT INTO people_person (name, sex, ethnic, phone, bank_name, bank_account, region_id, address, created_at, birth_date)
       SELECT '户' || n, '1', '', '', '新晃农商行', '', %(region)s, '', now(), '1980-05-01' FROM generate_series(1, 2 * %(count)s) AS n""",
    """INSERT INTO people_household (region_id, category, head_id, address, since)
       SELECT %(region)s, 'urban', id, '', '2015-01-01' FROM people_person WHERE name ~ '^户[0-9]*[02468]$'""",
    """INSERT INTO people_membership (household_id, person_id, relation, "order", since)
       SELECT id, head_id, '户主', 0, '2015-01-01' FROM people_household""",
    """INSERT INTO people_membership (household_id, person_id, relation, "order", since)
       SELECT h.id, p.id, '配偶', 1, '2015-01-01' FROM people_household h JOIN people_person head ON head.id = h.head_id
       JOIN people_person p ON p.name = '户' || (substr(head.name, 2)::int - 1)""",
    """INSERT INTO people_factsheet (person_id, values, source, since, recorded_at)
       SELECT person_id, %(facts)s::jsonb || CASE "order" WHEN 0 THEN jsonb_build_object('wage', %(wage)s::bigint) ELSE '{}' END,
              '核对', '2026-01-01', now() FROM people_membership""",
    """INSERT INTO people_factsheet (household_id, values, source, since, recorded_at)
       SELECT id, %(means)s::jsonb, '核对', '2026-01-01', now() FROM people_household""",
    """INSERT INTO benefits_entitlement (benefit, household_id, person_id, payee_id, region_id, state, grade, since_month,
           account_name, case_number, end_reason, granted_at)
       SELECT 'dibao', id, head_id, head_id, region_id, 'active', '', %(since)s, '', '', '', now() FROM people_household""",
    """INSERT INTO benefits_entitlementamount (entitlement_id, from_month, amount_fen, reason, cite, decision, decided_on, recorded_at)
       SELECT id, since_month, %(old)s, 'granted', '测试', CASE id %% 2 WHEN 0 THEN %(decision)s::jsonb ELSE '{}' END,
              since_month, now() FROM benefits_entitlement""",
    "ANALYZE",
]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--families", default="10000,100000", help="rights, one run for each")
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.inside:
        print(json.dumps(measure(int(asked.families), Path(asked.inside))))
        return 0
    runs = [_run_apart(int(families)) for families in asked.families.split(",")]
    print(f"{'stage':<24}" + "".join(f"{one['families']:>12,}" for one in runs) + "   seconds")
    for stage in runs[0]["stages"]:
        print(f"{stage:<24}" + "".join(f"{one['stages'][stage]:>12.2f}" for one in runs))
    print(json.dumps({"benchmark": "uprating", "load": round(os.getloadavg()[0], 1), "runs": runs}))
    return 0


def _run_apart(families: int) -> dict[str, Any]:
    from tests.faults.cluster import Cluster

    with tempfile.TemporaryDirectory(prefix="minzheng-uprating-") as folder:
        Path(folder).chmod(0o755)
        cluster = Cluster(Path(folder))
        cluster.create()
        environment = os.environ | {
            "DATABASE_URL": cluster.url,
            "DJANGO_SETTINGS_MODULE": "minzheng.settings",
            "MINZHENG_STANDARDS": "demo-uprated",
            "MINZHENG_DEMO": "1",
        }
        command = [
            sys.executable,
            "-m",
            "benchmarks.uprating",
            "--families",
            str(families),
            "--inside",
            folder,
        ]
        try:
            said = run(command, env=environment, check=True, capture_output=True, text=True)  # noqa: S603  our own program
        except CalledProcessError as error:
            sys.exit(error.stderr[-3000:])
        finally:
            cluster.kill()
    result: dict[str, Any] = json.loads(said.stdout.splitlines()[-1])
    return result


def measure(families: int, folder: Path) -> dict[str, Any]:
    """Seconds by stage."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from minzheng.foundation.accounts.walls.build import as_owner

    settings.PAYMENT_OUTBOX, settings.SEALS = folder / "outbox", folder / "seals"
    with as_owner():
        call_command("migrate", verbosity=0)
    from minzheng.foundation.payments.models import Arrear
    from minzheng.foundation.regions.models import Region
    from minzheng.foundation.uprating.actions import ask, confirm, work_out
    from minzheng.foundation.uprating.laying import lay_all

    access = _county(families)
    stages: dict[str, float] = {}

    def timed(stage: str, work: Callable[[], Any]) -> Any:
        start = time.perf_counter()
        done = work()
        stages[stage] = round(time.perf_counter() - start, 2)
        return done

    county = Region.objects.get(code="431227000000")
    asked = ask(access("reviewer"), county, benefit="dibao", from_month=OCTOBER, evidence="测试〔2026〕1号")
    made = timed("work out", lambda: work_out(access("reviewer"), asked))
    more = families * (NEW - OLD)
    if (made.rights, made.held, made.monthly_fen, made.arrears_fen) != (families, 0, more, more):
        raise SystemExit(f"wrong totals: {made.rights} {made.held} {made.monthly_fen} {made.arrears_fen}")
    timed("confirm", lambda: confirm(access("approver"), made, expected_fen=2 * more))
    timed("lay, settle", lambda: lay_all(made))
    if Arrear.objects.filter(amount_fen=NEW - OLD).count() != families or lay_all(made):
        raise SystemExit("not every family has its arrears exactly once")
    with as_owner():
        total, bare = sum(stages.values()), _bare()
    return {
        "families": families,
        "stages": stages,
        "seconds": round(total, 1),
        "bare_seconds": round(bare, 2),
        "ratio": round(total / bare, 1),
        "microseconds_per_right": round(total / families * 1e6),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _county(families: int) -> Callable[[str], Any]:
    """The cast, so many families with a right, and October's list frozen."""
    from django.db import connection

    from conftest import REGIONS
    from minzheng.demo.cast import create_cast
    from minzheng.foundation.accounts.access import Access
    from minzheng.foundation.benefits.models import Entitlement
    from minzheng.foundation.benefits.tests.making import VILLAGE
    from minzheng.foundation.payments.tests.office import Office
    from minzheng.foundation.regions.models import Region
    from minzheng.foundation.rules import decide

    for code, name, level, parent in REGIONS:
        Region.objects.create(
            code=code, name=name, full_name=name, level=level, parent_id=parent, since=dt.date(2000, 1, 1),
            source="试验",
        )  # fmt: skip
    users = create_cast()
    couple = [("本人", "本人", WAGE), ("配偶", "配偶", 0)]
    decided = decide(
        {
            "amounts": "fen", "on": "2026-02-20", "region": VILLAGE, "standards": "demo-uprated",
            "household": {"category": "城市", **MEANS},
            "members": [
                {"who": who, "relation": relation, "birth_date": "1980-05-01", **FACTS, "wage": wage}
                for who, relation, wage in couple
            ],
        },
        want=["monthly_payment"],
    )  # fmt: skip
    if decided["monthly_payment"] != OLD:
        raise SystemExit(f"the example is worth {decided['monthly_payment']}")
    values = {
        "count": families, "region": VILLAGE, "since": SETTLED, "old": OLD, "wage": WAGE,
        "facts": json.dumps(FACTS), "means": json.dumps(MEANS),
        "decision": json.dumps({"facts": decided.as_json()["facts"]}),
    }  # fmt: skip
    with connection.cursor() as cursor:
        for statement in SET_UP:
            cursor.execute(statement, values if "%(" in statement else None)
    office = Office(lambda name: Access(users[name], dt.date(2026, 11, 20)))
    Entitlement.objects.update(paid_before=dt.date(2026, 9, 1))  # what the system before paid
    office.freeze(office.make("2026-10", "dibao"))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # what autovacuum does within a minute
    return lambda name: Access(users[name], dt.date(2026, 11, 20))


def _bare() -> float:
    """Seconds that PostgreSQL takes to write the same new amounts into a table without indexes and to commit."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare (LIKE benefits_entitlementamount)")
        start = time.perf_counter()
        cursor.execute("INSERT INTO bare SELECT * FROM benefits_entitlementamount WHERE reason = 'standard'")
        return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
