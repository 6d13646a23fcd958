"""The visit is done: its alert is answered, its sweep target reached. Night has come: the signals run."""

from __future__ import annotations

import datetime as dt
from typing import Any

from minzheng.datacenter.signals.answers import answer_alert, reach_target
from minzheng.foundation.events.bus import on


@on("task.done")
def answer(origin: str, outcome: str, reason: str = "", **_: Any) -> None:
    if origin.startswith("signal:"):
        answer_alert(origin, outcome, reason)
    elif origin.startswith("sweep:"):
        reach_target(origin, outcome)


@on("night.came")
def run_signals_tonight(day: str, **_: Any) -> None:
    from minzheng.datacenter.signals.nightly import run_tonight

    run_tonight(dt.date.fromisoformat(day))
