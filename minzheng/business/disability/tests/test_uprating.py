"""A standard rises, perhaps for months that were paid already (EX17, S-135): once for each person and month."""

from __future__ import annotations

import datetime as dt

import pytest

from minzheng.business.disability.tests.journey import disabled, household_of_one
from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.actions import change_amount, grant
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.benefits.tests.making import make_person
from minzheng.foundation.benefits.timeline import Why, owed_in
from minzheng.foundation.payments.models import Arrear
from minzheng.foundation.payments.tests.office import Office, assert_proven, lines_of
from minzheng.foundation.uprating import laying
from minzheng.foundation.uprating.models import State
from minzheng.foundation.uprating.tests.raising import confirmed, previewed, raised

pytestmark = pytest.mark.django_db
BEFORE = dt.date(2025, 12, 2)
TODAY = "2026-04-03"
CODE = "living_subsidy"


def month(text: str) -> dt.date:
    return dt.date.fromisoformat(f"{text}-01")


@pytest.fixture(autouse=True)
def county(settings, cast):
    settings.STANDARDS_SET = "demo-uprated"


@pytest.fixture
def holder(access):
    """`holder(name)`: disabled, in a dibao family, paid 90 a month (or what is given) since December 2025."""

    def make(name: str, fen: int = 9000) -> Entitlement:
        person = make_person(name)
        disabled(person, on_dibao=True)
        household_of_one(person)
        officer, why = access("approver", BEFORE), Why("granted", "测试", BEFORE)
        return grant(officer, person, code=CODE, amount_fen=fen, why=why, applied_on=BEFORE)

    return make  # fmt: skip


@pytest.fixture
def office(access, settings, tmp_path):
    settings.PAYMENT_OUTBOX = tmp_path / "outbox"
    office = Office(access)
    office.fund(code=CODE)
    return office


@pytest.mark.covers("S-135", by="minzheng/foundation/uprating", screen="/desk/uprating/")
def test_it_pays_110_and_three_times_20_in_april_and_nobody_twice(access, holder, office):
    """EX17: 110 from January; the county paid 90 from January to March. April pays 170.00."""
    right = holder("吴老三")
    for text in ("2025-12", "2026-01", "2026-02", "2026-03"):
        office.pay(text, CODE)
    made = previewed(access, CODE, "2026-01", TODAY)
    assert (made.rights, made.held, made.monthly_fen, made.arrears_fen) == (1, 0, 2000, 6000)
    assert [one["old"] + "→" + one["new"] for one in made.standards] == ["90.00元/月→110.00元/月"]
    assert right.amounts.count() == 1  # nothing has changed yet
    laying.lay_all(confirmed(access, made, TODAY))
    batch = office.pay("2026-04", CODE)
    assert [row[1:3] for row in lines_of(batch)] == [("regular", "110.00"), ("arrears", "60.00")]
    assert_proven("2026-01", "2026-03", "2026-04")
    made.refresh_from_db()
    assert made.state == State.DONE
    assert laying.take_up_again() == 0 and Arrear.objects.count() == 3
    assert previewed(access, CODE, "2026-01", TODAY).state == State.DROPPED  # nothing is left to do  # fmt: skip


def test_two_persons_and_the_total_that_was_shown(access, holder):
    holder("吴老三")
    made = previewed(access, CODE, "2026-01", TODAY)
    with pytest.raises(Exception, match="没有"):
        confirmed(access, made, TODAY, by="reviewer")
    made.monthly_fen += 1
    with pytest.raises(Refused, match="刷新页面"):
        confirmed(access, made, TODAY)
    with pytest.raises(Refused, match="还有一次提标没有办完"):
        previewed(access, CODE, "2026-01", TODAY)


def test_a_month_without_a_new_standard_is_refused(access, holder):
    with pytest.raises(Refused, match="没有变化"):
        previewed(access, CODE, "2026-02", TODAY)


def test_an_amount_that_the_old_standard_does_not_explain_is_held_for_a_person(access, holder):
    holder("吴老三")
    odd = holder("杨二妹", 8000)
    made = raised(access, CODE, "2026-01", TODAY)
    assert (made.rights, made.held) == (1, 1)
    line = made.lines.get(state="held")
    assert line.entitlement == odd and "按原标准重算是90.00元，与现在发放的80.00元不同" in line.reason
    assert owed_in(odd, month("2026-04")) == 8000


def test_who_was_faster_has_the_last_word(access, holder):
    right = holder("吴老三")
    made = confirmed(access, previewed(access, CODE, "2026-01", TODAY), TODAY)
    day = dt.date.fromisoformat(TODAY)
    change_amount(access("approver", day), right, amount_fen=5000, why=Why("review", "测试", day))
    laying.lay_all(made)
    assert made.lines.get().state == "stale"
    assert [owed_in(right, month(m)) for m in ("2026-01", "2026-05")] == [9000, 5000]


def test_broken_off_half_way_and_taken_up_again_it_changes_nothing_twice(access, holder, office, monkeypatch):
    rights = [holder(name) for name in ("吴老三", "杨二妹", "蒲三姐", "姚四公", "龙五哥")]
    office.pay("2026-03", CODE)
    monkeypatch.setattr(laying, "AT_ONCE", 2)
    made = confirmed(access, previewed(access, CODE, "2026-01", TODAY), TODAY)
    assert laying.lay_lot(made) == 2  # and here the worker dies
    arrears = Arrear.objects.filter(month__gte=month("2026-01"))
    half = arrears.filter(amount_fen=2000).count()
    assert laying.take_up_again() == 3 and laying.take_up_again() == 0
    assert (half, arrears.filter(amount_fen=2000).count()) == (6, 15)  # three months each
    for right in rights:
        assert right.amounts.filter(superseded_at=None).count() == 2
        assert [owed_in(right, month(m)) for m in ("2025-12", "2026-01")] == [9000, 11000]


def test_a_right_that_ended_in_between_is_paid_up_to_its_end(access, holder, office):
    from minzheng.foundation.benefits.actions import end

    right = holder("吴老三")
    for text in ("2026-01", "2026-02", "2026-03"):
        office.pay(text, CODE)
    end(access("approver", BEFORE), right, on=dt.date(2026, 2, 5), reason="move")
    made = raised(access, CODE, "2026-01", TODAY)
    assert (made.monthly_fen, made.arrears_fen) == (0, 4000)
