"""What a station hands on: a child to the protection centre, a death to every line, and whom a patrol brought along."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from minzheng.business.children.from_rescue import take_over
from minzheng.business.children.models import Intake
from minzheng.business.funeral.models import DeathStatement
from minzheng.business.rescue.intake import list_belongings
from minzheng.business.rescue.leaving import leave, record_death
from minzheng.business.rescue.models import Encounter, Patrol
from minzheng.business.rescue.street import came_in, meet, start_patrol
from minzheng.business.rescue.tests.making import day, id_no, station, stay
from minzheng.foundation.actions import Refused
from minzheng.foundation.people.models import LifeEventKind, Person
from minzheng.foundation.tasks.models import Task

pytestmark = pytest.mark.django_db
DAY = day("2026-10-12")
CHILD = {"called": "小星", "age": 9, "sex": "1"}
FETCHED = {"name": "小星", "features": "左手有旧伤，穿蓝色外套", "staff": "姚敏", "staff_two": "舒丽"}
PAPERS = {"died_on": "2026-10-12", "certificate_no": "43122720260012", "police_no": "晃公验〔2026〕3号"}


@pytest.fixture
def at(cast):
    """The county's station."""
    return station()


@pytest.mark.covers(
    "S-121", by="minzheng/business/children/from_rescue.py", screen="/desk/registers/child_intakes/"
)
def test_a_minor_in_a_station_is_expected_at_once_and_both_files_name_each_other(access, cast, at):
    came = stay(access("rescuer", DAY), at, **CHILD)
    intake = Intake.objects.get()
    assert (intake.state, intake.stay_no, intake.region_id) == ("expected", came.number, came.region_id)
    assert "小星" not in intake.name, "who it is stays in the station's file until somebody comes"
    client = Client()
    client.force_login(cast["protection"])
    first_page = client.get("/desk/").content.decode()
    assert "救助站里等接收的未成年人" in first_page and "child_intakes/?state=expected" in first_page
    centre = access("protection", DAY)
    with pytest.raises(Refused, match="两名工作人员"):
        take_over(centre, intake, **FETCHED | {"staff_two": "姚敏 "})
    take_over(centre, intake, **FETCHED)
    came.refresh_from_db()
    intake.refresh_from_db()
    assert (intake.state, intake.name, came.way, came.left_on) == ("in_care", "小星", "protection", DAY)
    assert intake.number in came.destination
    assert not Task.objects.filter(kind="rescue.minor", state="open").exists()
    with pytest.raises(Refused, match="照料中"):
        take_over(centre, intake, **FETCHED)


def test_a_child_whose_family_came_first_is_expected_no_more(access, cast, at):
    rescuer = access("rescuer", DAY)
    came = stay(rescuer, at, **CHILD)
    parent = {"collector_name": "杨大山", "collector_relation": "父母", "collector_id_no": id_no()}
    leave(rescuer, came, way="collected", **parent)
    assert Intake.objects.get().state == "not_needed"
    with pytest.raises(Refused, match="未接收"):
        take_over(access("protection", DAY), Intake.objects.get(), **FETCHED)


def test_an_adult_is_expected_by_nobody_and_eighteen_is_grown_up(access, cast, at):
    stay(access("rescuer", DAY), at, called="甲", age=18)
    assert not Intake.objects.exists()
    stay(access("rescuer", DAY), at, called="乙", age=17)
    assert Intake.objects.count() == 1


def test_a_death_in_a_station_is_known_to_every_line_by_its_certificate(access, cast, at):
    rescuer = access("rescuer", DAY)
    came = stay(rescuer, at, called="杨老汉", id_no=id_no())
    list_belongings(rescuer, came, items="手机 1", belongings_by="两名工作人员")
    with pytest.raises(Refused, match="入站以后"):
        record_death(rescuer, came, **PAPERS | {"died_on": "2026-10-11"})
    with pytest.raises(Refused, match="报公安"):
        record_death(rescuer, came, **PAPERS | {"police_no": " "})
    with pytest.raises(Refused, match="登记死亡"):
        leave(rescuer, came, way="died", destination="x")
    record_death(rescuer, came, **PAPERS)
    came.refresh_from_db()
    person = Person.objects.get(pk=came.person_id)
    assert (came.way, came.left_on, person.died_on) == ("died", DAY, DAY)
    paper = DeathStatement.objects.get(person=person)
    assert (paper.source, paper.document_no) == ("hospital", PAPERS["certificate_no"])
    assert person.life_events.get(kind=LifeEventKind.DEATH).source == "死亡医学证明"
    assert came.belongings.get().returned_to == "救助站代管，待家属领取"


def test_the_death_of_somebody_unknown_ends_the_stay_alone(access, cast, at):
    came = stay(access("rescuer", DAY), at)
    record_death(access("rescuer", DAY), came, **PAPERS)
    came.refresh_from_db()
    assert (came.way, DeathStatement.objects.exists()) == ("died", False)


def met(access, at, outcome="accepted"):
    patrol = start_patrol(
        access("rescuer", DAY),
        Patrol(
            region_id=at.region_id,
            on=DAY,
            starts=dt.time(20, 30),
            route="汽车站一线",
            team="姚敏、舒丽",
            staff=2,
        ),
    )
    return meet(
        access("rescuer", DAY),
        Encounter(
            patrol=patrol, region_id=at.region_id, at=dt.time(21, 5), place="汽车站候车室", called="无名氏（候车室）",
            sex="1", age=66, outcome=outcome,
        ),
    )  # fmt: skip


def test_a_meeting_leads_to_one_stay_and_only_of_who_came_along(access, cast, at):
    one, rescuer = met(access, at), access("rescuer", DAY)
    came = stay(rescuer, at)
    assert came_in(rescuer, one, came).stay == came
    with pytest.raises(Refused, match="已经登记入站"):
        came_in(rescuer, one, came)
    with pytest.raises(Refused, match="愿意进站"):
        came_in(rescuer, met(access, at, "declined"), came)
