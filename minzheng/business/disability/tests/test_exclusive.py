"""The exclusivity matrix (handbook 0.4), written down a second time: every combination of facts, every pair of rights."""

from __future__ import annotations

import datetime as dt
from itertools import permutations, product

import pytest
from django.db import transaction

from minzheng.business.disability.tests.journey import household_of_one
from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.actions import grant
from minzheng.foundation.benefits.timeline import Why
from minzheng.foundation.rules import decide

ON = "2026-11-02"
NAMES = ("on_dibao", "on_tekun", "work_injury_care", "on_orphan", "on_unattended_full")
CODES = (
    "tekun",
    "orphan",
    "unattended",
    "living_subsidy",
    "nursing_subsidy",
    "elder_allowance",
    "elder_care",
)
NEVER = {
    frozenset(pair)
    for pair in (
        ("tekun", "orphan"),
        ("tekun", "unattended"),
        ("tekun", "living_subsidy"),
        ("tekun", "nursing_subsidy"),
        ("tekun", "elder_care"),
        ("orphan", "unattended"),
        ("orphan", "living_subsidy"),
    )
}


def subsidies(**facts) -> tuple[bool, bool, int]:
    """Living subsidy, nursing subsidy, and its whole fen a month, of a child of the second grade who needs care."""
    member = {
        "who": "本人", "relation": "本人", "birth_date": "2012-05-01", "custody_status": "无",
        "disability_type": "肢体", "disability_grade": "二级", "care_months": 6, **facts,
    }  # fmt: skip
    document = {"on": ON, "region": "431227", "standards": "demo", "amounts": "fen"}
    document |= {"household": {"category": "城市"}, "members": [member]}
    asked = ("living_subsidy", "nursing_subsidy", "nursing_subsidy_amount")
    found = decide(document, want=asked, about=0)
    return tuple(found[name] for name in asked)


def test_the_two_subsidies_go_beside_what_the_matrix_allows_and_beside_nothing_else():
    for flags in product((False, True), repeat=len(NAMES)):
        dibao, tekun, injury, orphan, unattended = flags
        living, nursing, _ = subsidies(**dict(zip(NAMES, flags, strict=True)))
        assert living is (dibao and not (tekun or injury or orphan or unattended)), flags
        assert nursing is not (tekun or injury), flags


def test_of_nursing_and_the_care_of_the_old_the_higher_one_is_paid():
    standard = subsidies()[2]
    assert [subsidies(elder_care_subsidy=standard + one)[1] for one in (-1, 0, 1)] == [True, False, False]


@pytest.mark.django_db
def test_no_two_rights_that_exclude_each_other_are_granted_in_either_order(cast, access):
    """From the very month; every other pair may be held together."""
    person = cast["xiuying"].person
    household_of_one(person)
    day = dt.date(2026, 11, 2)
    why = Why("granted", "测试", day)
    officer = access("approver", day)
    for first, second in permutations(CODES, 2):
        with transaction.atomic():
            grant(officer, person, code=first, amount_fen=100, why=why, applied_on=day, reached_on=day)
            try:
                with transaction.atomic():
                    grant(
                        officer, person, code=second, amount_fen=100, why=why, applied_on=day, reached_on=day
                    )
                refused = False
            except Refused as error:
                refused = True
                assert "不能同时享受" in str(error)
            transaction.set_rollback(True)
        assert refused is (frozenset((first, second)) in NEVER), (first, second)
