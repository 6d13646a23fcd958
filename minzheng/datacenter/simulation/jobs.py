"""The simulation in the background, with a bar that moves and a way to stop it. It is taken once: a repeated delivery does nothing."""

from __future__ import annotations

from django_tasks import task

from minzheng.datacenter.simulation.models import Simulation, State
from minzheng.datacenter.simulation.reform import ReformError, read_reform
from minzheng.datacenter.simulation.simulate import simulate
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.rules import default_counter


class Cancelled(Exception):
    """Somebody pressed 取消 while it ran; what was worked out so far is dropped."""


BROKEN = "系统没有做完这次测算。请再试一次；仍不行请把编号 {} 告诉管理员。"


@task()
def run_simulation(key: int) -> None:
    mine = Simulation.objects.filter(pk=key)
    if not mine.filter(state=State.WAITING).update(state=State.RUNNING):
        return
    simulation = mine.select_related("region", "owner").get()
    counter, access = default_counter(), Access(simulation.owner)

    def progress(percent: int) -> None:
        if not mine.filter(state=State.RUNNING).update(percent=percent):
            raise Cancelled

    try:
        access.require("statistics.read", simulation.region_id)
        reform = read_reform(simulation.reform, counter)
        result = simulate(counter, reform, simulation.region, simulation.on, access.today, progress)
    except Cancelled:
        return
    except ReformError as refused:
        mine.update(state=State.FAILED, note=" ".join(refused.problems))
    except Exception:
        mine.update(state=State.FAILED, note=BROKEN.format(key))
        raise
    else:
        mine.filter(state=State.RUNNING).update(state=State.DONE, result=result)
