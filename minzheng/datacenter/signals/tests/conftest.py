"""A smaller invented county with the trouble that signals should find, made once for a module and swept away."""

import datetime as dt

import pytest

from minzheng.demo.cast import create_cast
from minzheng.demo.county.load import make_county, write_county
from minzheng.demo.county.rights import write_rights
from minzheng.demo.county.signals_trouble import plant_signals
from minzheng.foundation.regions.load import load
from minzheng.foundation.regions.models import Level, Region
from tests.owner import leave_nothing
from tests.planner import let_tables_be_read_through, plan_as_usual

MONTH = dt.date(2026, 10, 1)
TODAY = dt.date(2026, 11, 1)


@pytest.fixture(scope="module")
def planted(django_db_setup, django_db_blocker):
    """{signal: {"households": keys, "people": keys}} that should be found in October 2026."""

    with django_db_blocker.unblock():
        load("4312", down_to=Level.COUNTY)
        load("431227")
        create_cast()
        families, trouble = make_county(households=2500)
        write_county(families, trouble)
        write_rights(families, trouble, MONTH)
        truth = plant_signals(families, trouble, MONTH)
        let_tables_be_read_through()
    yield truth
    with django_db_blocker.unblock():
        leave_nothing()
        plan_as_usual()


@pytest.fixture
def region(planted, db):
    return Region.objects.get(code="431227000000")
