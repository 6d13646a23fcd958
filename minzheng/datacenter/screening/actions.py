"""Screening as an officer's act, and what is done about a finding: each with a right, and audited."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from minzheng.datacenter.screening.models import Finding, State
from minzheng.datacenter.screening.screen import Screened, refuse_future, screen
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.regions.models import Region


def run_screening(access: Any, region: Region, month: dt.date) -> Screened:
    """Screen the officer's own region; `month` is its first day and not in the future. Audited by `screen`."""
    access.require("screening.run", region.code)
    refuse_future(month, access.today)
    return screen(month, region, access.user)


def _persons(finding: Finding) -> Iterable[int]:
    head = finding.household.head_id if finding.household else None
    return [key for key in (finding.person_id, head) if key]


@action("finding.dispatch", "派发筛查发现", permission="case.oversee", persons=_persons)
def dispatch_finding(access: Any, finding: Finding) -> None:
    """Somebody goes and looks. From now on a new run of the month leaves the finding alone."""
    if finding.state != State.FOUND:
        raise Refused(f"这条发现{finding.get_state_display()}，不用再派发。")
    finding.state = State.DISPATCHED
    finding.save(update_fields=["state"])


@action("finding.close", "办结筛查发现", permission="case.oversee", persons=_persons)
def close_finding(access: Any, finding: Finding, *, result: str) -> None:
    """`result` is what was seen on the spot; a finding is never closed without it."""
    if finding.state == State.CLOSED:
        raise Refused("这条发现已经办结。")
    if not result.strip():
        raise Refused({"result": "请写明核实结果，例如“已登记死亡并停发”。"})
    finding.state = State.CLOSED
    finding.detail = finding.detail | {"result": result.strip()}
    finding.save(update_fields=["state", "detail"])
