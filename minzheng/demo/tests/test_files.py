"""The departments' files of the demo fit the county, and their slips are found."""

import datetime as dt

import pytest

from minzheng.datacenter.deliveries.models import DeathReport, Delivery, Match, ReportState, State
from minzheng.datacenter.screening.tests.conftest import county, region  # noqa: F401 the shared county
from minzheng.demo.county.files import SLIPS, deliver_files
from minzheng.demo.county.trouble import DEAD_STILL_PAID
from minzheng.foundation.accounts.models import User
from minzheng.foundation.people.models import FactSheet


@pytest.fixture
def delivered(county, region, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    families, planted = county
    made = deliver_files(families, planted, dt.date(2026, 10, 1), User.objects.get(username="reviewer"))
    return planted, {one.source: one for one in made}


def test_it_loads_every_file_and_finds_the_slips_that_were_planted(delivered):
    planted, made = delivered
    assert {one.state for one in made.values()} == {State.DONE}, [one.note for one in made.values()]
    assert made["file.disability"].problems["code"] == 1
    right = Match.objects.filter(row__delivery=made["file.disability"])
    assert made["file.disability"].in_review == SLIPS
    assert all(match.row.typed["name"] == match.person.name for match in right.select_related("row", "person"))
    dead = {person.key for person in planted.people[DEAD_STILL_PAID]}
    known = DeathReport.objects.filter(source="file.cremations", state=ReportState.RECORDED)
    assert set(known.values_list("person_id", flat=True)) == dead
    assert DeathReport.objects.filter(state=ReportState.OPEN).count() == 2


def test_it_says_nothing_else_than_what_the_county_knows(delivered):
    _, made = delivered
    cars = FactSheet.objects.filter(source__startswith="公安交管部门")
    assert made["file.vehicles"].matched > 2000 and not cars.exists()
    assert Delivery.objects.count() == 5
