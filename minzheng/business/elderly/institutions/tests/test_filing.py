"""E4: a home is filed within ten working days of its first admission; the county receives it with a receipt."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from minzheng.business.elderly.institutions.actions.filing import (
    ask_correction,
    file_home,
    receipt_of,
    receive,
    refuse_filing,
)
from minzheng.business.elderly.institutions.models import Home
from minzheng.business.elderly.institutions.tests.making import account, home
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.actions import Refused
from minzheng.foundation.facilities.actions import change_facility
from minzheng.foundation.organisations.actions import end_organisation

pytestmark = pytest.mark.django_db
ANSWERS = {
    "ownership": "private", "is_profit": False, "first_admission_on": "2026-10-09", "plain": 3, "nursing": 3,
    "dementia": 0, "staff": 5, "fire": "passed", "has_kitchen": False, "promise": True,
}  # fmt: skip


@pytest.fixture
def unfiled(regions):
    return home(filing="none", filed_on=None)


def by_account(where, day):
    return Access(account(where.facility.organisation), day)


@pytest.mark.parametrize(
    ("sent_on", "is_late"),
    [
        # First admission on Friday 9 October 2026; Saturday the 10th is a working day (国办 2026 年放假通知).
        (dt.date(2026, 10, 22), False),
        (dt.date(2026, 10, 23), True),
    ],
)
def test_ten_working_days_after_the_first_admission(unfiled, sent_on, is_late):
    filing = file_home(by_account(unfiled, sent_on), unfiled, ANSWERS)
    assert filing.is_late is is_late
    unfiled.refresh_from_db()
    assert unfiled.first_admission_on == dt.date(2026, 10, 9)


def test_the_county_receives_it_and_the_home_is_filed(unfiled, access):
    day = dt.date(2026, 10, 20)
    filing = file_home(by_account(unfiled, day), unfiled, ANSWERS)
    assert filing.due_on == dt.date(2026, 11, 17)  # twenty working days
    with pytest.raises(PermissionDenied):
        receive(access("clerk", day), filing)
    with pytest.raises(PermissionDenied):
        receive(access("outsider", day), filing)
    receive(access("approver", day), filing)
    done = Home.objects.get(pk=unfiled.pk)
    assert (done.filing, done.filed_on, done.fire) == ("filed", day, "passed")
    assert receipt_of(done) is None  # nobody is registered as issuer here: the record stands alone
    with pytest.raises(Refused, match="不在待办理状态"):
        receive(access("approver", day), filing)


def test_what_is_missing_is_told_once(unfiled, access):
    day = dt.date(2026, 10, 20)
    own = by_account(unfiled, day)
    filing = file_home(own, unfiled, ANSWERS)
    with pytest.raises(Refused, match="正在办理"):
        file_home(own, unfiled, ANSWERS)
    ask_correction(access("reviewer", day), filing, "消防验收文件看不清")
    again = file_home(own, unfiled, ANSWERS | {"staff": 6})
    assert (again.pk, again.what["staff"], again.state) == (filing.pk, 6, "sent")
    with pytest.raises(Refused, match="只告知一次"):
        ask_correction(access("reviewer", day), again, "再补")
    refuse_filing(access("approver", day), again, "消防不合格")
    again.refresh_from_db()
    assert (again.state, again.reason) == ("refused", "消防不合格")


def test_a_changed_name_is_filed_again(access):
    where = home()
    change_facility(access("reviewer", dt.date(2026, 10, 20)), where.facility, name="新名称养老院")
    where.refresh_from_db()
    assert where.filing == "changed"
    filing = file_home(by_account(where, dt.date(2026, 10, 21)), where, ANSWERS)
    assert (filing.kind, filing.is_late) == ("change", False)
    receive(access("approver", dt.date(2026, 10, 22)), filing)
    where.refresh_from_db()
    assert (where.filing, where.filed_on) == ("filed", dt.date(2026, 1, 5))  # the first day stays


def test_only_a_legal_person_is_filed(access):
    where = home(filing="none", filed_on=None)
    own = by_account(where, dt.date(2026, 10, 20))
    owner = where.facility.organisation
    owner.facilities.update(organisation=None)
    end_organisation(access("reviewer", dt.date(2026, 10, 20)), owner, "2026-10-20")
    owner.facilities.update(organisation=owner)
    where = Home.objects.get(pk=where.pk)
    with pytest.raises(PermissionDenied):
        file_home(own, where, ANSWERS)
    with pytest.raises(Refused, match="依法登记的法人"):
        file_home(access("reviewer", dt.date(2026, 10, 20)), where, ANSWERS)


def test_a_kitchen_needs_its_permit(unfiled):
    own = by_account(unfiled, dt.date(2026, 10, 20))
    with pytest.raises(Refused) as told:
        file_home(own, unfiled, ANSWERS | {"has_kitchen": True})
    assert set(told.value.message_dict) == {"food_permit_no", "food_permit_until"}
