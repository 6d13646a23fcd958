"""Has the database changed since a snapshot was made? Two digests of the county's rows, a cheap one and a sure one.

The stamp reads the versions of the rows (PostgreSQL's xmin), not what is in them. It also moves when something
changed that the lake does not hold, a telephone number say; then the content decides.
"""

from __future__ import annotations

import datetime as dt
import hashlib

from django.db import connection, transaction

from minzheng.datacenter.lake.store import Manifest
from minzheng.foundation.people.facts import stated_by_registers
from minzheng.foundation.rules.catalogue import FactCatalogue

CHOSEN = """
WITH chosen AS (SELECT *, xmin AS version FROM people_household WHERE region_id BETWEEN %(first)s AND %(last)s),
     living AS (SELECT m.*, m.xmin AS version FROM people_membership m JOIN chosen h ON h.id = m.household_id),
     sheets AS (SELECT s.*, s.xmin AS version FROM people_factsheet s
                WHERE s.household_id IN (SELECT id FROM chosen) OR s.person_id IN (SELECT person_id FROM living)),
     persons AS (SELECT p.*, p.xmin AS version FROM people_person p WHERE p.id IN (SELECT person_id FROM living))
"""
# Everything a snapshot is made from, as four numbers: any inserted, changed or removed row changes them.
CONTENT = """
SELECT (SELECT sum(hashtextextended(concat_ws('|', id, region_id, category, since, until), 0)) FROM chosen),
       (SELECT sum(hashtextextended(concat_ws('|', id, household_id, person_id, relation, "order", since, until), 1)) FROM living),
       (SELECT sum(hashtextextended(concat_ws('|', id, sex, birth_date, died_on), 2)) FROM persons),
       (SELECT sum(hashtextextended(concat_ws('|', id, source, since, until), 3)::numeric + jsonb_hash_extended(values, 4)) FROM sheets)
"""
STAMP = """
SELECT (SELECT sum(hashint8extended(id, version::text::bigint)) FROM chosen),
       (SELECT sum(hashint8extended(id, version::text::bigint)) FROM living),
       (SELECT sum(hashint8extended(id, version::text::bigint)) FROM persons),
       (SELECT sum(hashint8extended(id, version::text::bigint)) FROM sheets)
"""


# What our own registers say (foundation/people/facts.py), by what it is: a row of theirs has no version here.
STATED = """,
       (SELECT sum(hashtextextended(concat_ws('|', id, since, until), 5)::numeric + jsonb_hash_extended(values, 6))
        FROM ({}) stated WHERE {} IN (SELECT {} FROM {}))
"""
# Whom a register's fact may be about, and where those of the county are found.
SUBJECTS = {"person": ("person_id", "person_id", "living"), "household": ("household_id", "id", "chosen")}


def content_of(county: str, on: dt.date, catalogue: FactCatalogue, key: bytes) -> str:
    """Digest of the county's rows, of the day, of the facts' declarations and of the pseudonyms' key."""
    return _digest(CONTENT, county, on, catalogue, key)


def stamp_of(county: str, on: dt.date, catalogue: FactCatalogue, key: bytes) -> str:
    """The same of the versions of the rows."""
    return _digest(STAMP, county, on, catalogue, key)


def is_fresh(manifest: Manifest, county: str, on: dt.date, catalogue: FactCatalogue, key: bytes) -> bool:
    """Whether the database still says what the snapshot says."""
    return (
        manifest.stamp == stamp_of(county, on, catalogue, key)
        or manifest.content == content_of(county, on, catalogue, key)
    )  # fmt: skip


def _digest(query: str, county: str, on: dt.date, catalogue: FactCatalogue, key: bytes) -> str:
    for subject, found in SUBJECTS.items():
        if stated := stated_by_registers(subject):
            query += STATED.format(stated, *found)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            CHOSEN + query, {"on": on, "first": county.ljust(12, "0"), "last": county.ljust(12, "9")}
        )
        rows = cursor.fetchone()
    facts = [(fact.name, fact.entity, str(fact.kind), fact.default) for fact in catalogue]
    return hashlib.blake2b(repr((rows, on, facts)).encode(), key=key, digest_size=16).hexdigest()
