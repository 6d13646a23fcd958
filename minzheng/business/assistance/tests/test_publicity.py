"""Publicity: seven whole days of the very result; objections are heard first (EX09)."""

import datetime as dt

import pytest

from minzheng.business.assistance.tests.families import monthly
from minzheng.foundation.actions import Refused
from minzheng.foundation.cases.api import moves_open

SETTLED = {"method": "meeting", "finding": "民主评议认为属实。"}


@pytest.fixture
def posted(journey):
    """EX09: posted on Friday 2026-03-20."""
    way = journey().submit().accept().survey().conclude().propose()
    way.today = dt.date(2026, 3, 20)
    return way.post()


def test_it_shows_only_masked_name_household_size_amount_and_place(posted):
    notice = posted.case.notices.get(kind="publicity")
    assert notice.is_public and notice.ends_on == dt.date(2026, 3, 27)
    assert notice.body["applicant"] == "杨秀*"
    assert (notice.body["size"], notice.body["amount_fen"]) == (3, 63_000)
    assert set(notice.body) == {"applicant", "item", "place", "size", "amount_fen", "date"}


@pytest.mark.parametrize("day", ["2026-03-20", "2026-03-26", "2026-03-27"])
def test_it_does_not_go_on_before_the_seven_days_are_over(posted, day):
    posted.today = dt.date.fromisoformat(day)
    with pytest.raises(Refused, match=r"公示期至 2026-03-27 止，最早 2026-03-28.*2026-03-30"):
        posted.move("clerk", "close")


def test_it_goes_on_from_the_day_after_the_last(posted):
    posted.today = dt.date(2026, 3, 28)
    posted.move("clerk", "close")
    assert posted.case.step == "confirm_county"
    assert posted.case.clocks.get(key="decide").due_on == dt.date(2026, 4, 13)


def test_it_does_not_go_on_without_a_posted_notice(journey):
    way = journey().submit().accept().survey().conclude().propose().later(20)
    with pytest.raises(Refused, match="还没有张贴公示"):
        way.move("clerk", "close")


def test_it_is_not_posted_twice(posted):
    with pytest.raises(Refused, match="已于 2026-03-20 张贴公示"):
        posted.post()


def test_it_makes_an_objected_case_a_special_one_of_45_working_days(posted):
    posted.later(2).move("helper", "object", {"content": "他家有小轿车。"})
    assert (posted.case.step, posted.case.track) == ("objection", "special")
    running = posted.case.clocks.get(key="total_special")
    assert (running.started_on, running.due_on) == (dt.date(2026, 3, 2), dt.date(2026, 5, 8))
    assert posted.case.clocks.get(key="total").stopped_on == posted.today


def test_it_goes_back_to_publicity_when_the_objection_fails_and_never_names_the_objector(posted):
    posted.later(2).move("helper", "object", {"content": "他家有小轿车。", "raised_by": "邻居"})
    posted.move("clerk", "dismiss", SETTLED)
    objection = posted.case.objections.get()
    assert objection.is_upheld is False and objection.settled_on == posted.today
    posted.today = dt.date(2026, 3, 28)
    posted.move("clerk", "close")
    assert posted.case.step == "confirm_county"
    assert "邻居" not in str([notice.body for notice in posted.case.notices.all()])


def test_it_surveys_again_when_the_objection_holds_and_posts_the_new_result(posted):
    posted.later(2).move("helper", "object", {"content": "她的工资不止这些。"})
    posted.move("clerk", "uphold", SETTLED)
    assert posted.case.step == "survey"
    with pytest.raises(Refused, match="请先完成“登记入户调查”"):
        posted.conclude()
    row = posted.prefilled("data_check")["members"]
    row[0]["wage"] = monthly(1200)
    posted.data_check(members=row)
    posted.visit().conclude().propose()
    assert posted.case.amount_fen == 45_000
    posted.later(10)
    with pytest.raises(Refused, match="还没有张贴公示"):
        posted.move("clerk", "close")
    posted.publicise().decide()
    assert posted.case.amount_fen == 45_000


def test_it_says_on_the_page_what_stands_against_closing(posted):
    (close,) = [one for one in moves_open(posted.as_("clerk"), posted.case) if one.move.key == "close"]
    assert not close.is_possible and "最早 2026-03-28" in close.hindrances[0]
