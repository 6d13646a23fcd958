"""What a wedding or a divorce at the registry sets in motion in the other lines (handbook 0.7): nothing is changed by it
alone, and everything that rests on the family comes onto somebody's desk."""

import datetime as dt

import pytest

from minzheng.business.assistance.tests.families import ex01
from minzheng.business.assistance.tests.journey import Journey as Dibao
from minzheng.business.children.models import Parent
from minzheng.business.children.tests.journey import FATHER_DEAD, MOTHER_IN_PRISON, a_child
from minzheng.business.children.tests.journey import Journey as Recognition
from minzheng.business.disability.tests.journey import Journey as Subsidy
from minzheng.business.disability.tests.journey import disabled
from minzheng.foundation.people.actions import record_life_event
from minzheng.foundation.people.models import LifeEventKind
from minzheng.foundation.tasks.models import Task

pytestmark = pytest.mark.django_db
APPLIED, GRANTED, ON = dt.date(2026, 3, 2), dt.date(2026, 3, 20), dt.date(2026, 9, 7)


@pytest.fixture
def lives(access, cast, settings, tmp_path):
    """杨秀英 heads a family on dibao, draws the nursing subsidy, and is the mother of a child who is looked after."""
    settings.MEDIA_ROOT = tmp_path
    xiuying = cast["xiuying"].person
    family = Dibao(access, ex01(xiuying.id_no)).granted().case
    disabled(xiuying)
    nursing = Subsidy(access, "D2", APPLIED, care_months=8).granted(GRANTED).case
    child = (
        Recognition(access, "C2", a_child(), APPLIED, **FATHER_DEAD, **MOTHER_IN_PRISON).granted(GRANTED).case
    )
    Parent.objects.filter(child=child.applicant, side="mother").update(person=xiuying)
    return xiuying, {"A1 低保": family, "D2 护理补贴": nursing, "C2 事实无人抚养": child}


@pytest.mark.parametrize("kind", [LifeEventKind.MARRIAGE, LifeEventKind.DIVORCE])
def test_every_line_that_rests_on_the_family_looks_again_once(lives, access, kind):
    xiuying, cases = lives
    before = {}
    for name, case in cases.items():
        case.refresh_from_db()
        assert case.status == "active", name
        before[name] = (case.step, case.round, case.amount_fen)
    record_life_event(access("clerk", ON), xiuying, kind, ON, "婚姻登记")
    for name, case in cases.items():
        case.refresh_from_db()
        step, number, amount = before[name]
        assert case.step != step and case.round == number + 1, f"{name}没有进入复核"
        assert (case.status, case.amount_fen) == ("active", amount), f"{name}未经复核就变了"
    told = Task.objects.filter(
        title="核实家庭成员变化", household=xiuying.memberships.get(until=None).household
    )
    assert told.count() == 1
