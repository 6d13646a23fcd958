"""Who may do what with a case: role over the region, four eyes by person, no near relative, no stale page."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from minzheng.foundation.accounts.models import Assignment, Role, User
from minzheng.foundation.actions import Refused
from minzheng.foundation.cases.api import do_move, moves_open
from minzheng.foundation.cases.models import Case, StaffRelative

OPINION = {"opinion": "同意。"}


def keys(way, username):
    return [one.move.key for one in moves_open(way.as_(username), way.case)]


def test_it_offers_each_officer_only_the_own_steps(journey):
    way = journey().submit()
    assert keys(way, "clerk") == ["accept", "ask_correction", "not_accept", "withdraw"]
    assert keys(way, "approver") == []
    assert keys(way, "outsider") == []


@pytest.mark.parametrize("username", ["outsider", "approver", "helper", "province", "finance"])
def test_it_lets_nobody_accept_without_the_role_over_the_region(journey, username):
    way = journey().submit()
    with pytest.raises(PermissionDenied):
        way.move(username, "accept", {"related_staff": False})


def test_it_stops_accepting_an_officer_whose_assignment_has_ended(journey, cast):
    way = journey().submit()
    Assignment.objects.filter(user=cast["clerk"]).update(until=way.today)
    with pytest.raises(PermissionDenied):
        way.accept()


def test_it_refuses_a_move_of_another_step_and_says_where_the_case_stands(journey):
    way = journey().submit()
    with pytest.raises(Refused, match="现在处于“材料审查”"):
        way.move("approver", "grant", OPINION)


def test_it_does_not_let_the_handler_confirm_under_a_second_account(journey, cast):
    """Four eyes is judged by the human being, not by the account."""
    second = User.objects.create(username="clerk-b", person=cast["clerk"].person, display_name="龙建军")
    Assignment.objects.create(
        user=second, role=Role.COUNTY_APPROVER, region_id="431227000000", since=dt.date(2020, 1, 1)
    )
    way = journey().submit().accept().survey().conclude().propose().publicise()
    cast["clerk-b"] = second
    with pytest.raises(Refused, match="另一位工作人员"):
        way.move("clerk-b", "grant", OPINION)
    assert way.decide().case.outcome == "granted"


def test_it_asks_another_person_for_the_second_signature(journey):
    way = journey().submit().accept().later(1)
    with pytest.raises(Refused, match="另一位工作人员"):
        way.visit(second="clerk")


def test_it_sends_a_declared_relative_of_the_clerk_to_somebody_else(journey, cast):
    StaffRelative.objects.create(
        officer=cast["clerk"].person,
        id_no=cast["xiuying"].person.id_no,
        relation="兄妹",
        since=dt.date(2020, 1, 1),
    )
    way = journey().submit()
    with pytest.raises(Refused, match="应当回避"):
        way.accept()
    way.move("clerk2", "accept", {"related_staff": False})
    assert way.case.separate_record and way.case.county_visit
    assert way.case.track == "special"


def test_it_bars_an_officer_from_the_own_case(journey, cast):
    Assignment.objects.create(
        user=cast["xiuying"], role=Role.TOWNSHIP_CLERK, region_id="431227107000", since=dt.date(2020, 1, 1)
    )
    way = journey().submit()
    with pytest.raises(Refused, match="应当回避"):
        way.move("xiuying", "accept", {"related_staff": False})


def test_it_confirms_a_separate_record_only_after_the_countys_own_visit(journey):
    way = journey().submit().accept(related_staff=True).survey().conclude().propose().publicise().later(1)
    with pytest.raises(Refused, match="县级民政部门入户核查"):
        way.move("approver", "grant", OPINION)
    record = way.prefilled(
        "county_visit",
        place="新村三组12号",
        way="入户调查",
        finding="属实。",
        photo=[way.photo("reviewer").pk],
        family_signature=[way.photo("reviewer").pk],
    )
    way.move("reviewer", "county_visit", record)
    way.move("approver", "grant", OPINION)
    assert way.case.outcome == "granted"


def test_it_tells_the_second_editor_who_was_faster_and_changes_nothing(journey):
    way = journey().submit()
    seen_by_both = Case.objects.get(pk=way.case.pk)
    way.accept()
    with pytest.raises(Refused, match="刚刚由龙建军办理了“受理”"):
        do_move(way.as_("clerk2"), seen_by_both, "not_accept", {"reason": "不属于本辖区"})
    assert way.case.moves.count() == 2


def test_it_lists_each_fault_of_a_record_by_its_question(journey):
    way = journey().submit()
    with pytest.raises(Refused) as refused:
        way.move("clerk", "accept", {})
    assert list(refused.value.message_dict) == ["related_staff"]
