"""A family in 新村, and hands to open and visit tasks there."""

import datetime as dt

import pytest

from minzheng.demo.cast import VILLAGE
from minzheng.foundation.people.models import Household, Membership, Person
from minzheng.foundation.tasks.models import Task
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks

ON = dt.date(2026, 11, 2)  # so that, at three days, it is to be done by the 5th


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def family(cast):
    """石大爷 and nobody else, in 新村."""
    person = Person.objects.create(
        name="石大爷", sex="1", region_id=VILLAGE, address="三组5号", phone="13874500009"
    )
    household = Household.objects.create(
        region_id=VILLAGE, category="rural", head=person, address="三组5号", since=dt.date(2020, 1, 1)
    )
    Membership.objects.create(household=household, person=person, relation="户主", since=dt.date(2020, 1, 1))
    return household


def draft(origin="club:1", **more):
    given = {"region": VILLAGE, "title": "看望会员", "reason": "三个月没有来过"}
    return TaskDraft(origin=origin, **{**given, **more})


@pytest.fixture
def task(family):
    """`task(origin=…, kind=…, on=…)` → an open task about the family."""

    def make(origin="club:1", kind="club.visit", on=ON, **more):
        open_tasks(kind, [draft(origin, household=family.pk, **more)], on)
        return Task.objects.get(origin=origin)

    return make
