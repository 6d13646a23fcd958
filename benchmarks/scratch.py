"""An invented county of any size in the open transaction: what is measured is real PostgreSQL, and nothing stays."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PEOPLE = """
INSERT INTO people_person (id, id_no, name, sex, birth_date, ethnic, phone, bank_name, bank_account, region_id, address, created_at)
SELECT id, sealed, '某人', '1', date '1950-01-01', '', '', '', '', %(region)s, '', now()
FROM unnest(%(keys)s::bigint[], %(sealed)s::bytea[]) AS n(id, sealed)
"""
HOUSEHOLDS = """
WITH heads AS (SELECT id, row_number() OVER (ORDER BY id) AS place FROM people_person WHERE region_id = %(region)s)
INSERT INTO people_household (region_id, category, head_id, address, since)
SELECT %(region)s, 'rural', id, '', date '2012-01-01' FROM heads WHERE place %% 3 = 1
"""
MEMBERSHIPS = """
WITH people AS (SELECT id, (row_number() OVER (ORDER BY id) - 1) / 3 AS home FROM people_person WHERE region_id = %(region)s),
     homes AS (SELECT id, row_number() OVER (ORDER BY head_id) - 1 AS home FROM people_household WHERE region_id = %(region)s)
INSERT INTO people_membership (household_id, person_id, relation, "order", since)
SELECT homes.id, people.id, CASE WHEN people.id = min(people.id) OVER (PARTITION BY homes.id) THEN '户主' ELSE '子' END,
  0, date '2012-01-01' FROM people JOIN homes USING (home)
"""
SHEETS = """
INSERT INTO people_factsheet (person_id, values, source, since, recorded_at)
SELECT id, jsonb_build_object('wage', id %% 50000, 'business_income', 0, 'property_income', 0, 'resident_pension', 0,
  'transfer_received', 0, 'other_income', 0), '政务数据共享', date '2026-01-01', now() FROM people_person WHERE region_id = %(region)s;
INSERT INTO people_factsheet (household_id, values, source, since, recorded_at)
SELECT id, jsonb_build_object('deposits', id %% 900000, 'securities', 0, 'insurance_value', 0, 'claims', 0,
  'internet_finance', 0, 'cars', 0, 'houses', 1), '政务数据共享', date '2026-01-01', now() FROM people_household WHERE region_id = %(region)s
"""


@contextmanager
def installation() -> Iterator[Path]:
    """Django on an embedded database of its own, migrated and logged in as the jobs' role; its folder, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="minzheng-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        for kept in ("DATABASE_URL", "MINZHENG_KEYS"):
            os.environ.pop(kept, None)
        os.environ |= {
            "MINZHENG_VAR": name,
            "MINZHENG_AUDIT_ANCHORS": str(folder / "anchors"),
            "DJANGO_SETTINGS_MODULE": "minzheng.settings",
        }
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connections

        from minzheng.foundation.accounts.walls.build import as_owner

        with as_owner():
            call_command("migrate", verbosity=0)
        yield folder
        connections.close_all()


def scratch_county(people: int, media: str) -> tuple[Any, Any, list[str]]:
    """(a county officer, the county, the people's numbers); three to a household, each with a sheet of facts."""
    from django.conf import settings
    from django.db import connection

    from minzheng.foundation.accounts.models import Assignment, Role, User
    from minzheng.foundation.crypto.bulk import field_of
    from minzheng.foundation.crypto.rowkey import draw
    from minzheng.foundation.people.id_numbers import check_character
    from minzheng.foundation.people.models import Person
    from minzheng.foundation.regions.models import Level, Region

    settings.MEDIA_ROOT = media
    since = dt.date(2000, 1, 1)
    region, _ = Region.objects.get_or_create(
        code="999999000000",
        defaults={
            "name": "试验县",
            "full_name": "试验县",
            "level": Level.COUNTY,
            "since": since,
            "source": "试验",
        },
    )
    village, _ = Region.objects.get_or_create(
        code="999999001001",
        defaults={
            "name": "试验村", "full_name": "试验县试验村", "level": Level.VILLAGE, "parent": region, "since": since,
            "source": "试验",
        },
    )  # fmt: skip
    officer = User.objects.create_user(username="benchmark-officer")
    Assignment.objects.create(user=officer, role=Role.COUNTY_REVIEWER, region=region, since=since)
    stems = [
        f"999999{1900 + i // 200_000:04d}{1 + i // 20_000 % 10:02d}{1 + i // 1000 % 20:02d}{i % 1000:03d}"
        for i in range(people)
    ]
    numbers = [stem + check_character(stem) for stem in stems]
    keys, seal = draw(Person, people), field_of(Person, "id_no").sealed
    sealed = [seal(number, key) for number, key in zip(numbers, keys, strict=True)]
    with connection.cursor() as cursor:
        for query in (PEOPLE, HOUSEHOLDS, MEMBERSHIPS):
            cursor.execute(query, {"region": village.code, "keys": keys, "sealed": sealed})
        for query in SHEETS.split(";"):
            cursor.execute(query, {"region": village.code})
        cursor.execute("ANALYZE people_person, people_household, people_membership, people_factsheet")
    return officer, region, numbers
