"""One run of the signals over a region: county by county, each in one transaction.

Killed at any point, a county is either done or untouched; running again opens nothing twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from minzheng.datacenter.screening.scope import last_day
from minzheng.datacenter.screening.screen import counties_with_people, refuse_future
from minzheng.datacenter.signals.alerts import settle
from minzheng.datacenter.signals.dispatch import open_visits, report_trouble, withdraw_visits
from minzheng.datacenter.signals.health import delivered_on, doubtful, missing_standards, stale_facts
from minzheng.datacenter.signals.judge import Judged, judge, plan_of
from minzheng.datacenter.signals.models import RunState, SignalRun
from minzheng.datacenter.signals.words import Signal
from minzheng.foundation.accounts.models import User
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.record import record
from minzheng.foundation.items.figures import figures
from minzheng.foundation.regions.models import Region
from minzheng.foundation.registry.words import shelf

Figure = Callable[[str], Any]


def run_signals(month: dt.date, region: Region, today: dt.date, actor: User | None = None) -> list[SignalRun]:
    """Run every signal for a month (its first day) in each county under the region that has people.

    Refused for a month that has not begun, or when a later month was run already: alerts only go forward.
    """
    refuse_future(month, today)
    runs: list[SignalRun] = []
    for county in counties_with_people(region.prefix):
        runs += run_county(month, county, today, actor)
    return runs


def run_county(month: dt.date, county: Region, today: dt.date, actor: User | None = None) -> list[SignalRun]:
    """Run every signal in one county, all or nothing; see run_signals."""
    with transaction.atomic():
        with connection.cursor() as cursor:  # two runs at once wait for each other
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('signals'), %s)", [int(county.code[:6])])
        if SignalRun.objects.filter(region=county, month__gt=month).exists():
            raise Refused(
                f"{county.full_name}已运行过更晚月份的预警，不能再补运行{month:%Y年%m月}。请运行最近的月份。"
            )
        runs = _run(month, county, today)
        record(
            "signals.run", "运行监测预警", actor=actor, subject=county, region=county.code, month=month.isoformat(),
            raised=sum(run.raised for run in runs), broken=[run.signal for run in runs if run.state == RunState.BROKEN],
        )  # fmt: skip
    return runs


def _run(month: dt.date, county: Region, today: dt.date) -> list[SignalRun]:
    on = min(last_day(month), today)
    figure = figures(on, county.code, settings.STANDARDS_SET)
    switched = {signal.code: _switched_on(signal, figure) for signal in shelf(Signal)}
    running = [signal for signal in shelf(Signal) if switched[signal.code] is True]
    delivered = delivered_on({name for signal in running for name in signal.needs}, county.prefix, on)
    troubles = {signal.code: _trouble_before(signal, county, on, delivered, figure) for signal in running}
    judged = judge([s for s in running if not troubles[s.code]], month, county.prefix, on)
    runs = []
    for signal in shelf(Signal):
        if switched[signal.code] is False:
            runs.append(SignalRun(signal=signal.code, state=RunState.OFF))
            continue
        trouble = troubles.get(signal.code) or (switched[signal.code] if signal not in running else "")
        answer = judged.get(signal.code, Judged(signal))
        runs.append(_settle(signal, answer, str(trouble), month, county, today, figure))
    return [_keep(run, month, county) for run in runs]


def _switched_on(signal: Signal, figure: Figure) -> bool | str:
    """True, False, or in words what is missing to know it."""
    try:
        for name in (signal.within, signal.weight, signal.max_age):
            figure(name)
        return bool(figure(signal.switch))
    except LookupError as missing:
        return str(missing.args[0])


def _trouble_before(
    signal: Signal, county: Region, on: dt.date, delivered: dict[str, dt.date], figure: Figure
) -> str:
    """What already speaks against asking: standards that nobody set, data that nobody delivered."""
    if signal.query is None:
        try:
            absent = missing_standards(plan_of(signal, on), county, on)
        except ValueError:  # the rule itself is told of by judge()
            absent = ""
        if absent:
            return absent
    return stale_facts(signal, delivered, on, figure)


def _settle(
    signal: Signal,
    answer: Judged,
    trouble: str,
    month: dt.date,
    county: Region,
    today: dt.date,
    figure: Figure,
) -> SignalRun:
    run = SignalRun(
        signal=signal.code, looked=answer.looked, hits=len(answer.hits), undetermined=answer.undetermined
    )
    no_answer = trouble or answer.trouble
    run.trouble = no_answer or doubtful(answer, county, month, figure)
    run.state = RunState.BROKEN if run.trouble else RunState.OK
    if not no_answer:
        # What certainly holds is visited even when much stays open; but nothing is called off on doubtful data.
        settled = settle(
            signal, answer.hits, month, county.prefix, today, figure, may_withdraw=run.state == RunState.OK
        )
        withdraw_visits(settled.withdrawn)
        open_visits(signal, settled.raised, today)
        run.raised, run.kept = len(settled.raised), settled.kept
        run.quiet, run.withdrawn = settled.quiet, len(settled.withdrawn)
    report_trouble(signal, run.trouble, county, month, today)
    return run


def _keep(run: SignalRun, month: dt.date, county: Region) -> SignalRun:
    """A second run of the month tells the newer state; what the month opened and withdrew adds up."""
    before = SignalRun.objects.filter(signal=run.signal, region=county, month=month).first()
    if before is not None:
        run.pk = before.pk
        run.raised, run.withdrawn = run.raised + before.raised, run.withdrawn + before.withdrawn
    run.month, run.region = month, county
    run.save()
    return run
