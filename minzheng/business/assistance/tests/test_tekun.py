"""特困 from the application to the end (民发〔2021〕43号; EX10, EX11, EX12)."""

from __future__ import annotations

import datetime as dt

import pytest

from minzheng.business.assistance.models import SpotDraw, Support
from minzheng.business.assistance.spot_checks import draw, number_of
from minzheng.business.assistance.tekun.actions import review_the_grown
from minzheng.business.assistance.tests.tekun_journey import SON, THREE, Journey, daily, widow
from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.models import Entitlement, State
from minzheng.foundation.benefits.timeline import owed_in
from minzheng.foundation.people.actions import record_life_event
from minzheng.foundation.people.models import FactSheet, LifeEventKind

pytestmark = pytest.mark.django_db
OPINION = {"opinion": "同意。"}


def month(text: str) -> dt.date:
    return dt.date.fromisoformat(f"{text}-01")


@pytest.fixture
def journey(cast, access):
    return lambda **more: Journey(access, **more)


def right() -> Entitlement:
    return Entitlement.objects.get(benefit="tekun")


@pytest.mark.covers("S-040", by="minzheng/business/assistance/tekun", screen="/desk/registers/tekun/")
def test_it_supports_the_widow_of_ex11_with_975_yuan_from_the_month_after_confirmation(journey):
    case = journey().granted().case
    assert (case.step, case.amount_fen) == ("active", 97_500)
    assert (right().since_month, right().grade) == (month("2026-10"), "分散供养")
    assert owed_in(right(), month("2026-10")) == 97_500
    support = Support.objects.get()
    assert (support.ability, support.failures, support.place) == ("partly", 3, "分散供养")


def test_its_clocks_are_fifteen_working_days_seven_days_and_fifteen_working_days(journey):
    way = journey().accept()
    assert way.case.clocks.get(key="survey").due_on == dt.date(
        2026, 9, 21
    )  # the Sunday 20 Sep is worked (DC1)
    way.survey().proposed()
    way.move("helper", "post", {"place": "村务公开栏", "photo": [way.photo("helper").pk]})
    assert way.case.clocks.get(key="publicity").due_on == way.today + dt.timedelta(days=7)
    with pytest.raises(Refused, match="公示期至"):
        way.later(7).move("clerk", "close")
    way.later(1).move("clerk", "close")
    assert way.case.clocks.get(key="decide").length == 15


@pytest.mark.covers("S-041", by="minzheng/business/assistance/rules_tekun.py", screen="/desk/cases/")
def test_a_son_who_can_support_her_is_the_reason_of_the_refusal(journey):
    way = journey(obligors=[SON | {"birth_date": "1970-05-01"}]).accept().survey().proposed("propose_refuse")
    way.decided("refuse")
    assert way.case.reasons == ["有具备履行义务能力的法定义务人（民发〔2021〕43号 第八条）"]
    assert not Entitlement.objects.filter(benefit="tekun").exists()


def test_an_obligor_whose_income_nobody_knows_leaves_it_undetermined(journey):
    unknown = {key: value for key, value in SON.items() if key != "obligor_income"}
    way = journey(obligors=[unknown]).accept().survey()
    for key in ("propose_grant", "propose_refuse"):
        with pytest.raises(Refused, match="义务人1的义务人本人收入"):
            way.proposed(key)


def test_what_the_visit_finds_about_an_obligor_takes_the_place_of_what_was_declared(journey):
    unknown = {key: value for key, value in SON.items() if key != "obligor_income"}
    seen = {key: value for key, value in SON.items() if key != "relation"}
    way = journey(obligors=[unknown]).accept().survey(obligors=[seen])
    assert way.case.assessment["eligible"] is True


def test_at_least_thirty_in_a_hundred_are_visited_and_who_is_drawn_is_not_confirmed_without(journey):
    way = journey().accept().survey().proposed().publicised()
    drawn = SpotDraw.objects.get()
    assert drawn.chosen and drawn.number == number_of(
        drawn.seed, way.case.number
    )  # the first of a year always is
    with pytest.raises(Refused, match="随机抽中"):
        way.later(1).move("approver", "grant", OPINION)
    way.decided()
    drawn.refresh_from_db()
    assert drawn.finding == "已核查"


def test_the_drawing_keeps_the_share_whatever_the_lots_say(cast, access):
    cases = [Journey(access, widow(f"杨{place}", order=2 * place + 10)).case for place in range(8)]
    high = next(f"{n}" for n in range(500) if all(number_of(f"{n}", case.number) >= 30 for case in cases))
    drawn = [draw(case, "tekun", "tekun_visit_percent", dt.date(2026, 9, 1), high) for case in cases]
    shares = [sum(one.chosen for one in drawn[: n + 1]) * 100 / (n + 1) for n in range(8)]
    assert min(shares) >= 30 and not all(one.chosen for one in drawn)
    assert draw(cases[0], "tekun", "tekun_visit_percent", dt.date(2026, 9, 2)).pk == drawn[0].pk


def reassessed(way: Journey, assessed_on: dt.date, *failing: str) -> Journey:
    way.move("helper", "report_ability", {"reporter": "照料人", "story": "摔倒后不能自己吃饭"})
    assert way.case.clocks.get(key="reassess", stopped_on=None).length == 10
    way.at(assessed_on)
    way.move(
        "reviewer", "assess", {"assessed_on": str(assessed_on), "finding": "当面评估。", **daily(*failing)}
    )
    return way


def test_a_new_grade_is_paid_from_the_month_after_the_reassessment_even_if_confirmed_later(journey):
    """EX11: with eating too, four fail: 1235.00; assessed on 30 October, confirmed on 3 November."""
    way = reassessed(journey().granted().at(dt.date(2026, 10, 20)), dt.date(2026, 10, 30), *THREE, "self_eat")
    way.at(dt.date(2026, 11, 3)).move("approver", "confirm_change", OPINION)
    assert [owed_in(right(), month(m)) for m in ("2026-10", "2026-11")] == [97_500, 123_500]
    support = Support.objects.get()
    assert (support.ability, support.failures, support.ability_since) == ("unable", 4, month("2026-11"))


def test_who_assessed_may_not_confirm_and_the_same_grade_changes_nothing(journey):
    way = reassessed(journey().granted().at(dt.date(2026, 10, 20)), dt.date(2026, 10, 22), *THREE[:2])
    with pytest.raises(Refused, match="没有变化"):
        way.move("approver", "confirm_change", OPINION)
    way.move("approver", "confirm_same", OPINION)
    assert way.case.step == "active" and right().amounts.count() == 1


def test_it_ends_after_seven_days_of_publicity_and_stops_the_month_after(journey):
    """Her son came into money: obligor able."""
    way = journey().granted().at(dt.date(2026, 10, 10))
    way.move("clerk", "start_review", {"kind": "change", "story": "儿子收入增加"})
    rich = {key: value for key, value in SON.items() if key != "relation"} | {
        "obligor_income": {"fen": 9_000_000, "period": "year"}
    }
    way.visited("verify", obligors=[rich])
    way.move("clerk2", "cosign", {"agrees": True})
    way.move("clerk", "propose_end", {"opinion": "不再符合。"})
    assert way.case.step == "end_publicity"
    way.later(1).move("helper", "post", {"place": "村务公开栏", "photo": [way.photo("helper").pk]})
    with pytest.raises(Refused, match="公示期至"):
        way.later(7).move("clerk", "close")
    way.later(1).move("clerk", "close")
    way.at(dt.date(2026, 11, 2)).move("approver", "confirm_end", OPINION)
    assert (right().state, right().until_month) == (State.ENDED, month("2026-11"))
    assert "具备履行义务能力" in str(way.case.notices.get(kind="stopped").body["reasons"])


def test_who_gives_up_is_posted_too(journey):
    way = journey().granted().at(dt.date(2026, 10, 10))
    way.move("clerk", "give_up", {"reason": "愿意随女儿生活"})
    way.move("helper", "post", {"place": "村务公开栏", "photo": [way.photo("helper").pk]})
    way.later(8).move("clerk", "close")
    way.move("approver", "confirm_give_up", OPINION)
    assert right().until_month == month("2026-10")


def test_a_death_stops_it_with_the_month(journey, access):
    way = journey().granted()
    record_life_event(
        access("clerk", dt.date(2026, 12, 3)),
        way.person,
        LifeEventKind.DEATH,
        dt.date(2026, 11, 20),
        "公安注销",
    )
    way.case.refresh_from_db()
    assert (right().until_month, way.case.step) == (month("2026-11"), "ended")


def test_a_boy_of_18_in_vocational_school_goes_on_and_one_who_left_ends(cast, access):
    """EX12, two years later than in the book: the 15-year-old is recognised, then turns 18."""
    child = widow("吴小满", "20110310", 1)
    way = Journey(
        access, child, has_supporters=False, obligors=[], income_kinds=["none"], **daily()
    ).granted()
    birthday = dt.date(2029, 3, 10)
    FactSheet.objects.create(
        person=child, values={"education": "高中或中职"}, source="教育", since=dt.date(2026, 9, 1)
    )
    assert review_the_grown(birthday - dt.timedelta(days=1)) == 0
    assert review_the_grown(birthday) == 1
    way.case.refresh_from_db()
    assert (way.case.step, way.case.assessment["eligible"]) == ("recheck", True)
    assert review_the_grown(birthday + dt.timedelta(days=1)) == 0
    FactSheet.objects.create(
        person=child, values={"education": "不在学"}, source="教育", since=dt.date(2029, 2, 1)
    )
    way.at(birthday).visited("verify")
    assert way.case.assessment["eligible"] is False
