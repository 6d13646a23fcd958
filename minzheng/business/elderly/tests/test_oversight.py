"""S-088: drawn by lot, inspected by whom the lot fell on, credit and publicity."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from minzheng.business.elderly.institutions.tests.making import home
from minzheng.business.elderly.oversight.actions import draw, inspected, mended, punish
from minzheng.business.elderly.oversight.credit import credit_of
from minzheng.business.elderly.oversight.models import Inspection
from minzheng.demo.cast import COUNTY, VILLAGE
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.models import User
from minzheng.foundation.actions import Refused
from minzheng.foundation.regions.models import Region

pytestmark = pytest.mark.django_db
NOW = dt.date.today()
LATER = NOW + dt.timedelta(days=20)


@pytest.fixture
def county(cast):
    return Region.objects.get(code=COUNTY)


def who(person):
    return Access(User.objects.filter(person=person).first(), NOW)


@pytest.mark.covers("S-088", by="minzheng/business/elderly/oversight", screen="/desk/oversight/")
def test_the_lot_is_repeatable_and_only_whom_it_fell_on_writes_the_result(access, county):
    homes = [home().facility for _ in range(4)]
    drawn = draw(access("approver", NOW), county, count=2, due_on=LATER)
    assert len({one.facility_id for one in drawn}) == 2 and all(
        one.first_id != one.second_id for one in drawn
    )
    kept = [(one.facility_id, one.first_id) for one in drawn]
    Inspection.objects.all().delete()
    again = draw(access("approver", NOW), county, count=2, due_on=LATER)
    assert [(one.facility_id, one.first_id) for one in again] == kept, "anyone with the seed draws the same"
    assert not {one.facility_id for one in draw(access("approver", NOW), county, count=9, due_on=LATER)} & {
        one.facility_id for one in again
    }, "nobody twice at a time"
    one = again[0]
    facts = {"done_on": NOW, "result": "order", "finding": "疏散通道堆放杂物", "mend_by": LATER}
    stranger = next(
        user for user in User.objects.exclude(person=None) if user.person_id not in {one.first_id, one.second_id}
        and Access(user, NOW).may("register.write", VILLAGE)
    )  # fmt: skip
    with pytest.raises(Refused, match="抽中的"):
        inspected(Access(stranger, NOW), one, **facts)
    with pytest.raises(Refused, match="整改到哪一天"):
        inspected(who(one.first), one, **facts | {"mend_by": None})
    inspected(who(one.first), one, **facts)
    credit = credit_of(homes, NOW)[one.facility_id]
    assert (credit.points, credit.grade) == (95, "A")
    assert credit_of(homes, LATER + dt.timedelta(days=1))[one.facility_id].points == 90, "mended too late"
    mended(access("approver", NOW), one, mended_on=NOW)
    assert credit_of(homes, LATER + dt.timedelta(days=1))[one.facility_id].points == 95


def test_a_penalty_lowers_the_credit_and_is_public_for_its_term(access, county):
    facility = home().facility
    decision = {
        "number": "晃民罚〔2026〕1号", "kind": "fine", "reason": "未按规定建立入院评估制度",
        "basis": "养老机构管理办法 第四十六条", "decided_on": NOW,
    }  # fmt: skip
    with pytest.raises(Refused, match="罚款金额"):
        punish(access("approver", NOW), facility, **decision)
    made = punish(access("approver", NOW), facility, fine_fen=100_000, **decision)
    assert (credit_of([facility], NOW)[facility.pk].grade, made.public_until > NOW) == ("B", True)
    page = Client().get("/elder-homes/", {"at": COUNTY}).content.decode()
    assert facility.name in page and "晃民罚〔2026〕1号" in page and "B级" in page
    assert credit_of([facility], NOW + dt.timedelta(days=366))[facility.pk].points == 100, "a year later"
    assert "高龄津贴" in Client().get("/elder-services/").content.decode()
