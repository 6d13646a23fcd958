"""Killed at any moment, the screening leaves all of a county's findings or none, and the next run sends nothing twice."""

import random

import pytest

from minzheng.datacenter.screening import dispatch, keep
from minzheng.datacenter.screening import screen as run
from minzheng.datacenter.screening.models import Finding, ScreeningRun, State
from minzheng.datacenter.screening.tests.test_identity import MONTH, TODAY, county, elder  # noqa: F401 fixture
from minzheng.demo.county.guide_family import write_guide_family
from minzheng.foundation.tasks.models import Task

STEPS = [
    (run, "dead_paid"),
    (run, "everybody_due"),
    (run, "compare"),
    (run, "keep"),
    (keep, "close"),
    (keep, "dispatch_by_policy"),
    (dispatch, "open_tasks"),
    (run, "record"),
]


class Killed(BaseException):
    """Like SIGKILL to whoever runs: nothing catches it."""


def kill_at(monkeypatch, step, *, after):
    """The process dies before, or right after, one step."""
    module, name = step
    whole = getattr(module, name)

    def dying(*args, **more):
        if after:
            whole(*args, **more)
        raise Killed

    monkeypatch.setattr(module, name, dying)


@pytest.mark.parametrize("seed", range(6))
def test_it_completes_after_being_killed_and_dispatches_once(county, cast, monkeypatch, seed):  # noqa: F811
    write_guide_family(cast["xiuying"].person)
    elder()
    chance = random.Random(seed)
    for step in chance.sample(STEPS, 3):
        with monkeypatch.context() as broken:
            kill_at(broken, step, after=chance.random() < 0.5)
            with pytest.raises(Killed):
                run.screen(MONTH, county, today=TODAY)
        assert (Finding.objects.count(), Task.objects.count(), ScreeningRun.objects.count()) == (0, 0, 0)
    whole = run.screen(MONTH, county, today=TODAY)
    sent = Finding.objects.filter(state=State.DISPATCHED)
    assert whole.dispatched == sent.count() == Task.objects.count() == 1
    run.screen(MONTH, county, today=TODAY)
    assert Task.objects.count() == 1
