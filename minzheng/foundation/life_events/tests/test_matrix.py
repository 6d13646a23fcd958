"""The life-event matrix (handbook 0.7): what moves when an event is recorded stands as before when it is undone.

One person holds something in every line. Each event is recorded, and undone by another officer; what the lines hold of
the person is read before, between and after.
"""

import datetime as dt

import pghistory
import pytest

from minzheng.business.children.models import Parent
from minzheng.business.disability.care.models import Placement
from minzheng.business.elderly.homecare.models import CareBed
from minzheng.business.elderly.visiting.models import Visited
from minzheng.business.funeral.models import WaiverOffer
from minzheng.business.marriage.models import Marriage, Spouse
from minzheng.demo.cast import VILLAGE
from minzheng.foundation.benefits.actions import grant
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.benefits.timeline import Why, owed_in
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.life_events.actions import BY_THEIR_REGISTER, undo_life_event
from minzheng.foundation.organisations.models import Organisation
from minzheng.foundation.people.actions import record_life_event
from minzheng.foundation.people.facts import person_document
from minzheng.foundation.people.models import LifeEventKind, Person
from minzheng.foundation.regions.models import Region
from minzheng.foundation.tasks.models import IS_TO_DO, Task

pytestmark = pytest.mark.django_db
TODAY, DAY, START = dt.date(2026, 5, 8), dt.date(2026, 3, 2), dt.date(2025, 1, 5)
MARCH, APRIL = dt.date(2026, 3, 1), dt.date(2026, 4, 1)
RECORDED = [kind for kind in LifeEventKind if kind not in BY_THEIR_REGISTER]
ELSEWHERE = "431228000000"

# What each event moves, of what the person holds here (handbook 0.7). Everything else stays.
MOVES = {
    LifeEventKind.DEATH: {"rights", "marriage", "spouse", "parent", "bed", "visited", "placement", "offer", "person"},
    LifeEventKind.MOVE: {"rights", "bed", "visited", "person"},
    LifeEventKind.PRISON: {"rights", "parent"},
    LifeEventKind.RELEASE: set(),
    LifeEventKind.DISABILITY: {"parent"},
    LifeEventKind.BIRTH: set(),
    LifeEventKind.EMPLOYMENT: set(),
    LifeEventKind.GRADUATION: set(),
}  # fmt: skip


@pytest.fixture
def world(access, cast):
    """Xiuying: nursing subsidy, married, mother of a child on file, a bed at home, visited, a place in a day centre."""
    person = cast["xiuying"].person
    husband = Person.objects.create(name="吴大明", sex="1", region_id=VILLAGE)
    child = Person.objects.create(name="吴小雨", birth_date=dt.date(2015, 6, 15), region_id=VILLAGE)
    why = Why("granted", "国发〔2015〕52号", START)
    grant(
        access("approver", START), person, code="nursing_subsidy", amount_fen=7000, why=why, applied_on=START
    )
    wed = Marriage.objects.create(region_id=VILLAGE, man=husband, woman=person, since=START)
    Spouse.objects.bulk_create([Spouse(marriage=wed, person=one) for one in (person, husband)])
    Parent.objects.create(
        child=child, side="mother", person=person, region_id=VILLAGE, state="正常", since=START, source="入户"
    )
    provider = Organisation.objects.create(
        name="溪口照护站", uscc="52431227MJJ0000017", kind="nonprofit", region_id=VILLAGE
    )
    CareBed.objects.create(person=person, region_id=VILLAGE, provider=provider, contract_no="J1", since=START)
    Visited.objects.create(person=person, region_id=VILLAGE, groups=["alone"], since=START, next_due=TODAY)
    house = Facility.objects.create(kind="day_care", name="照料中心", region_id=VILLAGE, opened_on=START)
    Placement.objects.create(person=person, region_id=VILLAGE, facility=house, bed="1", since=START)
    return person, husband


def state(person, husband):
    """All that the lines hold of the person, as the next decision would read it."""
    right = Entitlement.objects.filter(person=person).order_by("pk")
    person = Person.objects.get(pk=person.pk)
    return {
        "person": (person.died_on, person.hukou_region_id),
        "rights": [(one.state, one.until_month, owed_in(one, APRIL)) for one in right if one.state != "void"],
        "marriage": list(Marriage.objects.values_list("ended_on", "end")),
        "spouse": (
            sorted(Spouse.objects.values_list("person", "stands")),
            person_document(husband, TODAY)["members"][0].get("marital_status"),
        ),
        "parent": list(Parent.objects.filter(until=None).values_list("state", "source", "since")),
        "bed": list(CareBed.objects.values_list("until", "ended_for")),
        "visited": list(Visited.objects.values_list("until", "next_due", "region")),
        "placement": list(Placement.objects.values_list("until", "left_for")),
        "offer": WaiverOffer.objects.filter(person=person).exists(),
        "tasks": sorted(Task.objects.filter(IS_TO_DO).values_list("kind", flat=True)),
    }


@pytest.mark.parametrize("kind", RECORDED)
def test_it_moves_what_the_matrix_says_and_undone_it_all_stands_as_before(access, world, kind):
    person, husband = world
    before = state(person, husband)
    to = Region.objects.get(code=ELSEWHERE) if kind == LifeEventKind.MOVE else None
    event = record_life_event(access("clerk", TODAY), person, kind, DAY, "公安户籍", to_region=to)
    between = state(person, husband)
    assert {key for key in before if before[key] != between[key]} == MOVES[kind]
    undo_life_event(access("outsider" if to else "reviewer", TODAY), event, "误登")
    assert state(person, husband) == before


def test_a_marriage_since_then_is_left_to_the_registry(access, world):
    person, husband = world
    event = record_life_event(access("clerk", TODAY), person, LifeEventKind.DEATH, DAY, "家属报告")
    other = Person.objects.create(name="龙小妹", sex="2", region_id=VILLAGE)
    again = Marriage.objects.create(region_id=VILLAGE, man=husband, woman=other, since=TODAY)
    Spouse.objects.bulk_create([Spouse(marriage=again, person=one) for one in (husband, other)])
    undo_life_event(access("reviewer", TODAY), event, "误登")
    assert Marriage.objects.get(woman=person).end == "death"
    assert Task.objects.get(kind="life_event.undone_county").person == husband


def test_what_an_officer_has_changed_since_stays_as_the_officer_left_it(access, world):
    person, _ = world
    event = record_life_event(access("clerk", TODAY), person, LifeEventKind.DEATH, DAY, "家属报告")
    with pghistory.context(action="another deed"):
        Placement.objects.update(left_for="转往外县")
    undo_life_event(access("reviewer", TODAY), event, "误登")
    assert Placement.objects.get().left_for == "转往外县"
