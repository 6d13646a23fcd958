"""Granting, changing and stopping, month by month."""

from dataclasses import replace

import pytest

from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.benefits import actions
from minzheng.foundation.benefits.models import Entitlement, State
from minzheng.foundation.benefits.tests.making import (
    FAMILY,
    day,
    grant_family,
    grant_nursing,
    make_household,
    make_person,
    month,
    why,
)
from minzheng.foundation.benefits.timeline import Span, owed_in
from minzheng.foundation.benefits.words import Benefit, Exclusion
from minzheng.foundation.registry.words import shelf


def owed(entitlement, *months):
    """Yuan owed in each month."""
    entitlement.refresh_from_db()
    return [owed_in(entitlement, month(text)) / 100 for text in months]


def test_it_pays_from_the_month_after_the_decision(approver):
    right = grant_family(approver, decided_on="2026-02-28")
    assert owed(right, "2026-02", "2026-03", "2030-12") == [0, 630, 630]


def test_it_records_who_granted_and_about_whom(approver):
    right = grant_family(approver)
    entry = AuditEntry.objects.get(action="entitlement.grant")
    assert entry.actor == approver.user
    assert entry.persons == [right.person_id]


def test_it_changes_the_amount_from_the_month_after_the_new_decision(approver):
    right = grant_family(approver)
    actions.change_amount(approver, right, amount_fen=40000, why=why("2026-05-31", "review"))
    assert owed(right, "2026-05", "2026-06") == [630, 400]


def test_it_keeps_the_superseded_amount_with_its_decision(approver):
    right = grant_family(approver)
    actions.change_amount(approver, right, amount_fen=40000, why=why("2026-05-31", "review"))
    kept = right.amounts.exclude(superseded_at=None).get()
    assert (kept.amount_fen, kept.until_month) == (63000, None)


def test_it_lays_a_new_standard_over_past_months_and_leaves_later_changes_alone(approver):
    right = grant_nursing(approver, 9000, applied_on="2025-12-05")
    actions.change_amount(approver, right, amount_fen=9500, why=why("2026-02-10"))
    actions.restate(
        approver,
        right,
        spans=[Span(month("2026-01"), month("2026-02"), 11000)],
        why=why("2026-04-01", "standard"),
    )
    assert owed(right, "2025-12", "2026-01", "2026-02", "2026-03") == [90, 110, 110, 95]


def test_it_goes_on_for_six_months_after_a_verified_rise_and_then_stops(approver):
    """EX34: verified in March; the old 630.00 continues April to September, stops in October."""
    right = grant_family(approver, decided_on="2025-12-10")
    actions.gradual_exit(approver, right, verified_on=day("2026-03-31"), months=6)
    assert owed(right, "2026-03", "2026-04", "2026-09", "2026-10") == [630, 630, 630, 0]
    assert right.state == State.EXITING


@pytest.mark.parametrize(
    ("died_on", "last_paid", "first_unpaid"),
    [
        ("2026-03-31", "2026-03", "2026-04"),
        ("2026-04-01", "2026-04", "2026-05"),
        ("2026-03-01", "2026-03", "2026-04"),
    ],
)
def test_it_owes_the_month_of_death_and_nothing_after(approver, died_on, last_paid, first_unpaid):
    right = grant_nursing(approver)
    actions.on_death(approver, right, died_on=day(died_on), why=why("2026-05-08"))
    assert owed(right, last_paid, first_unpaid) == [70, 0]
    assert right.state == State.ENDED


def test_it_voids_a_right_whose_holder_died_before_it_began(approver):
    right = grant_nursing(approver, applied_on="2026-03-01")
    actions.on_death(approver, right, died_on=day("2026-02-27"), why=why("2026-05-08"))
    assert right.pk and owed(right, "2026-03", "2026-04") == [0, 0]
    assert right.state == State.VOID


def test_it_lowers_a_familys_amount_from_the_month_after_a_members_death(approver):
    right = grant_family(approver)
    actions.on_death(approver, right, died_on=day("2026-03-02"), why=why("2026-05-08"), recomputed_fen=40000)
    assert owed(right, "2026-03", "2026-04", "2026-06") == [630, 400, 400]


def test_it_lowers_the_amount_when_the_death_is_decided_in_its_own_month(approver):
    right = grant_family(approver)
    actions.on_death(approver, right, died_on=day("2026-03-02"), why=why("2026-03-28"), recomputed_fen=40000)
    assert owed(right, "2026-03", "2026-04") == [630, 400]


def test_it_does_not_back_pay_a_family_whose_amount_rises_by_a_death(approver):
    """DC7: under-payment before the decision is not back-paid unless the province says so."""
    right = grant_family(approver)
    actions.on_death(approver, right, died_on=day("2026-03-02"), why=why("2026-05-08"), recomputed_fen=80000)
    assert owed(right, "2026-04", "2026-05", "2026-06") == [630, 630, 800]


def test_it_back_pays_a_rise_by_death_where_the_province_says_so(approver):
    right = grant_family(approver)
    actions.on_death(
        approver, right, died_on=day("2026-03-02"), why=why("2026-05-08"), recomputed_fen=80000, back_pay=True
    )
    assert owed(right, "2026-03", "2026-04") == [630, 800]


def test_it_can_still_correct_an_ended_right_for_a_death_found_late(approver):
    right = grant_nursing(approver)
    actions.end(approver, right, on=day("2026-06-15"), reason="review")
    actions.on_death(approver, right, died_on=day("2026-03-02"), why=why("2026-07-08"))
    assert owed(right, "2026-03", "2026-04") == [70, 0]


def test_it_never_prolongs_a_right_by_ending_it_again(approver):
    right = grant_nursing(approver)
    actions.end(approver, right, on=day("2026-03-15"), reason="review")
    actions.end(approver, right, on=day("2026-06-15"), reason="review")
    assert owed(right, "2026-03", "2026-04") == [70, 0]


def test_it_keeps_suspended_money_owed_and_forfeits_it_only_by_decision(approver):
    right = grant_nursing(approver)
    actions.suspend(approver, right, from_month=month("2026-03"), reason="两次联系不上")
    assert owed(right, "2026-03") == [70]
    actions.resume(approver, right, from_month=month("2026-05"), pay_held=False, why=why("2026-05-06"))
    assert owed(right, "2026-02", "2026-03", "2026-04", "2026-05") == [70, 0, 0, 70]


def test_it_refuses_the_same_benefit_twice_for_anyone_in_the_family(approver):
    household = make_household("吴老三", "杨妹")
    grant_family(approver, household=household)
    with pytest.raises(Refused, match="不能重复确认"):
        grant_family(approver, household=household, person=household.memberships.last().person)
    assert Entitlement.objects.count() == 1


def test_it_grants_again_after_the_old_right_has_ended(approver):
    household = make_household()
    old = grant_family(approver, household=household)
    actions.end(approver, old, on=day("2026-05-20"), reason="review")
    new = grant_family(approver, household=household, decided_on="2026-05-28")
    assert (owed(old, "2026-05", "2026-06"), owed(new, "2026-05", "2026-06")) == ([630, 0], [0, 630])


def test_it_refuses_a_benefit_that_another_one_excludes_and_cites_why(approver, monkeypatch):
    household = make_household()
    grant_nursing(approver, person=household.head)
    excluding = replace(FAMILY, excludes=(Exclusion("test_nursing", "国发〔2016〕14号"),))
    monkeypatch.setitem(shelf(Benefit)._found, FAMILY.code, excluding)
    with pytest.raises(Refused, match="国发〔2016〕14号"):
        grant_family(approver, household=household)


def test_it_refuses_a_personal_benefit_for_a_household(approver):
    with pytest.raises(Refused, match="按个人确认"):
        actions.grant(approver, make_household(), code="test_nursing", amount_fen=7000, why=why("2026-01-01"))


def test_it_refuses_to_change_an_ended_right(approver):
    right = grant_nursing(approver, person=make_person())
    actions.end(approver, right, on=day("2026-03-15"), reason="review")
    with pytest.raises(Refused, match="已经停发"):
        actions.change_amount(approver, right, amount_fen=8000, why=why("2026-04-01"))
