"""The library of low-income people of a month: every household that a layer, a label or an alert puts into it.

Worked out for a whole county at once and written by one statement; a second run of the month changes only what differs.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from minzheng.datacenter.screening.scope import last_day
from minzheng.datacenter.signals.belonging import Belonging, belonging
from minzheng.datacenter.signals.groups import NINE, THIRTEEN, Group, declared_groups
from minzheng.datacenter.signals.models import Alert, AlertState, GroupCount, LibraryEntry
from minzheng.foundation.accounts.models import User
from minzheng.foundation.audit.record import record
from minzheng.foundation.people.models import Membership
from minzheng.foundation.regions.models import Region, within

KEEP = """
INSERT INTO signals_libraryentry (household_id, region_id, month, layer, labels, score, reasons)
SELECT household, region, %(month)s, layer, string_to_array(labels, ','), score, reasons::jsonb
FROM unnest(%(household)s::bigint[], %(region)s::text[], %(layer)s::text[], %(labels)s::text[], %(score)s::int[],
            %(reasons)s::text[]) AS new (household, region, layer, labels, score, reasons)
ON CONFLICT (household_id, month) DO UPDATE
SET region_id = excluded.region_id, layer = excluded.layer, labels = excluded.labels, score = excluded.score,
    reasons = excluded.reasons
WHERE (signals_libraryentry.region_id, signals_libraryentry.layer, signals_libraryentry.labels,
       signals_libraryentry.score, signals_libraryentry.reasons)
   IS DISTINCT FROM (excluded.region_id, excluded.layer, excluded.labels, excluded.score, excluded.reasons)
"""
WATCHED, LAYER = "watched", "layer:"
MOST_POINTS = 100


@dataclass(frozen=True)
class Refreshed:
    """How many households a county's library holds, and how many left it since the run before."""

    households: int
    left: int


def refresh_library(month: dt.date, county: Region, today: dt.date, actor: User | None = None) -> Refreshed:
    """Work out the library and the groups' counts of a month (its first day) in one county; audited."""
    on = min(last_day(month), today)
    asked = asked_groups(on)
    layers = [group.code for group in asked if group.code.startswith(LAYER)]
    labels = [group.code for group in declared_groups().on(THIRTEEN, on).groups]
    found = belonging(asked, county.prefix, on)
    points = _points(county)
    with transaction.atomic():
        rows = _rows(found, labels, layers, points)
        with connection.cursor() as cursor:
            cursor.execute(KEEP, {"month": month, **rows})
        gone, _ = (
            LibraryEntry.objects.filter(within(county.prefix), month=month)
            .exclude(household__in=rows["household"])
            .delete()
        )
        _count(found, [group.code for group in asked if group.code not in layers], month, county)
        record(
            "library.refresh", "更新低收入人口库", actor=actor, subject=county, region=county.code,
            month=month.isoformat(), households=len(rows["household"]),
        )  # fmt: skip
    return Refreshed(len(rows["household"]), gone)


def asked_groups(on: dt.date) -> list[Group]:
    """Everything that is worked out in one pass: the groups of both sets, and the layers by `layer:<code>`."""
    declared = declared_groups()
    groups = {group.code: group for code in (THIRTEEN, NINE) for group in declared.on(code, on).groups}
    layers = [Group(LAYER + layer.code, layer.title, layer.rule) for layer in declared.layers if layer.rule]
    return [*groups.values(), *layers]


def _points(county: Region) -> dict[int, list[dict[str, Any]]]:
    """{household: its open alerts with their weights}; an alert about a person counts for where they live."""
    alerts = list(
        Alert.objects.filter(within(county.prefix), state=AlertState.OPEN).order_by("month", "signal")
    )
    people = [alert.person_id for alert in alerts if alert.household_id is None]
    homes = dict(
        Membership.objects.filter(person__in=people, until=None).values_list("person_id", "household_id")
    )
    points: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for alert in alerts:
        home = alert.household_id or homes.get(alert.person_id)
        if home:
            points[home].append(
                {"signal": alert.signal, "weight": alert.weight, "since": f"{alert.month:%Y-%m}"}
            )
    return points


def _rows(
    found: Belonging, labels: list[str], layers: list[str], points: dict[int, list[dict[str, Any]]]
) -> dict[str, list[Any]]:
    """Columns of the entries; only households that are in the library are looked at one by one."""
    import numpy as np

    columns = found.columns
    alerted = np.isin(columns.household_ids, np.fromiter(points, np.int64, len(points)))
    watched = {code for layer in declared_groups().layers for code in layer.of}
    enough = [found.households[code] for code in (*layers, *sorted(watched))]
    inside = np.flatnonzero(np.logical_or.reduce([alerted, *enough]))
    rows: dict[str, list[Any]] = {
        name: [] for name in ("household", "region", "layer", "labels", "score", "reasons")
    }
    for row in inside.tolist():
        household = int(columns.household_ids[row])
        reasons = points.get(household, [])
        layer = next((code for code in layers if found.households[code][row]), LAYER + WATCHED)
        rows["household"].append(household)
        rows["region"].append(columns.regions[int(columns.region_index[row])])
        rows["layer"].append(layer.removeprefix(LAYER))
        rows["labels"].append(",".join(code for code in labels if found.households[code][row]))
        rows["score"].append(min(MOST_POINTS, sum(reason["weight"] for reason in reasons)))
        rows["reasons"].append(json.dumps(reasons))
    return rows


def _count(found: Belonging, codes: list[str], month: dt.date, county: Region) -> None:
    """Households and people of each group by village, so that pages never count the population."""
    import numpy as np

    columns = found.columns
    counts = []
    for code in codes:
        size = len(columns.regions)
        households = np.bincount(columns.region_index[found.households[code]], minlength=size)
        people = np.bincount(columns.region_index, weights=found.people[code], minlength=size)
        unsure = np.bincount(columns.region_index[found.undetermined[code]], minlength=size)
        counts += [
            GroupCount(
                group=code,
                region_id=columns.regions[place],
                month=month,
                households=int(households[place]),
                people=int(people[place]),
                undetermined=int(unsure[place]),
            )
            for place in np.flatnonzero(households + unsure).tolist()
        ]
    GroupCount.objects.filter(within(county.prefix), month=month).delete()
    GroupCount.objects.bulk_create(counts, batch_size=5000)
