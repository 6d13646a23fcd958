"""The whole invented county, made once and shared: screening is only worth testing over everybody."""

import datetime as dt

import pytest

from minzheng.demo.cast import create_cast
from minzheng.demo.county.load import make_county, write_county
from minzheng.demo.county.rights import write_rights
from minzheng.foundation.regions.load import load
from minzheng.foundation.regions.models import Level, Region
from tests.owner import leave_nothing
from tests.planner import let_tables_be_read_through, plan_as_usual

MONTH = dt.date(2026, 10, 1)


@pytest.fixture(scope="module")
def county(django_db_setup, django_db_blocker):
    """(families, planted trouble) of 20,000 people, committed for the module and swept away after it."""

    with django_db_blocker.unblock():
        load("4312", down_to=Level.COUNTY)
        load("431227")
        create_cast()
        families, planted = make_county()
        write_county(families, planted)
        write_rights(families, planted, MONTH)
        let_tables_be_read_through()
    yield families, planted
    with django_db_blocker.unblock():
        leave_nothing()
        plan_as_usual()


@pytest.fixture
def region(county, db):
    return Region.objects.get(code="431227000000")
