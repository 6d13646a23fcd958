"""The whole invented county, made once and shared: screening is only worth testing over everybody."""

import datetime as dt

import pytest

from minzheng.demo.cast import create_cast
from minzheng.demo.county.load import make_county, write_county
from minzheng.demo.county.rights import write_rights
from minzheng.foundation.accounts.walls.build import as_owner
from minzheng.foundation.regions.load import load
from minzheng.foundation.regions.models import Level, Region
from tests.planner import let_tables_be_read_through, plan_as_usual

MONTH = dt.date(2026, 10, 1)


@pytest.fixture(scope="module")
def county(django_db_setup, django_db_blocker):
    """(families, planted trouble) of 20,000 people, committed for the module and swept away after it."""
    from django.db import connection

    with django_db_blocker.unblock():
        load("4312", down_to=Level.COUNTY)
        load("431227")
        create_cast()
        families, planted = make_county()
        write_county(families, planted)
        write_rights(families, planted, MONTH)
        let_tables_be_read_through()
    yield families, planted
    with django_db_blocker.unblock(), as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SET session_replication_role = replica"
        )  # kept records refuse to be emptied otherwise
        cursor.execute(
            "TRUNCATE regions_region, audit_auditentry, audit_auditpending, audit_auditlink, events_event CASCADE"
        )
        cursor.execute("SET session_replication_role = DEFAULT")
    with django_db_blocker.unblock():
        plan_as_usual()


@pytest.fixture
def region(county, db):
    return Region.objects.get(code="431227000000")
