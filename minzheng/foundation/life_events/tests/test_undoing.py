"""A death that was not one: recorded once it ends what rests on the life, taken back everything runs again."""

import datetime as dt

import pytest

from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.actions import grant
from minzheng.foundation.benefits.models import Entitlement, State
from minzheng.foundation.benefits.timeline import Why, owed_in
from minzheng.foundation.life_events.actions import correct_life_event, undo_life_event
from minzheng.foundation.life_events.preview import tried
from minzheng.foundation.people.actions import record_life_event
from minzheng.foundation.people.models import LifeEvent, LifeEventKind
from minzheng.foundation.regions.models import Region

pytestmark = pytest.mark.django_db
DEATH = LifeEventKind.DEATH
MARCH, APRIL, MAY = (dt.date(2026, month, 1) for month in (3, 4, 5))
DIED = dt.date(2026, 3, 2)
TODAY = dt.date(2026, 5, 8)


@pytest.fixture
def holder(cast):
    return cast["xiuying"].person


@pytest.fixture
def nursing(access, holder):
    """护理补贴 of 70 yuan a month since 2025, as in EX18."""
    decided = dt.date(2025, 1, 5)
    return grant(
        access("approver", decided),
        holder,
        code="nursing_subsidy",
        amount_fen=7000,
        why=Why("granted", "国发〔2015〕52号", decided),
        applied_on=decided,
    )


@pytest.fixture
def death(access, holder, nursing):
    return record_life_event(access("clerk", TODAY), holder, DEATH, DIED, "家属报告")


def owed(right):
    right = Entitlement.objects.get(pk=right.pk)
    return [owed_in(right, month) for month in (MARCH, APRIL, MAY)]


def test_it_keeps_what_followed_from_the_event(death, nursing):
    assert owed(nursing) == [7000, 0, 0]
    told = {(one.entry.action, one.entry.subject_id) for one in death.effects.select_related("entry")}
    assert ("entitlement.death", str(nursing.pk)) in told
    assert death.recording.by.username == "clerk"


def test_it_pays_again_what_a_mistaken_death_had_stopped(access, death, nursing, holder):
    undo_life_event(access("reviewer", TODAY), death, "同名误登，公安核实本人健在")
    nursing.refresh_from_db()
    assert (nursing.state, nursing.until_month, nursing.end_reason) == (State.ACTIVE, None, "")
    assert owed(nursing) == [7000, 7000, 7000]
    holder.refresh_from_db()
    assert holder.died_on is None
    death.refresh_from_db()
    assert death.undone_on == TODAY
    back = {one.entry.action for one in death.effects.filter(of_undoing=True).select_related("entry")}
    assert "entitlement.reinstate" in back


def test_it_brings_back_an_exit_that_was_under_way_and_no_more(access, holder, nursing):
    from minzheng.foundation.benefits.actions import gradual_exit

    gradual_exit(access("approver", DIED), nursing, verified_on=dt.date(2026, 1, 10), months=3)
    event = record_life_event(access("clerk", TODAY), holder, DEATH, DIED, "家属报告")
    assert owed(nursing) == [7000, 0, 0]
    undo_life_event(access("reviewer", TODAY), event, "误登")
    assert owed(nursing) == [7000, 7000, 0]


def test_it_moves_everything_to_the_right_day(access, death, nursing, holder):
    right_day = dt.date(2026, 4, 1)
    event = correct_life_event(access("approver", TODAY), death, right_day, "死亡证明")
    assert owed(nursing) == [7000, 7000, 0]
    holder.refresh_from_db()
    assert holder.died_on == right_day
    assert (event.pk, event.source) == (death.pk, "死亡证明")
    assert "entitlement.death_corrected" in {
        one.entry.action for one in event.effects.select_related("entry")
    }


def test_it_refuses_whoever_recorded_it_even_with_a_second_account(access, cast, death):
    from minzheng.foundation.accounts.models import Assignment, User

    second = User.objects.create(username="clerk.two", person=cast["clerk"].person)
    Assignment.objects.create(
        user=second, role="county_approver", region_id="431227000000", since=dt.date(2020, 1, 1)
    )
    from minzheng.foundation.accounts.access import Access

    for change in (
        lambda by: undo_life_event(by, death, "误登"),
        lambda by: correct_life_event(by, death, dt.date(2026, 3, 3), "死亡证明"),
    ):
        with pytest.raises(Refused, match="另一位同事"):
            change(Access(second, TODAY))


def test_it_undoes_once_with_a_reason_and_the_last_first(access, death, holder):
    reviewer = access("reviewer", TODAY)
    with pytest.raises(Refused, match="理由"):
        undo_life_event(reviewer, death, "  ")
    undo_life_event(reviewer, death, "误登")
    with pytest.raises(Refused, match="已经撤销过"):
        undo_life_event(reviewer, death, "误登")
    holder.refresh_from_db()
    again = record_life_event(access("clerk", TODAY), holder, DEATH, DIED, "死亡证明")
    assert again.undone_on is None


def test_a_move_taken_back_leaves_one_payer_for_every_month(access, holder, nursing):
    there = Region.objects.get(code="431228000000")
    moved = record_life_event(
        access("clerk", TODAY), holder, LifeEventKind.MOVE, dt.date(2026, 3, 20), "公安户籍", to_region=there
    )
    undo_life_event(access("outsider", TODAY), moved, "没有迁移")  # the person is theirs now
    holder.refresh_from_db()
    assert holder.hukou_region_id == "431227107203"
    assert owed(nursing) == [7000, 7000, 7000]
    others = Entitlement.objects.filter(person=holder, benefit="nursing_subsidy").exclude(pk=nursing.pk)
    assert set(others.values_list("state", flat=True)) <= {State.VOID}


def test_a_preview_shows_the_same_and_leaves_nothing(access, holder, nursing):
    clerk = access("clerk", TODAY)
    seen = tried(
        lambda: record_life_event(clerk, holder, DEATH, DIED, "家属报告"),
        lambda entries: [entry.action for entry in entries],
    )
    assert "entitlement.death" in seen
    assert not LifeEvent.objects.exists()
    assert owed(nursing) == [7000, 7000, 7000]
