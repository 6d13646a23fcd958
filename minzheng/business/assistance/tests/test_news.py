"""A family changes while its dibao is being decided about: nobody decides on what is no longer so (handbook 0.7)."""

from __future__ import annotations

import datetime as dt

import pytest

from minzheng.business.assistance.tests.families import FATHER, monthly
from minzheng.foundation.actions import Refused
from minzheng.foundation.people.actions import record_life_event
from minzheng.foundation.people.models import LifeEventKind, Person

pytestmark = pytest.mark.django_db
OPINION = {"opinion": "同意。"}
HEARD = {"heard_on": "2026-09-01", "way": "当面", "statement": "没有意见。"}


@pytest.fixture
def granted(journey):
    """EX01's family: 630.00 from April on."""
    return journey().granted()


@pytest.fixture
def imprisoned(access):
    """The father is counted no longer: 80.00 for two instead of 630.00 for three."""

    def imprison(way):
        father = Person.objects.get(id_no=FATHER)
        record_life_event(access("clerk", way.today), father, LifeEventKind.PRISON, way.today, "司法机关通知")
        way.case.refresh_from_db()
        return way

    return imprison


@pytest.fixture
def cutting(granted):
    """A review that finds 1,300 a month, and wants to cut: the family is to be heard."""
    granted.today = dt.date(2026, 9, 1)
    granted.move("clerk", "start_review", {"kind": "regular"})
    rows = granted.prefilled("data_check")["members"]
    rows[0]["wage"] = monthly(1300)
    granted.data_check(members=rows).visit().move("clerk", "evaluate")
    granted.move("clerk", "propose_cut", OPINION)
    return granted


@pytest.mark.parametrize("step", ["hearing", "change_county"])
def test_a_change_told_while_the_family_is_heard_or_decided_about_takes_the_review_up_again(
    cutting, imprisoned, step
):
    """Nobody decides on what is no longer so, and the change is not forgotten: visit, evaluation and hearing are due anew."""
    if step == "change_county":
        cutting.move("township", "hear", HEARD)
    assert cutting.case.step == step
    imprisoned(cutting)
    assert (cutting.case.step, cutting.case.reviews.count()) == ("review", 1)
    with pytest.raises(Refused, match="请先完成“计算复核结果”"):
        cutting.move("clerk", "propose_end", OPINION)
    cutting.visit().move("clerk", "evaluate")
    cutting.move("clerk", "propose_end", OPINION)
    assert cutting.case.step == "hearing", "1,300 for two is above the line: heard anew, of another proposal"


def test_a_change_told_after_the_evaluation_is_in_what_is_proposed(granted, imprisoned):
    granted.today = dt.date(2026, 9, 1)
    granted.move("clerk", "start_review", {"kind": "regular"})
    granted.data_check().visit().move("clerk", "evaluate")
    imprisoned(granted)
    assert granted.case.step == "review"
    with pytest.raises(Refused, match=r"每月 80\.00元，与现在的 630\.00元 不同"):
        granted.move("clerk", "unchanged", OPINION)


def test_a_change_told_before_the_first_decision_lets_nobody_grant_what_was_posted(journey, imprisoned):
    way = imprisoned(journey().submit().accept().survey().conclude().propose().publicise())
    assert way.case.step == "confirm_county"
    with pytest.raises(Refused, match=r"80\.00元，与公示的630\.00元不同"):
        way.decide()


def test_whoever_gives_up_is_let_go_whatever_changes(granted, imprisoned):
    granted.today = dt.date(2026, 5, 6)
    granted.move("xiuying", "give_up", {"reason": "收入好转。"})
    imprisoned(granted)
    granted.move("approver", "confirm_give_up", OPINION)
    assert granted.case.status == "ended"
