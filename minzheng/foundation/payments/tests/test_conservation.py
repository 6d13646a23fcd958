"""Whatever happens to rights, in whatever order: every fen is somewhere, nobody is paid twice, nothing is lost.

A state machine in the manner of Jepsen: rules are what officers, people and banks may do at any time, invariants are
looked at after each. `MINZHENG_STORIES=2000 MINZHENG_STORY_STEPS=50` is a night's run; hypothesis prints a failing story
as a program, and `MINZHENG_STORY_SEED=7` tells the same stories again.
"""

import datetime as dt
import os

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from minzheng.foundation.accounts.models import Assignment, Role
from minzheng.foundation.benefits.tests.making import NURSING
from minzheng.foundation.ledger.books import receive
from minzheng.foundation.payments.tests.life import OTHER_VILLAGE, Life
from minzheng.foundation.payments.tests.office import Office
from minzheng.foundation.regions.models import Region

pytestmark = pytest.mark.django_db
STORIES = int(os.environ.get("MINZHENG_STORIES", "12"))
STEPS = int(os.environ.get("MINZHENG_STORY_STEPS", "18"))
SEED = os.environ.get("MINZHENG_STORY_SEED")
# A failing story is made shorter at night only: each attempt is a story of its own.
PHASES = [Phase.generate, Phase.shrink] if "MINZHENG_STORIES" in os.environ else [Phase.generate]


def test_it_accounts_for_every_fen_whatever_happens(office, approver, access, cast):
    """One machine for all stories; each is undone by its savepoint."""
    Region.objects.get_or_create(
        code=OTHER_VILLAGE,
        defaults={
            "name": "邻村", "full_name": "湖南省怀化市芷江侗族自治县邻村", "level": 5, "since": dt.date(2000, 1, 1),
            "source": "测试", "parent_id": "431228000000",
        },
    )  # fmt: skip
    for name, role in (
        ("finance", Role.FINANCE),
        ("finance2", Role.FINANCE),
        ("approver", Role.COUNTY_APPROVER),
    ):
        Assignment.objects.create(
            user=cast[name], role=role, region_id="431228000000", since=dt.date(2020, 1, 1)
        )
    other = Office(access)
    other.county = Region.objects.get(pk="431228000000")
    receive("county", NURSING.programme, other.county.pk, 10**10, "到账-邻县")

    class Story(Life):
        def __init__(self):
            super().__init__()
            self.offices, self.approver = [office, other], access("approver")
            self.undo = transaction.savepoint()

        def teardown(self):
            transaction.savepoint_rollback(self.undo)

    if SEED:
        Story = seed(int(SEED))(Story)
    run_state_machine_as_test(
        Story,
        settings=settings(
            max_examples=STORIES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=PHASES,
        ),
    )
