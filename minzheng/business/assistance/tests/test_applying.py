"""Filling in, submitting, correcting once. Nothing that was typed is lost."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from minzheng.business.assistance.tests.families import CHILD, FATHER, ex01
from minzheng.foundation.actions import Refused
from minzheng.foundation.cases.api import (
    Stale,
    authorise,
    missing,
    open_case,
    own_cases,
    save_draft,
    submit,
    todo,
)
from minzheng.foundation.cases.models import Case
from minzheng.foundation.cases.system import SystemAccess
from minzheng.foundation.people.models import FactSheet, Person
from minzheng.foundation.regions.models import Region

DAY = dt.date(2026, 3, 2)


def test_it_goes_on_with_the_unsent_draft(journey, cast):
    way = journey()
    again = open_case(way.as_("xiuying"), "A1", cast["xiuying"].person, way.case.region)
    assert again == way.case and again.data["address"] == "新村三组12号"


def test_it_refuses_a_second_application_of_the_same_person_and_names_the_first(journey, cast):
    way = journey().submit()
    with pytest.raises(Refused, match=f"已在办理（编号 {way.case.number}"):
        open_case(way.as_("xiuying"), "A1", cast["xiuying"].person, way.case.region)


def test_it_refuses_an_application_for_someone_in_another_live_case_and_keeps_the_draft(journey, cast):
    way = journey().submit()
    husband = Person.objects.create(name="吴永贵", id_no=FATHER, region=way.case.region)
    second = open_case(way.as_("clerk"), "A1", husband, way.case.region, "desk", way.case.data)
    with pytest.raises(Refused, match=f"已在办件 {way.case.number}"):
        submit(way.as_("clerk"), second)
    kept = Case.objects.get(pk=second.pk)
    assert kept.status == "draft" and kept.data == way.case.data


def test_it_shows_what_differs_when_two_windows_save_and_keeps_both(journey, cast):
    way = journey()
    first = Case.objects.get(pk=way.case.pk)
    save_draft(way.as_("xiuying"), way.case, way.case.data | {"address": "新村四组1号"})
    mine = first.data | {"address": "新村五组2号"}
    with pytest.raises(Stale) as stale:
        save_draft(way.as_("xiuying"), first, mine)
    (difference,) = stale.value.differences
    assert (difference.label, difference.stored, difference.yours) == (
        "现在住在哪里？",
        "新村四组1号",
        "新村五组2号",
    )
    assert stale.value.yours == mine
    assert Case.objects.get(pk=way.case.pk).data["address"] == "新村四组1号"


def test_it_does_not_submit_a_wrong_identity_number(journey):
    way = journey()
    data = ex01(way.case.data["members"][0]["id_no"])
    data["members"][1]["id_no"] = FATHER[:-1] + ("1" if FATHER[-1] != "1" else "2")
    save_draft(way.as_("xiuying"), way.case, data)
    with pytest.raises(Refused, match="填写有误"):
        way.submit()


def test_it_lists_the_member_whose_authorisation_is_missing(journey):
    way = journey()
    (only,) = [one for one in missing(way.case, DAY) if "吴永贵" in one.label]
    assert only.label == "吴永贵的核对授权"
    submit(way.as_("xiuying"), way.case)
    with pytest.raises(Refused, match="吴永贵的核对授权"):
        way.accept()


def test_it_asks_no_signature_of_a_minor(journey):
    way = journey()
    assert [one.id_no for one in way.case.persons.filter(needs_authorisation=False)] == [CHILD]


def test_it_takes_anothers_authorisation_only_on_paper(journey):
    way = journey()
    with pytest.raises(Refused, match="请上传吴永贵签名的核对授权书"):
        authorise(way.as_("xiuying"), way.case, FATHER)


def test_it_accepts_no_paper_of_a_stranger(journey):
    way = journey()
    with pytest.raises(Refused, match="不是您上传的"):
        authorise(way.as_("xiuying"), way.case, FATHER, way.photo("outsider"))


def test_it_asks_for_corrections_once_with_the_full_list(journey):
    way = journey()
    submit(way.as_("xiuying"), way.case)
    way.move("clerk", "ask_correction", {"also": "请补充女儿的学籍证明"})
    listed = [one["label"] for one in way.case.correction.missing]
    assert listed == ["杨秀英的核对授权", "吴永贵的核对授权", "其他"]
    assert way.case.notices.get(kind="correction").body["missing"] == way.case.correction.missing
    way.authorise_all()
    submit(way.as_("xiuying"), way.case)
    with pytest.raises(Refused, match="已经一次性告知过"):
        way.move("clerk", "ask_correction", {})
    assert way.later(2).accept().case.accepted_on == dt.date(2026, 3, 4)


def test_it_lets_an_uncorrected_application_lapse_on_the_day_after_its_term(journey):
    way = journey()
    submit(way.as_("xiuying"), way.case)
    way.move("clerk", "ask_correction", {})
    assert way.case.correction.due_on == dt.date(2026, 4, 1)
    way.later(30)
    with pytest.raises(Refused, match="补正期限到 2026-04-01"):
        way.move("clerk", "lapse")
    way.later(1).move("clerk", "lapse")
    assert (way.case.outcome, way.case.status) == ("lapsed", "closed")


def test_it_never_gives_a_number_twice(journey, cast):
    way = journey()
    way.move("xiuying", "withdraw", {})
    second = open_case(way.as_("xiuying"), "A1", cast["xiuying"].person, way.case.region)
    assert second.number == "431227A12026000002" and way.case.number == "431227A12026000001"


def test_it_hides_a_citizens_unsent_draft_from_the_offices(journey):
    way = journey()
    assert way.case not in todo(way.as_("clerk"))
    with pytest.raises(PermissionDenied):
        save_draft(way.as_("clerk"), way.case, {})
    assert list(own_cases(way.as_("xiuying"))) == [way.case]


def test_it_opens_cases_for_others_only_in_the_own_region(access, cast, regions):
    elsewhere = Region.objects.get(code="431227101200")
    with pytest.raises(PermissionDenied):
        open_case(access("clerk", DAY), "A1", cast["xiuying"].person, elsewhere, "desk")


def test_it_registers_persons_household_and_declared_facts_on_acceptance(journey):
    case = journey().submit().accept().case
    assert case.household.memberships.count() == 3
    assert {one.person.name for one in case.persons.all()} == {"杨秀英", "吴永贵", "吴小宝"}
    sheet = FactSheet.objects.get(person=case.applicant)
    assert sheet.source == "申请人申报"
    assert sheet.values["wage"] == 1_224_000 and sheet.values["business_income"] == 0


def test_it_starts_the_clocks_of_ex08_on_the_day_of_acceptance(journey):
    case = journey().submit().accept().case
    due = {clock.key: clock.due_on for clock in case.clocks.all()}
    assert due == {
        "survey": dt.date(2026, 3, 5),
        "check": dt.date(2026, 3, 5),
        "total": dt.date(2026, 4, 14),
    }
    assert case.due_on == dt.date(2026, 3, 5)
    assert "chinesecalendar" in case.clocks.first().calendar


def test_it_gives_the_system_no_right_that_an_item_does_not_name(journey):
    way = journey().submit()
    with pytest.raises(PermissionDenied):
        way.access = lambda username, today: SystemAccess.on(today)
        way.accept()


def test_it_forgets_a_hidden_old_answer_on_submission(journey):
    way = journey()
    data = way.case.data
    data["members"][0]["income_kinds"] = ["none"]
    assert "wage" in data["members"][0]
    save_draft(way.as_("xiuying"), way.case, data)
    assert "wage" not in way.submit().case.data["members"][0]
