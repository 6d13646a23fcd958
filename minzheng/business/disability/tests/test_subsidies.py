"""The two subsidies from the application to the month's list (handbook EX06, EX16, EX18)."""

from __future__ import annotations

import datetime as dt

import pytest

from minzheng.business.disability.tests.journey import Journey, disabled, household_of_one
from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.actions import end, grant
from minzheng.foundation.benefits.models import Entitlement, State
from minzheng.foundation.benefits.timeline import Why, owed_in
from minzheng.foundation.cases.api import do_move, visible
from minzheng.foundation.cases.models import CaseClock
from minzheng.foundation.life_events.actions import undo_life_event
from minzheng.foundation.people.actions import record_life_event
from minzheng.foundation.people.models import FactSheet, LifeEventKind
from minzheng.foundation.regions.models import Region

MAY_31, JULY_12 = dt.date(2021, 5, 31), dt.date(2021, 7, 12)


@pytest.fixture
def xiuying(cast, access):
    """She is disabled, second grade, and her family receives dibao."""
    person = cast["xiuying"].person
    disabled(person)
    why = Why("granted", "测试", dt.date(2020, 12, 1))
    grant(
        access("approver", why.decided_on), household_of_one(person), code="dibao", amount_fen=55_000, why=why
    )
    return person


def month(text: str) -> dt.date:
    return dt.date.fromisoformat(f"{text}-01")


@pytest.mark.django_db
def test_it_pays_from_the_month_of_application(access, xiuying):
    """EX16: applied on 31 May, confirmed on 12 July; May, June and July are owed, 70 each."""
    Journey(access, "D1", MAY_31).granted(on=JULY_12)
    right = Entitlement.objects.get(benefit="living_subsidy")
    assert (right.person, right.household, right.since_month) == (xiuying, None, month("2021-05"))
    assert [owed_in(right, month(m)) for m in ("2021-04", "2021-05", "2021-07")] == [0, 7000, 7000]


@pytest.mark.django_db
def test_each_month_has_the_standard_of_its_own(access, xiuying):
    """Applied in December 2025, confirmed in January 2026, when the standard rose."""
    Journey(access, "D1", dt.date(2025, 12, 31)).granted(on=dt.date(2026, 1, 20))
    right = Entitlement.objects.get(benefit="living_subsidy")
    assert [owed_in(right, month(m)) for m in ("2025-12", "2026-01", "2026-02")] == [7000, 11000, 11000]


@pytest.mark.django_db
def test_both_subsidies_are_held_together(access, xiuying):
    """EX06: living and nursing, 140 in all."""
    Journey(access, "D1", MAY_31).granted(on=JULY_12)
    Journey(access, "D2", MAY_31, care_months=6).granted(on=JULY_12)
    rights = Entitlement.objects.filter(person=xiuying, benefit__endswith="subsidy")
    assert sum(owed_in(right, month("2021-07")) for right in rights) == 14_000


@pytest.mark.django_db
def test_it_is_refused_with_the_clause_when_care_is_short(access, xiuying):
    journey = Journey(access, "D2", MAY_31, care_months=5).proposed("propose_refuse")
    journey.move("approver", "refuse", {"opinion": "不满六个月。"})
    assert journey.case.reasons == ["需要长期照护不满规定时间（国发〔2015〕52号 二（二））"]
    assert not Entitlement.objects.filter(benefit="nursing_subsidy").exists()


@pytest.mark.django_db
def test_the_case_keeps_no_fact_that_its_rules_do_not_read(access, xiuying):
    FactSheet.objects.create(person=xiuying, values={"wage": 100}, source="税务", since=MAY_31)
    journey = Journey(access, "D1", MAY_31)
    journey.move("clerk", "accept")
    (only,) = journey.case.assessment["facts"]["members"]
    assert "wage" not in only and only["on_dibao"] is True
    assert journey.case.assessment["amount_fen"] == 7000


@pytest.mark.django_db
def test_one_who_is_not_on_dibao_any_more_is_refused(access, xiuying):
    right = Entitlement.objects.get(benefit="dibao", person=xiuying)
    end(access("approver", MAY_31), right, on=dt.date(2021, 4, 30), reason="review")
    journey = Journey(access, "D1", MAY_31)
    with pytest.raises(Refused, match="不符合条件"):
        journey.proposed("propose_grant")
    assert journey.case.assessment["reasons"] == ["不属于最低生活保障家庭（国发〔2015〕52号 二（一））"]


@pytest.mark.django_db
def test_a_death_stops_it_and_closes_the_case(access, xiuying):
    """DC7: the month of death is the last."""
    journey = Journey(access, "D1", MAY_31).granted(on=JULY_12)
    died_on = dt.date(2021, 9, 2)
    record_life_event(
        access("clerk", dt.date(2021, 11, 8)), xiuying, LifeEventKind.DEATH, died_on, "公安注销"
    )
    right = Entitlement.objects.get(benefit="living_subsidy")
    assert (right.state, right.until_month, right.end_reason) == (State.ENDED, month("2021-09"), "death")
    journey.case.refresh_from_db()
    assert journey.case.step == "ended"


@pytest.mark.django_db
def test_a_death_told_at_the_case_ends_it_in_one_move(access, xiuying):
    journey = Journey(access, "D1", MAY_31).granted(on=JULY_12)
    journey.on = dt.date(2021, 11, 8)
    journey.move("clerk", "death", {"died_on": "2021-09-02", "source": "死亡证明"})
    assert journey.case.step == "ended"
    assert Entitlement.objects.get(benefit="living_subsidy").until_month == month("2021-09")


@pytest.mark.django_db
def test_it_is_accepted_elsewhere_and_decided_at_home(access, xiuying):
    """Cross-province: three working days to pass on, ten to decide; the limits stand with their basis."""
    on = dt.date(2026, 3, 2)
    xiuying.hukou_region = Region.objects.create(
        code="431228001001",
        name="测试村",
        full_name="湖南省怀化市芷江侗族自治县测试村",
        level=5,
        parent_id="431228000000",
        since=dt.date(2000, 1, 1),
        source="测试",
    )
    xiuying.save()
    journey = Journey(access, "D1", on)
    journey.move("clerk", "accept")
    case = journey.case
    assert (case.step, case.track) == ("transfer", "away")
    clock = CaseClock.objects.get(case=case, key="transfer")
    assert clock.due_on == dt.date(2026, 3, 5)
    journey.move("clerk", "transfer")
    assert (case.step, case.region_id) == ("review", "431228001001")
    assert case.accepted_in_id == "431227107203"
    assert CaseClock.objects.get(case=case, key="home").due_on == dt.date(2026, 3, 16)
    assert visible(access("outsider", on)).filter(pk=case.pk).exists()
    assert visible(access("clerk", on)).filter(pk=case.pk).exists()  # whoever accepted it may follow it
    with pytest.raises(Exception, match="没有办理这一步的权限"):
        do_move(access("township", on), case, "propose_grant", {"opinion": "同意。"})


def test_an_application_ends_with_the_applicant_and_goes_on_when_nobody_died(xiuying, access):
    """No decision is made about the dead, and no clock runs; an undone death brings the case back as it stood."""
    way = Journey(access, "D1", MAY_31).proposed()
    before = (way.case.step, way.case.due_on, way.case.clocks.filter(stopped_on=None).count())
    assert before[2] > 0
    event = record_life_event(access("clerk", MAY_31), xiuying, LifeEventKind.DEATH, MAY_31, "公安注销")
    way.case.refresh_from_db()
    assert (way.case.get_outcome_display(), way.case.closed_on) == ("申请人去世，终止办理", MAY_31)
    assert not way.case.clocks.filter(stopped_on=None).exists()
    undo_life_event(access("reviewer", JULY_12), event, "同名误登")
    way.case.refresh_from_db()
    assert (way.case.step, way.case.due_on, way.case.clocks.filter(stopped_on=None).count()) == before
    assert (way.case.outcome, way.case.closed_on, way.case.review_due) == ("", None, None)
    way.on = JULY_12
    way.move("reviewer", "compare", {"result": "证件有效，与台账一致"})
    assert way.case.at_step.key == "confirm"
