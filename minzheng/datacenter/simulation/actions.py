"""Starting a simulation: an officer's act within the own region, audited; the work itself runs in the background."""

from __future__ import annotations

import datetime as dt
from typing import Any

from minzheng.datacenter.simulation.jobs import run_simulation
from minzheng.datacenter.simulation.models import Simulation, State
from minzheng.datacenter.simulation.readings import benefits_touched
from minzheng.datacenter.simulation.reform import Reform, ReformError
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.regions.models import Level, Region
from minzheng.foundation.rules import default_counter

PERMISSION = "statistics.read"


def start_simulation(access: Any, region: Region, reform: Reform, on: dt.date) -> Simulation:
    """Refused with all reasons when the reform changes nothing that is paid; PermissionDenied outside the own region."""
    document = reform.as_json(default_counter().standards(reform.base))
    return _start(
        access,
        Simulation(title=reform.title, region=region, on=on, reform=document, owner=access.user),
        reform,
    )


@action("simulation.run", "测算标准", permission=PERMISSION)
def _start(access: Any, simulation: Simulation, reform: Reform) -> Simulation:
    if simulation.region.level >= Level.VILLAGE:
        raise Refused("村（社区）人数太少，测算结果会暴露个人情况。请选择乡镇（街道）以上的地区。")
    try:
        benefits_touched(default_counter(), reform, simulation.on)
    except ReformError as error:
        raise Refused(error.problems) from None
    simulation.save()
    run_simulation.enqueue(simulation.pk)
    return simulation


@action("simulation.cancel", "取消测算", permission=PERMISSION)
def cancel_simulation(access: Any, simulation: Simulation) -> None:
    """Whoever started it stops it; also one whose worker died and will never come back."""
    if simulation.owner_id != access.user.pk:
        raise Refused(f"这次测算是{simulation.owner}发起的，请由本人取消。")
    moving = Simulation.objects.filter(pk=simulation.pk, state__in=[State.WAITING, State.RUNNING])
    if not moving.update(state=State.CANCELLED):
        raise Refused("这次测算已经结束，不用取消。请刷新页面查看结果。")
