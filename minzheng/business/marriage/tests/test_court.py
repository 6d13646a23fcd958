"""A void or annulled marriage never was: the register, the copies, and what each of the two is afterwards."""

import datetime as dt

import pytest

from minzheng.business.marriage.actions import end_marriage
from minzheng.business.marriage.court import mark_by_court
from minzheng.business.marriage.models import MarriageEnd, Registration, Spouse
from minzheng.business.marriage.tests.couples import marry, person
from minzheng.foundation.actions import Refused
from minzheng.foundation.certificates.models import Issued
from minzheng.foundation.events.models import Event
from minzheng.foundation.people.actions import record_life_event
from minzheng.foundation.people.facts import person_document
from minzheng.foundation.people.models import LifeEventKind

WEDDING, DAY = dt.date(2025, 6, 2), dt.date(2026, 5, 20)
pytestmark = pytest.mark.django_db


def void(at, wedding, day=DAY):
    mark_by_court(at(DAY), wedding, standing="void", judgment_no="（2026）湘1227民初1号", on=day)


def state(one, day=DAY):
    return person_document(one, day)["members"][0].get("marital_status")


def test_a_court_s_judgment_voids_the_row_its_copies_and_the_state(at, registry, man, woman):
    wedding = marry(at(WEDDING), registry, man, woman)
    for wrong in (WEDDING - dt.timedelta(days=1), DAY + dt.timedelta(days=1)):
        with pytest.raises(Refused, match="判决生效日期"):
            void(at, wedding, wrong)
    void(at, wedding)
    assert wedding.get_standing_display() == "法院确认无效"
    assert not Issued.objects.filter(state="valid").exists()
    assert not Spouse.objects.filter(person=man, stands=True).exists()
    assert Event.objects.filter(kind="person.marriage_undone").count() == 2
    assert (state(man), state(woman)) == ("未婚", "未婚")


def test_each_is_again_what_they_were_before(at, registry, man, woman):
    wedding = marry(at(WEDDING), registry, man, woman, man_prior="divorced", woman_prior="widowed")
    assert (state(man), state(woman)) == ("已婚", "已婚")
    void(at, wedding)
    assert (state(man), state(woman)) == ("离婚", "丧偶")


def test_the_marriage_before_it_still_decides_what_may_be_declared(at, registry, man, woman):
    first = marry(at(dt.date(2025, 5, 12)), registry, man, person("姚小英", "1990-03-04", 224))
    end_marriage(first.marriage, dt.date(2025, 5, 30), MarriageEnd.DIVORCE)
    void(at, marry(at(WEDDING), registry, man, woman, man_prior="divorced"))
    with pytest.raises(Refused, match="“离婚”"):
        marry(at(DAY), registry, man, woman)
    assert marry(at(DAY), registry, man, woman, man_prior="divorced").man_prior == "divorced"


def test_the_widow_of_a_void_marriage_is_no_widow(at, access, registry, man, woman):
    wedding = marry(at(WEDDING), registry, man, woman)
    record_life_event(access("clerk", DAY), man, LifeEventKind.DEATH, dt.date(2026, 1, 5), "死亡医学证明")
    man.refresh_from_db()
    assert state(woman) == "丧偶"
    void(at, wedding)
    assert (state(woman), state(man)) == ("未婚", "已婚"), "the dead are asked nothing any more"
    second = marry(at(DAY), registry, person("吴大明", "1988-03-04", 225), woman)
    record_life_event(access("clerk", DAY), second.man, LifeEventKind.DEATH, DAY, "死亡医学证明")
    assert state(woman) == "丧偶"


def test_a_marriage_that_came_after_it_stands(at, registry, man, woman):
    wedding = marry(at(WEDDING), registry, man, woman)
    end_marriage(wedding.marriage, dt.date(2026, 1, 5), MarriageEnd.DIVORCE)
    marry(
        at(dt.date(2026, 3, 2)), registry, person("吴大明", "1988-03-04", 225), woman, woman_prior="divorced"
    )
    void(at, wedding)
    assert (state(man), state(woman)) == ("未婚", "已婚")


def test_of_an_old_record_that_does_not_say_nothing_is_guessed(at, registry, man, woman):
    wedding = marry(at(WEDDING), registry, man, woman)
    Registration.objects.filter(pk=wedding.pk).update(man_prior="", woman_prior="")
    void(at, wedding)
    assert (state(man), state(woman)) == (None, None)
    assert state(man, DAY - dt.timedelta(days=1)) == "已婚"
