"""Whose turn it is, what is late, how many: each list is scoped and asks the database once."""

import datetime as dt

import pytest
from django.http import Http404

from minzheng.business.assistance.tests.families import FATHER
from minzheng.foundation.accounts.models import Role, User
from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.cases import parameters
from minzheng.foundation.cases.api import case_counts, done, extend_clock, find_case, own_cases, todo, watched
from minzheng.foundation.documents.guards import sight_of
from minzheng.foundation.people.models import Person


def test_it_puts_a_case_on_the_list_of_whoever_acts_next(journey):
    way = journey().submit()
    assert way.case in todo(way.as_("clerk")) and way.case not in todo(way.as_("approver"))
    way.accept()
    assert way.case in todo(way.as_("reviewer")), "the county checks the data while the township visits"
    assert way.case not in todo(way.as_("helper")), "there is nothing to sign yet"
    way.later(1).data_check()
    assert way.case not in todo(way.as_("reviewer"))
    way.visit().conclude().propose()
    assert way.case in todo(way.as_("helper"))
    way.publicise()
    assert way.case in todo(way.as_("approver")) and way.case not in todo(way.as_("clerk2"))
    way.decide()
    assert not any(way.case in todo(way.as_(name)) for name in ("helper", "clerk", "reviewer", "approver"))


def test_it_shows_nothing_of_another_county(journey):
    way = journey().submit()
    assert not todo(way.as_("outsider")).exists()
    with pytest.raises(Http404):
        find_case(way.as_("outsider"), way.case.number)


@pytest.mark.parametrize(
    ("day", "lamp"),
    [("2026-03-03", "green"), ("2026-03-04", "amber"), ("2026-03-05", "amber"), ("2026-03-06", "red")],
)
def test_it_lights_amber_at_eighty_percent_and_red_the_day_after(journey, day, lamp):
    way = journey().submit().accept()
    way.today = dt.date.fromisoformat(day)
    (listed,) = todo(way.as_("clerk"))
    assert listed.lamp == lamp
    clock = way.case.clocks.get(key="survey")
    assert clock.lamp(way.today) == lamp


def test_it_says_in_words_how_much_time_is_left(journey):
    clock = journey().submit().accept().case.clocks.get(key="survey")
    words = [clock.in_words(dt.date(2026, 3, day)) for day in (2, 5, 9)]
    assert words == ["还剩 3 个工作日", "今天到期", "已超 2 个工作日"]


def test_it_escalates_late_cases_to_those_who_oversee(journey):
    way = journey().submit().accept()
    assert not watched(way.as_("reviewer")).exists()
    way.today = dt.date(2026, 3, 6)
    assert list(watched(way.as_("reviewer"))) == [way.case]
    assert not watched(way.as_("clerk")).exists(), "督办 belongs to reviewers"


def test_it_extends_a_limit_only_with_a_reason_and_keeps_who_did(journey):
    way = journey().submit().accept()
    clock = extend_clock(way.as_("reviewer"), way.case, "total", 5, "大雪封路")
    assert clock.due_on == dt.date(2026, 4, 21)
    assert (clock.extended_by.username, clock.extension_reason) == ("reviewer", "大雪封路")


def test_it_lists_what_one_has_handled(journey):
    way = journey().submit().accept()
    assert list(done(way.as_("clerk"))) == [way.case]
    assert not done(way.as_("clerk2")).exists()


def test_it_counts_by_division_below_without_persons(journey):
    way = journey().submit().accept()
    assert case_counts(way.as_("reviewer")) == [
        {"region": "431227107", "status": "checking", "lamp": "green", "cases": 1}
    ]
    assert case_counts(way.as_("province"), "statistics.read") == [
        {"region": "4312", "status": "checking", "lamp": "green", "cases": 1}
    ]


def test_it_lists_many_cases_with_one_query(journey, django_assert_num_queries):
    way = journey().submit()
    clerk = way.as_("clerk")
    assert clerk.is_staff
    with django_assert_num_queries(1):
        shown = [(case.number, case.applicant.name, case.region.name, case.lamp) for case in todo(clerk)]
    assert len(shown) == 1


def test_it_records_each_look_at_a_case_with_whom_it_shows(journey):
    way = journey().submit().accept()
    find_case(way.as_("reviewer"), way.case.number, reason="复核")
    entry = AuditEntry.objects.get(is_read=True)
    assert entry.actor.username == "reviewer" and entry.reason == "复核"
    assert set(entry.persons) == set(way.case.persons.values_list("person_id", flat=True))


def test_it_lets_a_grown_member_of_the_family_follow_the_case_once_it_is_sent(journey, cast, access):
    way = journey()
    husband = Person.objects.create(name="吴永贵", id_no=FATHER, region=way.case.region)
    cast["husband"] = User.objects.create(username="husband", person=husband, display_name="吴永贵")
    assert not own_cases(way.as_("husband")).exists()
    way.submit()
    assert list(own_cases(way.as_("husband"))) == [way.case]
    assert not own_cases(way.as_("finance")).exists()


def test_it_opens_the_officers_photos_to_officers_and_not_to_the_family(journey):
    way = journey().submit().accept().survey()
    evidence = way.case.materials.filter(key="photo").first().document
    assert sight_of(way.as_("reviewer"), evidence) is not None
    assert sight_of(way.as_("xiuying"), evidence) is None
    assert sight_of(way.as_("outsider"), evidence) is None


def test_it_hands_a_delegated_county_to_the_township_within_twenty_days(journey, monkeypatch):
    read = parameters.parameter

    def delegated(name, region, on):
        return True if name == "dibao_delegated" else read(name, region, on)

    monkeypatch.setattr("minzheng.foundation.cases.parameters.parameter", delegated)
    way = journey().submit().accept()
    assert way.case.clocks.get(key="total_delegated").due_on == dt.date(2026, 3, 30)
    way.survey().conclude().later(1).move("clerk2", "propose_grant", {"opinion": "拟给予。"})
    way.publicise().later(1).move("township", "grant", {"opinion": "同意。"})
    assert way.case.outcome == "granted"
    assert way.case.moves.last().role == Role.TOWNSHIP_REVIEWER
