"""Screening as an officer's act, and what is done about a finding: each with a right, and audited."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from minzheng.datacenter.screening.dispatch import close, dispatch, goes_out_by_itself
from minzheng.datacenter.screening.models import Finding, Result, State
from minzheng.datacenter.screening.screen import Screened, refuse_future, screen
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.regions.models import Region

# What the data close by themselves, nobody closes by hand.
BY_HAND = tuple(result for result in Result if result is not Result.GONE)


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
    """Somebody goes and looks. A kind that the place lets nobody else send out is the county's to send."""
    if finding.state != State.FOUND:
        raise Refused(f"这条发现{finding.get_state_display()}，不用再派发。")
    if not goes_out_by_itself(finding.kind, finding.region_id, access.today):
        access.require("screening.run", finding.region_id)
    dispatch(Finding.objects.filter(pk=finding.pk), access.today, access.user)
    finding.refresh_from_db()


@action("finding.close", "办结筛查发现", permission="case.oversee", persons=_persons)
def close_finding(access: Any, finding: Finding, *, result: str, note: str) -> None:
    """`note` says what was seen on the spot; a finding is never closed without it."""
    if finding.state == State.CLOSED:
        raise Refused("这条发现已经办结。")
    if result not in BY_HAND:
        raise Refused({"result": "请选择核实的结果。"})
    if not note.strip():
        raise Refused({"note": "请写明核实情况，例如“已登记死亡并停发”。"})
    about = Finding.objects.filter(pk=finding.pk)
    close(about, Result(result), access.today, note=note.strip(), actor=access.user)
    finding.refresh_from_db()
