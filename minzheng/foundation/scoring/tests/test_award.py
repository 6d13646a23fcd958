"""A ranking by score, and an award shared out to the last fen."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minzheng.demo.cast import COUNTY
from minzheng.foundation.regions.models import Region
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.scoring.applying import Score, apply_rating, hand_in_self, score_self
from minzheng.foundation.scoring.awards import ranking, split, split_award
from minzheng.foundation.scoring.judging import (
    appoint,
    declare_no_tie,
    finish_site,
    score_site,
)
from minzheng.foundation.scoring.models import Duty, State
from minzheng.foundation.scoring.words import ScoreSheet

pytestmark = pytest.mark.django_db


@given(st.integers(1, 10**10), st.lists(st.integers(0, 1000), min_size=1, max_size=30))
@settings(max_examples=50, deadline=None)
def test_it_shares_an_award_out_to_the_last_fen_and_never_pays_less_for_more(pool, weights):
    shares = split(pool, dict(enumerate(weights)))
    assert sum(shares.values()) == (pool if any(weights) else 0)
    ordered = sorted(range(len(weights)), key=lambda one: weights[one])
    assert all(shares[a] <= shares[b] + 1 for a, b in pairwise(ordered))


@pytest.mark.covers("S-068", by="minzheng/foundation/scoring/awards.py", screen="/desk/ratings/ranking/")
def test_it_ranks_by_score_and_splits_an_award_exactly(office):
    county = Region.objects.get(code=COUNTY)
    for name, percent in (("晃州镇", 90), ("波洲镇", 60)):
        sheet = shelf(ScoreSheet).get("assistance_performance")
        scores = {
            code: Score(-(-item.most * percent // 100)) for code, item in sheet.versions[0].items.items()
        }
        one = apply_rating(office.on("reviewer"), sheet=sheet.code, region=county, name=name)
        score_self(office.on("reviewer"), one, scores)
        hand_in_self(office.on("reviewer"), one)
        appoint(office.on("approver"), one, users=[office.cast["e1"], office.cast["e2"]], duty=Duty.SITE)
        for judge in ("e1", "e2"):
            declare_no_tie(office.on(judge), one)
            score_site(office.on(judge), one, scores)
            finish_site(office.on(judge), one)
        assert one.state == State.SCORED
    assert [one.name for one in ranking("assistance_performance", county, 2026)] == ["晃州镇", "波洲镇"]
    made = split_award(
        office.on("approver"), county, sheet="assistance_performance", year=2026, pool_fen=100_00
    )
    # 92 and 60 points of 152: 60.526… and 39.473… yuan; the fen that is left goes to the larger remainder.
    assert sorted(made.shares.values()) == [39_47, 60_53]
