"""One member of a dibao family becomes a 特困人员: nobody is paid twice, the family goes on without (handbook 0.4)."""

from __future__ import annotations

import datetime as dt

import pytest

from minzheng.business.assistance.dibao.apart import recount_families
from minzheng.business.assistance.tests.families import ex02, member, monthly
from minzheng.demo.cast import VILLAGE
from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.actions import end, grant
from minzheng.foundation.benefits.models import Entitlement, State
from minzheng.foundation.benefits.timeline import Why, owed_in
from minzheng.foundation.people.models import Person

pytestmark = pytest.mark.django_db
OPINION = {"opinion": "同意。"}
GRANDMOTHER = "431227194003070025"


def month(number: int) -> dt.date:
    return dt.date(2026, number, 1)


def with_grandmother(id_no: str):
    """Three persons, 900 a month in all: 1650 − 900 = 750.00; without the old woman 1100 − 900 = 200.00."""
    from minzheng.business.assistance.tests.families import identity

    data = ex02(id_no)
    data["members"][0]["wage"] = monthly(900)
    old = member("杨满秀", identity(GRANDMOTHER[:17]), "父母", labour_ability="无")
    data["members"].append(old)
    return data


def right() -> Entitlement:
    return Entitlement.objects.get(benefit="dibao")


@pytest.fixture
def family(journey):
    way = journey(with_grandmother).granted()
    assert way.case.amount_fen == 75_000
    return way


def supported(access, person: Person, decided: dt.date) -> Entitlement:
    why = Why("granted", "民发〔2021〕43号", decided)
    return grant(
        access("approver", decided), person, code="tekun", amount_fen=97_500, why=why, grade="分散供养"
    )


def reviewed(way, day: dt.date, key: str):
    way.today = day
    way.case.refresh_from_db()
    way.data_check()
    way.visit().move("clerk", "evaluate")
    way.move("clerk", key, OPINION)
    if way.case.step == "hearing":
        way.move("township", "hear", {"heard_on": str(way.today), "way": "当面", "statement": "没有意见。"})
    return way


@pytest.mark.covers("S-040", by="minzheng/business/assistance/dibao/apart.py", screen="/desk/cases/<number>/")
def test_the_family_goes_on_without_her_from_the_month_in_which_her_support_begins(family, access):
    """Confirmed on 20 May, supported from June; the review is decided on 15 July: June and July were paid in full,
    so 550.00 is recovered for each; from August 200.00."""
    old = Person.objects.get(name="杨满秀")
    supported(access, old, dt.date(2026, 5, 20))
    assert [recount_families(day) for day in (dt.date(2026, 5, 31), month(6), dt.date(2026, 6, 2))] == [
        0,
        1,
        0,
    ]
    family.case.refresh_from_db()
    assert family.case.step == "review"
    reviewed(family, dt.date(2026, 7, 15), "propose_cut").move("approver", "confirm_change", OPINION)
    assert [owed_in(right(), month(one)) for one in (5, 6, 7, 8)] == [75_000, 20_000, 20_000, 20_000]
    assert recount_families(dt.date(2026, 7, 16)) == 0


def test_she_comes_back_into_the_count_when_her_support_has_ended(family, access):
    old = Person.objects.get(name="杨满秀")
    support = supported(access, old, dt.date(2026, 5, 20))
    recount_families(month(6))
    reviewed(family, dt.date(2026, 6, 10), "propose_cut").move("approver", "confirm_change", OPINION)
    end(access("approver", dt.date(2026, 9, 5)), support, on=dt.date(2026, 9, 5), reason="confirm_end")
    assert [recount_families(day) for day in (dt.date(2026, 9, 30), month(10))] == [0, 1]
    reviewed(family, dt.date(2026, 10, 12), "propose_raise").move("approver", "confirm_change", OPINION)
    assert [owed_in(right(), month(one)) for one in (9, 10, 11)] == [20_000, 20_000, 75_000]


def test_the_right_passes_to_somebody_else_when_its_holder_is_supported(family, access, cast):
    supported(access, cast["xiuying"].person, dt.date(2026, 5, 20))
    recount_families(month(6))
    reviewed(family, dt.date(2026, 6, 10), "propose_raise").move("approver", "confirm_change", OPINION)
    assert right().person != cast["xiuying"].person and right().payee == right().person


def test_nobody_is_left_so_it_ends_with_the_month_before_and_without_a_gradual_exit(journey, access, cast):
    def alone(id_no):
        data = ex02(id_no)
        del data["members"][1]
        data["members"][0].update(income_kinds=["none"], labour_ability="无")
        data["members"][0].pop("wage")
        return data

    way = journey(alone).granted()
    supported(access, cast["xiuying"].person, dt.date(2026, 5, 20))
    assert recount_families(month(6)) == 1
    reviewed(way, dt.date(2026, 6, 10), "propose_end")
    with pytest.raises(Refused, match="没有渐退期"):
        way.move("approver", "confirm_exit", OPINION)
    way.case.refresh_from_db()
    way.move("approver", "confirm_stop", OPINION)
    assert (right().state, right().until_month) == (State.ENDED, month(5))


def test_a_family_with_a_supported_member_may_apply_and_is_paid_for_the_others(journey, access, cast):
    """She is supported already: 1100 − 900 for the two others."""
    from minzheng.business.assistance.tests.families import identity

    old = Person.objects.create(
        name="杨满秀",
        id_no=identity(GRANDMOTHER[:17]),
        sex="2",
        birth_date=dt.date(1940, 3, 7),
        region_id=VILLAGE,
    )
    supported(access, old, dt.date(2026, 1, 20))
    assert journey(with_grandmother).granted().case.amount_fen == 20_000
