"""One simulation: a reform over everybody in a region, told in sums (design §4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from minzheng.datacenter.simulation.publish import few, publish
from minzheng.datacenter.simulation.readings import missing_names, read_twice
from minzheng.datacenter.simulation.reform import Reform, ReformError, reformed
from minzheng.datacenter.simulation.sums import sum_up
from minzheng.foundation.regions.models import SIGNIFICANT_DIGITS, Region
from minzheng.foundation.rules import Counter, Standards
from minzheng.foundation.rules.kinds import read_date

FORMAT = 1
READ, MISSING, TOLD = 60, 90, 100  # per cent of the bar


def simulate(
    counter: Counter,
    reform: Reform,
    region: Region,
    on: dt.date,
    today: dt.date,
    progress: Callable[[int], None] = lambda percent: None,
) -> dict[str, Any]:
    """The result as JSON: `publish`'s tables, the changed standards, and which facts are missing.

    Rules and standards are those of `on`. Facts are those in force on that day, or today when it lies ahead: nobody
    knows next year's incomes, and a check that will have expired by then still tells how things stand.
    ReformError when the reform does not concern the region or no benefit.
    """
    if not (region.code.startswith(reform.region) or reform.region.startswith(region.prefix)):
        raise ReformError(
            [f"方案适用地区 {reform.region} 与测算地区{region.full_name}没有交集。请改其中一个。"]
        )
    facts_on = min(on, today)
    readings = read_twice(counter, reform, region.prefix, on, facts_on)
    progress(READ)
    base = counter.standards(reform.base)
    children = list(Region.objects.on(facts_on).filter(parent=region))
    digits = SIGNIFICANT_DIGITS[children[0].level] if children else len(region.prefix)
    names = {child.prefix: child.name for child in children} or {region.prefix: region.name}
    sums = sum_up(readings, base, names, digits, counter.book.catalogue, on)
    law = readings.before.population.plan.law
    missing = missing_names(readings, lambda done, of: progress(READ + (MISSING - READ) * done // of))
    told = publish(sums)
    # Overlapping counts could tell how many are undetermined where that number is hidden.
    is_told = told["total"]["households"]["undetermined"] is not None
    result = {
        "format": FORMAT,
        "title": reform.title,
        "region": {"code": region.code, "name": region.full_name},
        "on": on.isoformat(),
        "facts_on": facts_on.isoformat(),
        "standards": base.title,
        "invented": base.invented,
        "reform": reform.as_json(base),
        "benefits": [one.title for one in readings.benefits],
        "changes": [_change(base, reform, name, region, on) for name in reform.changes],
        **told,
        "missing": [
            {"name": name, "label": law.label(name), "households": few(count) if is_told else None}
            for name, count in sorted(missing.items(), key=lambda one: (-one[1], one[0]))
        ],
    }
    progress(TOLD)
    return result


def _change(base: Standards, reform: Reform, name: str, region: Region, on: dt.date) -> dict[str, str]:
    """One changed standard: what holds on that day without and with the reform, in the region or where it changes."""
    declared = base.declared[name]
    place = region.code if region.code.startswith(reform.region) else reform.region
    now, then = (one.row(place, read_date(on)).get(name) for one in (base, reformed(base, reform)))
    return {
        "name": name,
        "label": declared.label,
        "before": declared.kind.show(now.value if now else None),
        "cite": now.cite if now else "",
        "after": declared.kind.show(then.value if then else None),
    }
