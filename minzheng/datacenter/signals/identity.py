"""Covered persons who are dead, have moved away, are recorded twice, or hold two benefits that exclude each other.

Set queries over rights and master records (handbook 1.3, 0.4), shared with the screening: they compare people with
each other and with other counties, which no rule over one household can.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator

from django.db import connection

from minzheng.datacenter.screening.identity import dead_paid, duplicates, moved_out
from minzheng.datacenter.screening.models import Finding
from minzheng.datacenter.signals.words import Hit
from minzheng.foundation.benefits.words import Benefit
from minzheng.foundation.registry.words import shelf

TOGETHER = """
    SELECT DISTINCT ON (e.person_id) e.household_id, e.person_id, e.region_id, e.benefit, f.benefit
    FROM benefits_entitlement e JOIN benefits_entitlement f ON f.person_id = e.person_id AND f.benefit > e.benefit
    WHERE e.region_id BETWEEN %(first)s AND %(last)s
      AND e.state NOT IN ('void', 'ended') AND e.since_month <= %(month)s
      AND (e.until_month IS NULL OR e.until_month >= %(month)s)
      AND f.state NOT IN ('void', 'ended') AND f.since_month <= %(month)s
      AND (f.until_month IS NULL OR f.until_month >= %(month)s)
      AND (e.benefit, f.benefit) IN (SELECT * FROM unnest(%(one)s::text[], %(other)s::text[]))
    ORDER BY e.person_id, e.id
"""
COVERED = """
    SELECT DISTINCT person_id FROM benefits_entitlement
    WHERE state NOT IN ('void', 'ended') AND since_month <= %(month)s
      AND (until_month IS NULL OR until_month >= %(month)s) AND person_id = ANY(%(people)s)
"""


def identity_hits(month: dt.date, prefix: str) -> list[Hit]:
    """Each person once, for the first of these reasons that holds."""
    found: dict[int | None, Hit] = {}
    for hit in _hits(month, prefix):
        found.setdefault(hit.person, hit)
    return list(found.values())


def _hits(month: dt.date, prefix: str) -> Iterator[Hit]:
    for finding in dead_paid(month, prefix):
        yield _hit(finding, "dead", finding.detail["died_on"])
    yield from _together(month, prefix)
    for finding in moved_out(month, prefix):
        yield _hit(finding, "moved", finding.detail["to"])
    yield from _twins(month, prefix)


def _together(month: dt.date, prefix: str) -> Iterator[Hit]:
    pairs = sorted(
        {
            tuple(sorted((benefit.code, other)))
            for benefit in shelf(Benefit)
            for other in benefit.excluded_codes()
        }
    )
    scope = {
        "first": prefix.ljust(12, "0"),
        "last": prefix.ljust(12, "9"),
        "one": [one for one, _ in pairs],
        "other": [other for _, other in pairs],
    }
    for household, person, region, one, other in _rows(TOGETHER, month, **scope):
        held = Finding(household_id=household, person_id=person, region_id=region)
        yield _hit(held, "together", f"{one}+{other}")


def _twins(month: dt.date, prefix: str) -> Iterator[Hit]:
    """Of the pairs that are probably one person, those of whom one is covered here."""
    pairs = duplicates(month, prefix)
    people = [key for pair in pairs for key in _both(pair)]
    covered = {person for (person,) in _rows(COVERED, month, people=people)}
    for pair in pairs:
        if covered.intersection(_both(pair)):
            yield _hit(pair, "twin", pair.detail.get("same_as", pair.detail.get("elsewhere")))


def _both(pair: Finding) -> list[int | None]:
    return [pair.person_id, pair.detail.get("same_as")]


def _hit(found: Finding, reason: str, about: object) -> Hit:
    digest = hashlib.blake2b(repr((reason, about)).encode(), digest_size=16).hexdigest()
    detail = {"reason": reason, "about": about}
    return Hit(found.region_id, found.household_id, found.person_id, digest, detail)


def _rows(query: str, month: dt.date, **scope: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query, {"month": month, **scope})
        return cursor.fetchall()
