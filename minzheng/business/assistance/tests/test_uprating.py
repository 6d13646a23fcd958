"""A higher dibao standard reaches families and 特困 by the very facts on which they were confirmed (S-032)."""

from __future__ import annotations

import datetime as dt

import pytest

from minzheng.business.assistance.tests.tekun_journey import Journey as Tekun
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.benefits.timeline import owed_in
from minzheng.foundation.people.models import FactSheet
from minzheng.foundation.uprating.tests.raising import previewed, raised

OCTOBER, TODAY = "2026-10", "2026-11-05"


@pytest.fixture(autouse=True)
def county(settings, cast):
    """Urban dibao 550 until September, 600 from October."""
    settings.STANDARDS_SET = "demo-uprated"


def owed(benefit: str, *months: str) -> list[int]:
    right = Entitlement.objects.get(benefit=benefit)
    return [owed_in(right, dt.date.fromisoformat(f"{month}-01")) for month in months]


@pytest.mark.covers("S-032", by="minzheng/foundation/uprating", screen="/desk/uprating/")
def test_it_tops_a_family_up_to_the_new_standard_and_its_case_says_so(journey, access):
    """EX01: 3 × 600 − 1020 = 780.00; nobody is visited again for it."""
    case = journey().granted().case
    made = raised(access, "dibao", OCTOBER, TODAY)
    assert (made.rights, made.held, made.monthly_fen) == (1, 0, 15_000)
    assert owed("dibao", "2026-09", "2026-10") == [63_000, 78_000]
    case.refresh_from_db()
    assert (case.step, case.amount_fen) == ("active", 78_000)
    laid = Entitlement.objects.get(benefit="dibao").amounts.get(until_month=None, superseded_at=None)
    assert (laid.reason, laid.cite) == ("standard", "新民发〔2026〕9号")
    assert laid.decision["facts"]["members"], "the next uprating rests on the same facts"
    assert previewed(access, "dibao", OCTOBER, TODAY).state == "dropped"


def test_what_was_learnt_since_waits_for_a_review_and_does_not_slip_in(journey, access):
    """The father has found work: the standard is applied to the confirmed facts, the wage comes with the review."""
    case = journey().granted().case
    father = case.persons.get(name="吴永贵").person
    FactSheet.objects.create(
        person=father, values={"wage": 12_000_000}, source="核对", since=dt.date(2026, 6, 1)
    )
    raised(access, "dibao", OCTOBER, TODAY)
    assert owed("dibao", "2026-10") == [78_000]


def test_it_raises_tekun_with_its_obligors_as_they_were_found(cast, access):
    """715 + 260 becomes 780 + 260: the basic part is 1.3 times dibao, the care part stays."""
    Tekun(access, on=dt.date(2026, 7, 1)).granted()
    made = raised(access, "tekun", OCTOBER, TODAY)
    assert (made.rights, made.held, made.monthly_fen) == (1, 0, 6_500)
    assert owed("tekun", "2026-09", "2026-10", "2026-11") == [97_500, 104_000, 104_000]
