"""摸排: choose groups, a region and a period; everybody of them not visited since gets a visit; say how far it is (S-057)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from minzheng.datacenter.signals.belonging import belonging
from minzheng.datacenter.signals.facts import answers_of
from minzheng.datacenter.signals.groups import THIRTEEN, declared_groups
from minzheng.datacenter.signals.models import Sweep, SweepTarget
from minzheng.datacenter.signals.words import OwnFact
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.people.models import Membership
from minzheng.foundation.regions.models import Region
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks

KIND = "signals.sweep"
COVERAGE = """
SELECT one.code, left(t.region_id, %(digits)s), count(*), count(t.visited_on)
FROM signals_sweeptarget t CROSS JOIN LATERAL unnest(t.groups) AS one(code)
WHERE t.sweep_id = %(sweep)s AND ({scope})
GROUP BY 1, 2
"""


@action("sweep.open", "发起摸排", permission="screening.run", region=lambda region: region.code)
def open_sweep(
    access: Any, region: Region, *, title: str, groups: Sequence[str], since: dt.date, until: dt.date
) -> Sweep:
    """A target for every household of the groups; a task for those whom nobody visited since `since`.

    Refused without groups, with a period that ends before today, or when nobody belongs to the groups.
    """
    declared = {group.code: group for group in declared_groups().on(THIRTEEN, access.today).groups}
    if not groups or set(groups) - set(declared):
        raise Refused({"groups": "请选择要摸排的人群。"})
    if not since <= access.today <= until:
        raise Refused({"until": "摸排期间应包括今天：起始日不晚于今天，截止日不早于今天。"})
    if not title.strip():
        raise Refused({"title": "请填写摸排名称，例如“入冬困难群众摸排”。"})
    chosen = [declared[code] for code in groups if code in declared]
    found = belonging(chosen, region.prefix, access.today)
    sweep = Sweep.objects.create(
        title=title.strip(),
        region=region,
        groups=list(groups),
        since=since,
        until=until,
        opened_by=access.user,
    )
    targets = SweepTarget.objects.bulk_create(_targets(sweep, found, access.today), batch_size=5000)
    if not targets:
        raise Refused({"groups": "这个范围内没有人属于所选人群，不用摸排。请换人群或范围。"})
    days = max(1, (until - access.today).days)
    drafts = [
        TaskDraft(
            origin=target.task_origin,
            region=target.region_id,
            household=target.household_id,
            title=f"摸排走访：{sweep.title}"[:80],
            reason="、".join(declared[code].title for code in target.groups)[:300],
            detail={"sweep": sweep.pk},
            within_days=days,
        )
        for target in targets
        if target.visited_on is None
    ]
    open_tasks(KIND, drafts, access.today, actor=access.user)
    return sweep


def _targets(sweep: Sweep, found: Any, today: dt.date) -> list[SweepTarget]:
    import numpy as np

    columns = found.columns
    inside = np.flatnonzero(np.logical_or.reduce(list(found.households.values())))
    visited = _visited_on([int(columns.household_ids[row]) for row in inside.tolist()], today)
    targets = []
    for row in inside.tolist():
        household = int(columns.household_ids[row])
        last = visited.get(household)
        targets.append(
            SweepTarget(
                sweep=sweep,
                household_id=household,
                region_id=columns.regions[int(columns.region_index[row])],
                groups=[code for code, belongs in found.households.items() if belongs[row]],
                visited_on=last if last is not None and last >= sweep.since else None,
            )
        )
    return targets


def _visited_on(households: list[int], today: dt.date) -> dict[int, dt.date]:
    """{household: the last day on which one of its people was visited}."""
    homes = dict(
        Membership.objects.filter(household__in=households, until=None).values_list(
            "person_id", "household_id"
        )
    )
    days = answers_of(shelf(OwnFact).get("days_since_visit"), "", today, list(homes))
    visited: dict[int, dt.date] = {}
    for person, ago in days.items():
        on = today - dt.timedelta(days=ago)
        visited[homes[person]] = max(on, visited.get(homes[person], on))
    return visited


@dataclass(frozen=True)
class Coverage:
    """How far one group in one place is: households to reach and reached."""

    group: str
    region: str  # 12-digit code
    all: int
    visited: int

    @property
    def percent(self) -> int:
        return self.visited * 100 // self.all if self.all else 0


def coverage_of(sweep: Sweep, prefixes: Sequence[str], digits: int) -> list[Coverage]:
    """By group and place (code cut to `digits`), within the viewer's regions. A household counts in each of its groups."""
    if not prefixes:
        return []
    # the viewer's own prefixes, as parameters
    scope = " OR ".join(f"t.region_id LIKE %(scope{i})s" for i in range(len(prefixes)))
    given = {f"scope{i}": f"{prefix}%" for i, prefix in enumerate(prefixes)}
    with connection.cursor() as cursor:
        cursor.execute(COVERAGE.format(scope=scope), {"sweep": sweep.pk, "digits": digits, **given})
        return [
            Coverage(group, code.ljust(12, "0"), total, visited)
            for group, code, total, visited in sorted(cursor.fetchall())
        ]


def by_group(rows: Sequence[Coverage]) -> dict[str, Coverage]:
    """The same summed up over places."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        sums[row.group][0] += row.all
        sums[row.group][1] += row.visited
    return {code: Coverage(code, "", total, visited) for code, (total, visited) in sums.items()}
