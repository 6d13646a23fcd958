"""After the grant, on the same case: review, raise, cut, gradual exit (EX34), stop, death (DC7)."""

import datetime as dt

import pytest

from minzheng.business.assistance.tests.families import FATHER, ex02, monthly
from minzheng.demo.cast import COUNTY, VILLAGE
from minzheng.foundation.accounts.models import Assignment, Role
from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.models import Entitlement, State
from minzheng.foundation.benefits.timeline import owed_in
from minzheng.foundation.cases.api import todo
from minzheng.foundation.cases.engine import do_move
from minzheng.foundation.cases.system import SystemAccess
from minzheng.foundation.emergencies import actions as emergencies
from minzheng.foundation.emergencies.models import HeldStop, NoExit
from minzheng.foundation.people.actions import record_life_event
from minzheng.foundation.people.models import LifeEventKind, Person

OPINION = {"opinion": "同意。"}


def month(number: int, year: int = 2026) -> dt.date:
    return dt.date(year, number, 1)


@pytest.fixture
def granted(journey):
    """EX01's family, confirmed in March 2026: 630.00 from April on."""
    return journey().granted()


def reviewed(way, day: str, wage: int):
    """A regular review that finds the given monthly wage."""
    way.today = dt.date.fromisoformat(day)
    way.move("clerk", "start_review", {"kind": "regular"})
    rows = way.prefilled("data_check")["members"]
    rows[0]["wage"] = monthly(wage)
    way.data_check(members=rows)
    way.visit().move("clerk", "evaluate")
    return way


def heard(way):
    way.move("township", "hear", {"heard_on": str(way.today), "way": "当面", "statement": "没有意见。"})
    return way


def entitlement(way):
    return Entitlement.objects.get(case_id=way.case.pk)


def test_it_sets_the_next_review_half_a_year_on_for_a_family_that_works(granted):
    assert granted.case.review_due == dt.date(2026, 9, 14)


def test_it_sets_the_next_review_a_year_on_for_a_family_that_cannot_work(journey):
    def nobody_works(id_no):
        data = ex02(id_no)
        for one in data["members"]:
            one.update(labour_ability="无", income_kinds=["none"])
        return data

    assert journey(nobody_works).granted().case.review_due == dt.date(2027, 3, 14)


def test_it_puts_a_granted_case_on_the_clerks_list_thirty_days_before_its_review(granted):
    granted.today = dt.date(2026, 8, 14)
    assert granted.case not in todo(granted.as_("clerk"))
    granted.today = dt.date(2026, 8, 15)
    assert granted.case in todo(granted.as_("clerk"))


@pytest.mark.covers(
    "S-031", by="minzheng/business/assistance/dibao/review.py", screen="/desk/cases/<number>/"
)
def test_it_finishes_a_review_that_finds_the_same(granted):
    reviewed(granted, "2026-09-01", 1020).move("clerk", "unchanged", OPINION)
    assert granted.case.step == "active"
    assert granted.case.review_due == dt.date(2027, 3, 1)
    assert granted.case.reviews.get().result == "unchanged"


def test_it_lets_no_review_end_as_unchanged_when_the_amount_is_another(granted):
    reviewed(granted, "2026-09-01", 900)
    with pytest.raises(Refused, match=r"750\.00元，与现在的 630\.00元 不同"):
        granted.move("clerk", "unchanged", OPINION)


def test_it_raises_from_the_month_after_the_decision(granted):
    reviewed(granted, "2026-09-01", 900).move("clerk", "propose_raise", OPINION)
    granted.move("approver", "confirm_change", OPINION)
    assert granted.case.amount_fen == 75_000
    assert owed_in(entitlement(granted), month(9)) == 63_000
    assert owed_in(entitlement(granted), month(10)) == 75_000


def test_it_hears_the_family_before_a_cut_and_tells_it_in_writing(granted):
    reviewed(granted, "2026-09-01", 1300)
    with pytest.raises(Refused, match="没有高于"):
        granted.move("clerk", "propose_raise", OPINION)
    granted.move("clerk", "propose_cut", OPINION)
    assert granted.case.step == "hearing"
    heard(granted).move("approver", "confirm_change", OPINION)
    assert owed_in(entitlement(granted), month(10)) == 35_000
    assert granted.case.notices.get(kind="changed").body["amount_fen"] == 35_000


def test_it_lets_the_reviewer_of_this_round_not_confirm_but_last_years_may(granted, cast):
    Assignment.objects.create(
        user=cast["clerk"], role=Role.COUNTY_APPROVER, region_id="431227000000", since=dt.date(2020, 1, 1)
    )
    reviewed(granted, "2026-09-01", 900).move("clerk2", "propose_raise", OPINION)
    with pytest.raises(Refused, match="另一位工作人员"):
        granted.move("clerk", "confirm_change", OPINION)
    granted.move("approver", "confirm_change", OPINION)


@pytest.mark.covers(
    "S-039", by="minzheng/business/assistance/dibao/review.py", screen="/desk/cases/<number>/"
)
def test_it_goes_on_for_six_months_at_the_old_amount_in_gradual_exit(granted):
    """EX34: verified in March, 630.00 until September, nothing in October."""
    reviewed(granted, "2026-03-31", 1800).move("clerk", "propose_end", OPINION)
    heard(granted).move("approver", "confirm_exit", OPINION)
    assert (granted.case.step, granted.case.ends_on) == ("exiting", dt.date(2026, 9, 30))
    paid = [owed_in(entitlement(granted), month(number)) for number in range(4, 11)]
    assert paid == [63_000] * 6 + [0]


@pytest.mark.covers("S-039", by="minzheng/foundation/cases/jobs.py")
def test_it_ends_the_gradual_exit_by_itself_after_its_last_day(granted):
    reviewed(granted, "2026-03-31", 1800).move("clerk", "propose_end", OPINION)
    heard(granted).move("approver", "confirm_exit", OPINION)
    with pytest.raises(Refused, match="渐退期到 2026-09-30 止"):
        do_move(SystemAccess.on(dt.date(2026, 9, 30)), granted.case, "finish_exit")
    do_move(SystemAccess.on(dt.date(2026, 10, 1)), granted.case, "finish_exit")
    assert granted.case.status == "ended" and entitlement(granted).until_month == month(9)


def test_it_stops_with_reasons_after_a_hearing(granted):
    reviewed(granted, "2026-09-01", 1800).move("clerk", "propose_end", OPINION)
    with pytest.raises(LookupError):
        granted.case.at_step.move("confirm_stop")
    heard(granted).move("approver", "confirm_stop", OPINION)
    assert entitlement(granted).state == State.ENDED
    assert owed_in(entitlement(granted), month(9)) == 63_000
    assert owed_in(entitlement(granted), month(10)) == 0
    reasons = granted.case.notices.get(kind="stopped").body["reasons"]
    assert any("人均收入不低于" in reason for reason in reasons)


@pytest.mark.covers("S-244", by="minzheng/foundation/emergencies", screen="/desk/registers/no-exits/")
def test_it_stops_nobody_while_the_emergency_order_runs_and_looks_again_afterwards(granted, access):
    """Both sides of the first and of the last day; entered and confirmed by two persons; the next village is elsewhere."""
    first, last = dt.date(2026, 9, 2), dt.date(2026, 9, 30)
    order = NoExit.objects.create(
        region_id=COUNTY, since=first, until=last, reason="疫情防控", document="联防联控3号",
        maker=access("reviewer", first).user.person,
    )  # fmt: skip
    reviewed(granted, "2026-09-01", 1800).move("clerk", "propose_end", OPINION)
    heard(granted)
    with pytest.raises(Refused, match="同一个人"):
        emergencies.confirm(access("approver", first), entered_by(access("approver", first), order))
    entered_by(access("reviewer", first), order)
    assert not emergencies.no_exit(VILLAGE, first), "nobody has confirmed it"
    emergencies.confirm(access("approver", first), order)
    days = [first - dt.timedelta(days=1), first, last, last + dt.timedelta(days=1)]
    assert [emergencies.no_exit(VILLAGE, day) for day in days] == [False, True, True, False]
    assert not emergencies.no_exit("431228101200", first)
    granted.today = last
    with pytest.raises(Refused, match="应急期间暂不退出"):
        granted.move("approver", "confirm_stop", OPINION)
    granted.move("approver", "keep", OPINION)
    assert granted.case.step == "active" and granted.case.reviews.get().result == "keep"
    held = HeldStop.objects.get(case=granted.case)
    assert held.was_fen == 63_000 and held.reasons
    assert [emergencies.look_again(day) for day in (last, days[3], days[3])] == [0, 1, 0]
    granted.case.refresh_from_db()
    assert granted.case.step == "review"


def entered_by(officer, order):
    """The same order, as if this officer had entered it."""
    NoExit.objects.filter(pk=order.pk).update(maker=officer.user.person)
    return order


def test_it_ends_at_the_familys_own_wish(granted):
    granted.today = dt.date(2026, 5, 6)
    granted.move("xiuying", "give_up", {"reason": "儿子工作了，不需要了。"})
    granted.move("approver", "confirm_give_up", OPINION)
    assert granted.case.status == "ended"
    assert owed_in(entitlement(granted), month(6)) == 0


def test_it_recounts_the_family_after_a_death_from_the_month_after(granted):
    """DC7: 630.00 for three until the month of death, then 1100 − 1020 = 80.00 for two."""
    granted.today = dt.date(2026, 6, 10)
    record = {"id_no": FATHER, "died_on": "2026-05-31", "source": "死亡证明"}
    granted.move("helper", "death", record)
    assert granted.case.clocks.get(key="death").due_on == dt.date(2026, 9, 10)
    granted.move("clerk", "propose_after_death", OPINION)
    granted.move("approver", "confirm_change", OPINION)
    assert granted.case.amount_fen == 8_000
    assert [owed_in(entitlement(granted), month(number)) for number in (5, 6, 7)] == [63_000, 8_000, 8_000]
    assert Person.objects.get(id_no=FATHER).died_on == dt.date(2026, 5, 31)


def test_it_opens_the_review_by_itself_when_the_registry_reports_the_death(granted):
    granted.today = dt.date(2026, 6, 10)
    father = Person.objects.get(id_no=FATHER)
    record_life_event(granted.as_("clerk"), father, LifeEventKind.DEATH, dt.date(2026, 6, 1), "公安注销")
    granted.case.refresh_from_db()
    assert granted.case.step == "review"
    assert granted.case.reviews.get().kind == "death"
    assert granted.case.assessment["amount_fen"] == 8_000


def test_it_ends_with_the_month_in_which_the_last_member_died(journey):
    def alone(id_no):
        data = ex02(id_no)
        del data["members"][1]
        data["members"][0].update(income_kinds=["none"], labour_ability="无")
        data["members"][0].pop("wage")
        return data

    way = journey(alone).granted()
    way.today = dt.date(2026, 7, 3)
    way.move(
        "helper", "death", {"id_no": way.case.applicant.id_no, "died_on": "2026-06-30", "source": "火化证明"}
    )
    way.move("clerk", "propose_after_death", OPINION)
    with pytest.raises(Refused, match="没有渐退期"):
        way.move("approver", "confirm_exit", OPINION)
    way.move("approver", "confirm_stop", OPINION)
    assert owed_in(entitlement(way), month(6)) == 55_000
    assert owed_in(entitlement(way), month(7)) == 0
