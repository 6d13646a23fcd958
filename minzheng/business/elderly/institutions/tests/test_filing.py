"""E4: a home is filed within ten working days of its first admission; its own account hands it in, the county files it."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from minzheng.business.elderly.institutions.actions.filing import receipt_of
from minzheng.business.elderly.institutions.models import Home
from minzheng.business.elderly.institutions.tests.making import account, home, organisation
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.walls import entered
from minzheng.foundation.actions import Refused
from minzheng.foundation.cases.api import (
    do_move,
    find_case,
    missing,
    moves_open,
    open_case,
    save_draft,
    submit,
    todo,
)
from minzheng.foundation.cases.models import Case, Notice
from minzheng.foundation.facilities.actions import change_facility
from minzheng.foundation.people.models import Person

pytestmark = pytest.mark.django_db
ANSWERS = {
    "handler_name": "杨院长", "handler_phone": "13974512340",
    "ownership": "private", "is_profit": False, "first_admission_on": "2026-10-09", "plain": 3, "nursing": 3,
    "dementia": 0, "staff": 5, "fire": "passed", "has_kitchen": False, "promise": True,
}  # fmt: skip
DAY = dt.date(2026, 10, 20)


@pytest.fixture
def unfiled(regions):
    return home(filing="none", filed_on=None)


def acting_for(where, day=DAY):
    """The home's own account, with the human being behind it."""
    person = Person.objects.create(name="杨院长", region_id=where.facility.region_id)
    return Access(account(where.facility.organisation, person), day)


def handed_in(own, where, **answers):
    place = where.facility
    case = open_case(own, "E4", place.organisation, place.region, facility=place)
    save_draft(own, case, ANSWERS | answers)
    return submit(own, case)


@pytest.mark.parametrize(
    ("sent_on", "is_late"),
    [
        # First admission on Friday 9 October 2026; Saturday the 10th is a working day (国办 2026 年放假通知).
        (dt.date(2026, 10, 22), False),
        (dt.date(2026, 10, 23), True),
    ],
)
def test_ten_working_days_after_the_first_admission(unfiled, sent_on, is_late):
    handed_in(acting_for(unfiled, sent_on), unfiled)
    unfiled.refresh_from_db()
    assert (unfiled.is_filed_late, unfiled.first_admission_on) == (is_late, dt.date(2026, 10, 9))


def test_a_home_that_is_older_than_the_rule_is_filed_late_but_filed(unfiled):
    handed_in(acting_for(unfiled), unfiled, first_admission_on="2016-05-01")
    unfiled.refresh_from_db()
    assert unfiled.is_filed_late


def test_the_county_files_it_within_twenty_working_days(unfiled, access):
    case = handed_in(acting_for(unfiled), unfiled)
    assert case.due_on == dt.date(2026, 11, 17)  # twenty working days
    assert case.applicant_name == unfiled.facility.organisation.name
    assert case in todo(access("reviewer", DAY))
    for username in ("clerk", "outsider"):
        with pytest.raises(PermissionDenied):
            do_move(access(username, DAY), case, "file")
    do_move(access("approver", DAY), case, "file")
    done = Home.objects.get(pk=unfiled.pk)
    assert (done.filing, done.filed_on, done.fire) == ("filed", DAY, "passed")
    assert receipt_of(done) is None  # nobody is registered as issuer here: the record stands alone
    notice = Notice.objects.get(case=case)
    assert (notice.title, notice.body["applicant"]) == ("养老机构备案告知书", case.applicant_name)


def test_what_is_missing_is_told_once_and_the_clock_waits(unfiled, access):
    own = acting_for(unfiled)
    case = handed_in(own, unfiled)
    do_move(access("reviewer", DAY), case, "ask_correction", {"also": "消防验收文件看不清"})
    assert (case.status, case.due_on) == ("correcting", None)
    save_draft(own, case, ANSWERS | {"staff": 6})
    own.today = dt.date(2026, 10, 27)
    submit(own, case)
    assert case.due_on == dt.date(2026, 11, 24)  # a week later, as long as it lay with the home
    refusing = access("reviewer", own.today)
    with pytest.raises(Refused, match="已经一次性告知过"):
        do_move(refusing, case, "ask_correction", {"also": "再补"})
    do_move(refusing, case, "refuse", {"reason": "消防不合格"})
    assert (case.status, case.reasons) == ("refused", ["消防不合格"])
    unfiled.refresh_from_db()
    assert unfiled.filing == "none"


def test_a_changed_name_is_filed_again(access):
    where = home()
    change_facility(access("reviewer", DAY), where.facility, name="新名称养老院")
    where.refresh_from_db()
    assert where.filing == "changed"
    case = handed_in(acting_for(where), where)
    do_move(access("approver", DAY), case, "file")
    where.refresh_from_db()
    assert (where.filing, where.filed_on, where.is_filed_late) == ("filed", dt.date(2026, 1, 5), False)


def test_a_home_that_changed_hands_meanwhile_is_not_filed_for_the_old_operator(unfiled, access):
    case = handed_in(acting_for(unfiled), unfiled)
    change_facility(access("reviewer", DAY), unfiled.facility, organisation=organisation())
    with pytest.raises(Refused, match="运营单位已经变更"):
        do_move(access("approver", DAY), case, "file")


def test_only_the_own_open_place_of_a_legal_person_is_filed(unfiled):
    own, other = acting_for(unfiled), home(filing="none", filed_on=None)
    place = unfiled.facility
    with pytest.raises(Refused, match="不是这个单位的"):
        open_case(own, "E4", place.organisation, place.region, facility=other.facility)
    with pytest.raises(Refused, match="请先选是哪一处"):
        open_case(own, "E4", place.organisation, place.region)
    with pytest.raises(PermissionDenied):
        open_case(own, "E4", other.facility.organisation, place.region, facility=other.facility)
    with pytest.raises(Refused, match="由单位申请"):
        open_case(own, "E4", own.user.person, place.region)
    with pytest.raises(Refused, match="单位不能申请"):
        open_case(own, "A1", place.organisation, place.region)
    place.organisation.ended_on = DAY
    with pytest.raises(Refused, match="已经注销"):
        open_case(own, "E4", place.organisation, place.region, facility=place)


def test_one_open_filing_a_place_and_an_organisation_may_have_two_places(unfiled):
    own, second = acting_for(unfiled), home(unfiled.facility.organisation, filing="none", filed_on=None)
    first = handed_in(own, unfiled)
    with pytest.raises(Refused, match="已在办理"):
        handed_in(own, unfiled)
    assert handed_in(own, second).pk != first.pk
    with pytest.raises(IntegrityError, match="one_open_case_per_item_and_organisation"), transaction.atomic():
        Case.objects.filter(pk=first.pk).update(facility=second.facility)
    with pytest.raises(IntegrityError, match="case_has_one_applicant"), transaction.atomic():
        Case.objects.filter(pk=first.pk).update(applicant=own.user.person)


def test_a_colleague_goes_on_and_whoever_left_sees_it_no_more(unfiled):
    own = acting_for(unfiled)
    case = handed_in(own, unfiled)
    colleague = Access(
        account(
            unfiled.facility.organisation, Person.objects.create(name="杨会计", region_id=case.region_id)
        ),
        DAY,
    )
    stranger = acting_for(home(filing="none", filed_on=None))
    assert find_case(colleague, case.number) == case
    assert "withdraw" in {one.move.key for one in moves_open(colleague, case)}
    for one, sees in ((colleague, True), (stranger, False)):
        for as_citizen in (True, False):
            with entered(one.user.pk, as_citizen=as_citizen):
                assert Case.objects.filter(pk=case.pk).exists() is sees
    colleague.user.assignments.update(until=DAY)
    assert moves_open(Access(colleague.user, DAY), case) == []
    with entered(colleague.user.pk):
        assert not Case.objects.filter(pk=case.pk).exists()


def test_the_officer_who_typed_it_for_the_home_does_not_file_it(unfiled, access, cast):
    place, clerk = unfiled.facility, access("clerk", DAY)
    case = open_case(
        clerk, "E4", place.organisation, place.region, "desk", handler=cast["approver"].person, facility=place
    )
    save_draft(clerk, case, ANSWERS)
    submit(clerk, case)
    with pytest.raises(Refused, match="应当回避"):  # who acts for the home does not judge it
        do_move(access("approver", DAY), case, "file")
    do_move(access("reviewer", DAY), case, "file")


def test_a_kitchen_needs_its_permit(unfiled):
    own = acting_for(unfiled)
    case = open_case(
        own, "E4", unfiled.facility.organisation, unfiled.facility.region, facility=unfiled.facility
    )
    save_draft(own, case, ANSWERS | {"has_kitchen": True})
    assert {one.key for one in missing(case, DAY)} == {"food_permit_no", "food_permit_until"}
