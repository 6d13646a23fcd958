"""Services that cannot have happened as they were reported: to the dead, by one worker in two places, too fast between."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.db import connection

from minzheng.datacenter.signals.words import Hit, Signal, Unit
from minzheng.foundation.benefits.months import last_day
from minzheng.foundation.items.figures import figures

# Kilometres between two points on the globe, in SQL over degrees.
_KM = """
    6371 * 2 * asin(least(1, sqrt(power(sin(radians(b.latitude - a.latitude) / 2), 2)
        + cos(radians(a.latitude)) * cos(radians(b.latitude)) * power(sin(radians(b.longitude - a.longitude) / 2), 2))))
"""
_FALSE = f"""
    WITH done AS (
        SELECT o.id, o.person_id, o.region_id, o.worker_id, o.started_at, o.finished_at, o.latitude, o.longitude,
               p.died_on
        FROM services_order o JOIN people_person p ON p.id = o.person_id
        WHERE o.region_id BETWEEN %(first)s AND %(last)s AND o.state IN ('done', 'confirmed', 'settled')
          AND o.finished_at >= %(month)s AND o.finished_at < %(end)s::date + 1
    ),
    pairs AS (
        SELECT b.id, b.person_id, b.region_id,
               CASE WHEN b.started_at < a.finished_at THEN 'overlap' ELSE 'travel' END AS what, a.id AS other
        FROM done a JOIN done b ON a.worker_id = b.worker_id AND a.id <> b.id
            AND (a.started_at, a.id) < (b.started_at, b.id) AND b.started_at < a.finished_at + interval '2 hours'
        WHERE b.started_at < a.finished_at
           OR (a.latitude IS NOT NULL AND b.latitude IS NOT NULL AND {_KM} > %(speed)s
               * extract(epoch FROM b.started_at - a.finished_at) / 3600 + %(slack)s)
    )
    SELECT DISTINCT ON (person_id) person_id, region_id, what, id, other FROM (
        SELECT person_id, region_id, 'dead' AS what, id, 0 AS other FROM done
        WHERE died_on IS NOT NULL AND started_at >= died_on + 1
        UNION ALL SELECT person_id, region_id, what, id, other FROM pairs
    ) AS found ORDER BY person_id, what, id
"""  # noqa: S608  constants only; every value is a parameter


def false_services(month: dt.date, prefix: str) -> list[Hit]:
    """One for each person on whose orders of the month something does not fit."""
    end = last_day(month)
    stated = figures(end, prefix.ljust(12, "0"))
    with connection.cursor() as cursor:
        cursor.execute(
            _FALSE,
            {
                "first": prefix.ljust(12, "0"),
                "last": prefix.ljust(12, "9"),
                "month": month,
                "end": end,
                "speed": stated("signal_services_speed"),
                "slack": stated("signal_services_slack"),
            },
        )
        rows = cursor.fetchall()
    return [
        Hit(
            region=region,
            household=None,
            person=person,
            digest=hashlib.sha256(f"{what}:{order}:{other}".encode()).hexdigest()[:32],
            detail={"what": what, "order": order, "other": other},
        )
        for person, region, what, order, other in rows
    ]


SERVICES = Signal(
    code="services",
    title="服务工单不实",
    cite="财政部令第102号 政府购买服务管理办法 第三十三条；手册 11.3",
    covers=("S-065",),
    unit=Unit.PERSON,
    query=false_services,
    task="signals.check",
    look_for="工单显示服务时老人已去世、同一服务人员同时在两处，或两处之间来不及赶到。请核对工单、定位和照片，不实的不予结算。",
)
