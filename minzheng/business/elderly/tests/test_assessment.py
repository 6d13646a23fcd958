"""E3: 26 items, three persons, one grade that others read, valid for a year (GB/T 42195—2022)."""

from __future__ import annotations

import datetime as dt

import pytest

from minzheng.business.elderly.assessment.actions import ask_to_renew, save_draft
from minzheng.business.elderly.assessment.models import Assessment, AssessmentDraft
from minzheng.business.elderly.assessment.scale import scale
from minzheng.business.elderly.tests.assessed import Assessed, sheet
from minzheng.foundation.actions import Refused
from minzheng.foundation.people.facts import person_document
from minzheng.foundation.rules import default_counter
from minzheng.foundation.tasks.models import Task

NOW = dt.date(2026, 11, 10)


@pytest.fixture
def begun(access, cast):
    return Assessed(access, NOW)


def test_the_scale_has_26_items_and_90_points_and_agrees_with_the_facts():
    catalogue = default_counter().book.catalogue
    assert (len(scale().indicators), scale().most) == (26, 90)
    assert [part.most for part in scale().dimensions] == [32, 15, 28, 15]
    assert {one.key: one.most for one in scale().indicators} == {
        one.key: catalogue[one.key].most for one in scale().indicators
    }


@pytest.mark.django_db
@pytest.mark.covers(
    "S-079", by="minzheng/business/elderly/assessment", screen="/desk/registers/ability-assessments/"
)
def test_it_needs_three_persons_and_then_others_read_the_grade_for_a_year(begun):
    result = begun.scored(lost=25, ability_dementia=True).approved()
    assert (result.points, result.first_level, result.level) == (65, 2, 3)
    assert result.valid_until == dt.date(2027, 11, 9)
    assert len({result.assessor_id, result.second_id, result.supervisor_id}) == 3
    known = [
        person_document(begun.person, day)["members"][0].get("ability_grade")
        for day in (dt.date(2026, 11, 9), NOW, dt.date(2027, 11, 9), dt.date(2027, 11, 10))
    ]
    assert known == [None, "重度失能", "重度失能", None]


@pytest.mark.django_db
def test_nobody_signs_the_own_sheet_nor_approves_it(begun):
    begun.scored(by="clerk")
    with pytest.raises(Refused, match="另一位工作人员"):
        begun.do("clerk", "sign", {"signed": True})
    begun.do("clerk2", "disagree", {"reason": "走路要人扶"}).scored(by="clerk2", lost=2)
    begun.do("township", "sign", {"signed": True})
    assert begun.case.step == "supervise"


@pytest.mark.django_db
def test_a_sheet_with_a_gap_or_too_many_points_is_not_taken(begun):
    half = sheet()
    del half["ability_eating"]
    with pytest.raises(Refused) as refused:
        begun.do("clerk", "score", half | {"ability_stairs": 4})
    assert set(refused.value.message_dict) == {"ability_eating", "ability_stairs"}


@pytest.mark.django_db
def test_a_half_filled_sheet_is_kept_and_nobody_overwrites_a_colleague(begun, access):
    kept = save_draft(
        access("clerk", NOW), begun.case, {"ability_eating": 3, "ability_bathing": "x"}, version=0
    )
    assert (kept.version, kept.answers) == (1, {"ability_eating": 3})
    with pytest.raises(Refused, match="龙建军"):
        save_draft(access("clerk2", NOW), begun.case, {"ability_eating": 1}, version=0)
    assert AssessmentDraft.objects.get().answers == {"ability_eating": 3}
    begun.scored().approved()
    assert not AssessmentDraft.objects.exists()


@pytest.mark.django_db
def test_it_is_renewed_before_it_expires_and_a_new_result_withdraws_the_reminder(begun, access):
    first = begun.scored(lost=25).approved()
    assert ask_to_renew(first.valid_until - dt.timedelta(days=31)) == 0
    near = first.valid_until - dt.timedelta(days=30)
    assert [ask_to_renew(near), ask_to_renew(near)] == [1, 0]
    again = Assessed(access, near, begun.person).scored(lost=45).approved()
    assert (again.level, Task.objects.get(kind="elderly.reassess").state) == (3, "withdrawn")
    assert Assessment.objects.filter(person=begun.person).count() == 2
