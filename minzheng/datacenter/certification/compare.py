"""The month's comparison: all holders of a benefit in one statement, each judged by what is known on its last day."""

from __future__ import annotations

import datetime as dt

from django.db import connection, transaction

from minzheng.datacenter.certification.models import Result
from minzheng.datacenter.screening.scope import last_day, scope_of
from minzheng.foundation.benefits.words import Benefit
from minzheng.foundation.people.facts import sheets_merged
from minzheng.foundation.rules import default_counter

BY_MASTER = "人员主档、户籍迁移、待遇台账"

HOLDERS = """
    SELECT e.id, e.person_id, e.region_id, p.died_on, p.hukou_region_id,
           (SELECT max(happened_on) FROM people_lifeevent v
             WHERE v.person_id = p.id AND v.kind = 'move' AND v.happened_on <= %(on)s) AS moved_on,
           (SELECT min(o.benefit) FROM benefits_entitlement o
             WHERE o.person_id = p.id AND o.benefit = ANY(%(excluded)s) AND o.state NOT IN ('void', 'ended')
               AND o.since_month <= %(month)s AND (o.until_month IS NULL OR o.until_month >= %(month)s)) AS other
    FROM benefits_entitlement e JOIN people_person p ON p.id = e.person_id
    WHERE e.benefit = %(benefit)s AND e.region_id BETWEEN %(first)s AND %(last)s
      AND e.state NOT IN ('void', 'ended') AND e.since_month <= %(month)s
      AND (e.until_month IS NULL OR e.until_month >= %(month)s)
      AND NOT EXISTS (SELECT 1 FROM certification_certification c
                      WHERE c.entitlement_id = e.id AND c.month = %(month)s)
"""

COMPARE = """
    WITH holders AS ({holders}), certificates AS ({certificates}),
        doubts AS (SELECT person_id, min(evidence) AS doubt FROM ({doubts}) d GROUP BY 1), judged AS (
        SELECT h.*, c.valid_until, d.doubt, CASE
            WHEN h.died_on <= %(on)s THEN 'dead'
            WHEN h.moved_on IS NOT NULL AND left(h.hukou_region_id, 2) <> left(h.region_id, 2) THEN 'moved'
            WHEN h.other IS NOT NULL THEN 'excluded'
            WHEN d.doubt IS NOT NULL THEN 'doubted'
            WHEN NOT %(certified)s THEN 'clean'
            WHEN c.valid_until IS NULL THEN 'unknown'
            WHEN c.valid_until < %(on)s THEN 'expired'
            ELSE 'clean' END AS result
        FROM holders h LEFT JOIN certificates c ON c.subject_id = h.person_id
        LEFT JOIN doubts d ON d.person_id = h.person_id)
    INSERT INTO certification_certification
        (entitlement_id, benefit, person_id, region_id, month, result, outcome, evidence, source, made_at)
    SELECT id, %(benefit)s, person_id, region_id, %(month)s, result,
           CASE result WHEN 'clean' THEN 'confirmed' WHEN 'dead' THEN 'stopped' WHEN 'moved' THEN 'stopped'
                       ELSE 'visiting' END,
           CASE result WHEN 'dead' THEN died_on::text WHEN 'moved' THEN moved_on::text WHEN 'excluded' THEN other
                       WHEN 'expired' THEN valid_until::text WHEN 'doubted' THEN left(doubt, 60) ELSE '' END,
           %(source)s, now()
    FROM judged ON CONFLICT DO NOTHING
    RETURNING id, result
"""
NO_CERTIFICATE = "SELECT NULL::bigint AS subject_id, NULL::date AS valid_until"
NO_DOUBT = "SELECT NULL::bigint AS person_id, NULL::text AS evidence"


def compare_month(benefit: Benefit, month: dt.date, prefix: str) -> dict[Result, list[int]]:
    """Judge every holder who is not judged yet for the month; {result: keys of the new rows}."""
    silent = benefit.silent
    if silent is None:
        raise ValueError(benefit.code)
    fact = default_counter().book.catalogue[silent.certificate] if silent.certificate else None
    source = f"{BY_MASTER}、{fact.source}" if fact else BY_MASTER
    certificates = NO_CERTIFICATE
    doubts = silent.doubted() if silent.doubted else NO_DOUBT
    if fact is not None:
        certificates = (
            f"SELECT subject_id, (facts->>'{fact.name}')::date AS valid_until FROM ({sheets_merged('person')}"  # noqa: S608
            " AND person_id IN (SELECT person_id FROM holders) GROUP BY 1) merged"
        )
    found: dict[Result, list[int]] = {result: [] for result in Result}
    with transaction.atomic(), connection.cursor() as cursor:
        # All holders are joined by hashing; a planner with stale statistics would loop for hours.
        cursor.execute("SET LOCAL enable_nestloop = off")
        cursor.execute(
            COMPARE.format(holders=HOLDERS, certificates=certificates, doubts=doubts),
            scope_of(prefix, month)
            | {
                "on": last_day(month),
                "benefit": benefit.code,
                "excluded": list(benefit.excluded_codes()),
                "certified": fact is not None,
                "source": f"{source}（截至{last_day(month)}）"[:200],
            },
        )
        for key, result in cursor.fetchall():
            found[Result(result)].append(key)
        cursor.execute("SET LOCAL enable_nestloop = DEFAULT")
    return found
