"""The departments' files of the demo fit the county, and their slips are found."""

import datetime as dt

import pytest

from minzheng.datacenter.deliveries.models import DeathReport, Delivery, Match, ReportState, State
from minzheng.demo.cast import create_cast
from minzheng.demo.county.files import SLIPS, deliver_files
from minzheng.demo.county.load import make_county, write_county
from minzheng.demo.county.trouble import DEAD_STILL_PAID
from minzheng.foundation.people.models import FactSheet
from minzheng.foundation.regions.load import load
from minzheng.foundation.regions.models import Level


@pytest.fixture
def delivered(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    load("4312", down_to=Level.COUNTY)
    load("431227")
    officer = create_cast()["reviewer"]
    families, planted = make_county(households=2000)
    write_county(families, planted)
    made = deliver_files(families, planted, dt.date(2026, 10, 1), officer)
    return planted, {one.source: one for one in made}


def test_it_loads_every_file_and_finds_the_slips_that_were_planted(delivered):
    planted, made = delivered
    assert {one.state for one in made.values()} == {State.DONE}, [one.note for one in made.values()]
    assert made["file.disability"].problems["code"] == 1
    right = Match.objects.filter(row__delivery=made["file.disability"])
    assert made["file.disability"].in_review == SLIPS
    assert all(
        match.row.typed["name"] == match.person.name for match in right.select_related("row", "person")
    )
    dead = {person.key for person in planted.people[DEAD_STILL_PAID]}
    known = DeathReport.objects.filter(source="file.cremations", state=ReportState.RECORDED)
    assert set(known.values_list("person_id", flat=True)) == dead
    assert DeathReport.objects.filter(state=ReportState.OPEN).count() == 2


def test_it_says_nothing_else_than_what_the_county_knows(delivered):
    _, made = delivered
    cars = FactSheet.objects.filter(source__startswith="公安交管部门")
    assert made["file.vehicles"].matched > 500 and not cars.exists()
    assert Delivery.objects.count() == 5
