"""Who a signal holds for: all rule signals of a county in one fused pass over its people, each set query by itself.

A signal whose rule fails is set aside with its error and the others are judged all the same.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from minzheng.datacenter.signals.facts import columns_for
from minzheng.datacenter.signals.words import Hit, Signal, Unit
from minzheng.foundation.people.population import Columns
from minzheng.foundation.rules import Population, QuestionError, RuleError, default_counter
from minzheng.foundation.rules.plan import Plan, plan_for

log = logging.getLogger(__name__)


@dataclass
class Judged:
    """One signal's answer for one county. `trouble` in words when the answer cannot be trusted."""

    signal: Signal
    looked: int = 0
    undetermined: int = 0
    hits: list[Hit] = field(default_factory=list)
    trouble: str = ""


def judge(signals: Iterable[Signal], month: dt.date, prefix: str, on: dt.date) -> dict[str, Judged]:
    """{code: answer} for a county (its code's prefix) as things stood on the day `on`."""
    judged = {signal.code: Judged(signal) for signal in signals}
    plans: dict[str, Plan] = {}
    for one in judged.values():
        try:
            if one.signal.query is None:
                plans[one.signal.code] = plan_of(one.signal, on)
            else:
                one.hits = list(one.signal.query(month, prefix))
                one.looked = len(one.hits)
        except Exception as error:  # one broken signal must not silence the others
            one.trouble = _told(one.signal, error)
    if not plans:
        return judged
    names = {name for plan in plans.values() for name in (*plan.household_facts, *plan.person_facts)}
    columns = columns_for(prefix, on, sorted(names))
    answers = _answers(judged, plans, columns, on)
    for code, plan in plans.items():
        if not judged[code].trouble:
            _count(judged[code], plan, columns, answers)
    return judged


def plan_of(signal: Signal, on: dt.date) -> Plan:
    """What the signal's rules read on that day; QuestionError when a rule is not in force."""
    book = default_counter().book
    law = book.law(on.year * 10000 + on.month * 100 + on.day)
    return plan_for(law, book.wanted(law, [name for name in (signal.test, signal.among) if name]))


def _told(signal: Signal, error: Exception) -> str:
    if isinstance(error, (QuestionError, RuleError)):
        return f"规则不能运行：{error}"
    log.error("signal %s failed", signal.code, exc_info=error)
    return f"运行出错（{type(error).__name__}）。请管理员查看系统日志，修复后重新运行。"


def _answers(
    judged: dict[str, Judged], plans: dict[str, Plan], columns: Columns, on: dt.date
) -> dict[str, tuple[Any, Any]]:
    """{rule: (values, known)}: all at once, and one by one only when together they fail."""
    try:
        return _run([name for plan in plans.values() for name in plan.want], columns, on)
    except Exception as error:
        log.warning("signals cannot be judged together: %s", error)
    answers = {}
    for code, plan in plans.items():
        try:
            answers |= _run(plan.want, columns, on)
        except Exception as error:
            judged[code].trouble = _told(judged[code].signal, error)
    return answers


def _run(want: Iterable[str], columns: Columns, on: dt.date) -> dict[str, tuple[Any, Any]]:
    population = Population(default_counter(), dict.fromkeys(want), on, settings.STANDARDS_SET)
    return population.run(
        columns.households, columns.members, columns.member_count, columns.region_index, columns.regions
    )


def _count(one: Judged, plan: Plan, columns: Columns, answers: dict[str, tuple[Any, Any]]) -> None:
    import numpy as np

    signal = one.signal
    values, known = answers[signal.test]
    concerned = np.ones(len(values), bool)
    if signal.among:
        among, among_known = answers[signal.among]
        concerned = among | ~among_known
    one.looked = int(concerned.sum())
    one.undetermined = int((concerned & ~known).sum())
    rows = np.flatnonzero(values & known)
    household_row = columns.household_row()
    first = np.concatenate(([0], np.cumsum(columns.member_count)))
    for row in rows.tolist():
        home = row if signal.unit is Unit.HOUSEHOLD else int(household_row[row])
        members = range(int(first[home]), int(first[home + 1])) if signal.unit is Unit.HOUSEHOLD else [row]
        one.hits.append(
            Hit(
                region=columns.regions[int(columns.region_index[home])],
                household=int(columns.household_ids[home]),
                person=int(columns.person_ids[row]) if signal.unit is Unit.PERSON else None,
                digest=_digest(plan, columns, home, members),
                detail={},
            )
        )


def _digest(plan: Plan, columns: Columns, home: int, members: Iterable[int]) -> str:
    """Of every fact that the test could read about this household or person."""
    read = [_at(columns.households[name], home) for name in plan.household_facts]
    read += [_at(columns.members[name], row) for row in members for name in plan.person_facts]
    return hashlib.blake2b(repr(read).encode(), digest_size=16).hexdigest()


def _at(column: tuple[Any, Any], row: int) -> int | None:
    values, known = column
    return int(values[row]) if known[row] else None
