"""Starting a simulation: an officer's act within the own region, audited; the work itself runs in the background."""

from __future__ import annotations

import datetime as dt
from typing import Any

from minzheng.datacenter.simulation.jobs import run_simulation
from minzheng.datacenter.simulation.models import Simulation
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
