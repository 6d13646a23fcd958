"""Whether a signal's silence can be trusted. What is not sound is said aloud: red on the page, a task, an exit code.

Peers' systems fell silent when a source stopped delivering, and nobody noticed for months.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Avg, Max

from minzheng.datacenter.deliveries.models import Delivery
from minzheng.datacenter.deliveries.models import State as Delivered
from minzheng.datacenter.deliveries.words import FileFormat
from minzheng.datacenter.signals.judge import Judged
from minzheng.datacenter.signals.models import RunState, SignalRun
from minzheng.datacenter.signals.words import Signal
from minzheng.foundation.benefits.months import add_months
from minzheng.foundation.regions.models import Region, within
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.rules import default_counter
from minzheng.foundation.rules.plan import Plan

Figure = Callable[[str], Any]
# The last day on which any source stated each fact about somebody in the county.
DELIVERED = """
SELECT stated.fact, max(s.since)
FROM people_factsheet s CROSS JOIN LATERAL jsonb_object_keys(s.values) AS stated(fact)
LEFT JOIN people_person p ON p.id = s.person_id LEFT JOIN people_household h ON h.id = s.household_id
WHERE coalesce(h.region_id, p.region_id) BETWEEN %(first)s AND %(last)s AND s.since <= %(on)s
  AND s.values ?| %(facts)s AND stated.fact = ANY(%(facts)s)
GROUP BY 1
"""


def missing_standards(plan: Plan, county: Region, on: dt.date) -> str:
    """In words, the standards that the county lacks on that day; empty when it has all."""
    counter = default_counter()
    row = counter.standards(settings.STANDARDS_SET).row(
        county.code, on.year * 10000 + on.month * 100 + on.day
    )
    absent = [plan.law.label(name) for name in plan.standards if name not in row]
    return f"{county.name}没有这些标准：{'、'.join(absent)}。请在标准集中补上。" if absent else ""


def delivered_on(facts: Iterable[str], prefix: str, on: dt.date) -> dict[str, dt.date]:
    """{fact: the last day it was stated about anybody there}; a fact never delivered is absent."""
    scope = {"first": prefix.ljust(12, "0"), "last": prefix.ljust(12, "9"), "on": on, "facts": list(facts)}
    if not scope["facts"]:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(DELIVERED, scope)
        found: dict[str, dt.date] = dict(cursor.fetchall())
    # A complete list that names nobody here was delivered all the same.
    files = Delivery.objects.filter(within(prefix), state=Delivered.DONE, as_of__lte=on)
    for source, last in files.order_by().values_list("source").annotate(Max("as_of")):
        for said in shelf(FileFormat).get(source).sets if source in shelf(FileFormat) else ():
            if said.fact in scope["facts"]:
                found[said.fact] = max(last, found.get(said.fact, last))
    return found


def stale_facts(signal: Signal, delivered: dict[str, dt.date], on: dt.date, figure: Figure) -> str:
    """In words, which of its facts were never delivered or too long ago; empty when all are fresh."""
    catalogue, most = default_counter().book.catalogue, figure(signal.max_age)
    told = []
    for name in signal.needs:
        fact, last = catalogue[name], delivered.get(name)
        if last is None:
            told.append(f"{fact.source}从未送来“{fact.label}”")
        elif (on - last).days > most:
            told.append(f"“{fact.label}”最近一次是{last:%Y年%m月%d日}送来的，已超过{most}天")
    return "；".join(told) + "。请联系数据提供部门。" if told else ""


def doubtful(judged: Judged, county: Region, month: dt.date, figure: Figure) -> str:
    """In words, why the answer itself is doubtful: nearly all open, or nothing where there were hundreds."""
    most = figure("signal_undetermined_percent")
    if judged.looked and judged.undetermined * 100 > judged.looked * most:
        return (
            f"{judged.looked:,}个对象中有{judged.undetermined:,}个因缺少事实而未定，超过{most}%。"
            "请检查数据是否完整。"
        )
    if judged.hits:
        return ""
    usual = SignalRun.objects.filter(
        signal=judged.signal.code,
        region=county,
        month__lt=month,
        month__gte=add_months(month, -6),
        state=RunState.OK,
    ).aggregate(mean=Avg("hits"))["mean"]
    if usual is not None and usual >= figure("signal_expected_hits"):
        return f"以前每月平均有{usual:.0f}条，这个月一条也没有。请检查数据来源和规则。"
    return ""
