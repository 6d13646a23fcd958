"""Rebuilding snapshots from the desk, and stopping it: acts of an officer within the own region."""

from __future__ import annotations

from typing import Any

from minzheng.datacenter.lake.jobs import run_refresh
from minzheng.datacenter.lake.models import LakeRun, State
from minzheng.foundation.actions import Refused, action

REFRESH = "lake.refresh"


@action("lake.rebuild", "重建数据湖", permission=REFRESH)
def rebuild_lake(access: Any, run: LakeRun) -> LakeRun:
    """Start one; `run` is not saved yet. Raises Refused for a month that has not begun, or while another runs."""
    if run.month > access.today:
        raise Refused(f"{run.month:%Y年%m月}还没有开始，没有数据可以重建。请选择本月或以前的月份。")
    moving = LakeRun.objects.filter(state__in=[State.WAITING, State.RUNNING]).first()
    if moving is not None:
        raise Refused(f"{moving}正在重建。请等它结束，或先取消它。")
    run.save()
    run_refresh.enqueue(run.pk)
    return run


@action("lake.stop", "取消重建数据湖", permission=REFRESH)
def stop_lake(access: Any, run: LakeRun) -> None:
    """The county that is being made is finished; the others keep what they had."""
    if not run.is_moving:
        raise Refused("这次重建已经结束，不能取消。请刷新页面。")
    still = LakeRun.objects.filter(pk=run.pk)
    still.update(stop_asked=True)
    still.filter(state=State.WAITING).update(state=State.STOPPED)
