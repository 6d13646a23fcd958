"""Beds and residents: one bed for one person, nursing beds for those who need them, nobody cared for in two places."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from minzheng.business.elderly.institutions.actions.beds import (
    add_beds,
    close_bed,
    occupy,
    regrade,
    reserve_bed,
)
from minzheng.business.elderly.institutions.actions.residents import claim_place, leave
from minzheng.business.elderly.institutions.models import Bed, Resident, Stay
from minzheng.business.elderly.institutions.tests.making import account, assessed, elder, home, move_in
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.actions import Refused
from minzheng.foundation.facilities.actions import close_facility
from minzheng.foundation.life_events.actions import correct_life_event, undo_life_event
from minzheng.foundation.people.actions import record_life_event
from minzheng.foundation.people.models import LifeEventKind

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 16)


@pytest.fixture
def clerk(access):
    return access("reviewer", TODAY)


@pytest.mark.parametrize(
    ("grade", "refused"),
    [
        ("中度失能", ""),
        ("完全失能", ""),
        ("轻度失能", "没有达到"),
        ("能力完好", "没有达到"),
        ("", "先做老年人能力评估"),  # unknown is no yes
    ],
)
@pytest.mark.covers(
    "S-089",
    by="minzheng/business/elderly/institutions/actions/beds.py",
    screen="/desk/registers/elder-home-beds/",
)
def test_a_nursing_bed_is_for_a_moderate_loss_of_ability_and_worse(clerk, grade, refused):
    where, person = home(), elder(grade)
    if refused:
        with pytest.raises(Refused, match=refused):
            move_in(clerk, where, person, "2-1")
        assert not Resident.objects.exists() and not Stay.objects.exists()
        move_in(clerk, where, person, "1-1")
    else:
        move_in(clerk, where, person, "2-1")
    assert Stay.objects.get().bed.state == "occupied"


def test_an_assessment_of_the_day_after_does_not_count(clerk):
    where, person = home(), elder("中度失能", since=dt.date(2026, 9, 2))
    with pytest.raises(Refused, match="先做老年人能力评估"):
        move_in(clerk, where, person, "2-1", on="2026-09-01")
    move_in(clerk, where, person, "2-1", on="2026-09-02")


def test_one_bed_holds_one_person_and_one_person_one_bed(clerk):
    where = home()
    first, second = elder(), elder()
    one = move_in(clerk, where, first, "1-1")
    with pytest.raises(Refused, match="是“入住”"):
        move_in(clerk, where, second, "1-1")
    with pytest.raises(Refused, match="正住在另一家"):
        move_in(clerk, home(), first)
    stay = Stay.objects.get()
    for twice in (
        {"bed_id": stay.bed_id, "resident": one, "person": second},
        {"bed": where.beds.get(number="1-2"), "resident": one, "person": first},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():  # whatever the program thinks
            Stay.objects.create(**twice, since=dt.date(2026, 10, 1))
    occupy(clerk, one, where.beds.get(number="1-2"), "2026-10-01")
    assert list(where.beds.filter(state="occupied").values_list("number", flat=True)) == ["1-2"]


def test_nobody_has_a_bed_in_a_home_and_a_care_bed_at_home(clerk):
    person = elder()
    claim_place(person.pk, "home_bed", dt.date(2026, 5, 1))
    with pytest.raises(Refused, match="家庭养老床位"):
        move_in(clerk, home(), person)
    other = elder()
    resident = move_in(clerk, home(), other)
    with pytest.raises(IntegrityError), transaction.atomic():
        claim_place(other.pk, "home_bed", dt.date(2026, 10, 1))
    leave(clerk, resident, "2026-10-01", "回家")
    claim_place(other.pk, "home_bed", dt.date(2026, 10, 1))  # from the very day of leaving


def test_a_new_assessment_ends_the_stay_and_the_days_before_keep_their_grade(clerk):
    where, person = home(), elder("中度失能")
    move_in(clerk, where, person, "2-1", on="2026-09-01")
    assessed(person, "重度失能", dt.date(2026, 10, 11))
    regrade(person.pk, dt.date(2026, 10, 11))
    regrade(person.pk, dt.date(2026, 10, 11))  # once more changes nothing
    stays = list(Stay.objects.order_by("since").values_list("level", "since", "until"))
    assert stays == [
        (2, dt.date(2026, 9, 1), dt.date(2026, 10, 11)),
        (3, dt.date(2026, 10, 11), None),
    ]


def test_a_death_frees_the_bed_and_the_day_of_death_counts(clerk):
    where, person = home(), elder()
    move_in(clerk, where, person, "1-1", on="2026-09-01")
    record_life_event(clerk, person, LifeEventKind.DEATH, dt.date(2026, 10, 10), "机构报告")
    resident = Resident.objects.get()
    assert (resident.left_on, resident.leaving) == (dt.date(2026, 10, 11), "去世")
    assert Stay.objects.get().until == dt.date(2026, 10, 11)
    assert where.beds.get(number="1-1").state == "free"


def test_it_is_assessed_before_it_moves_in_and_has_a_contract_that_runs(clerk):
    where = home()
    with pytest.raises(Refused, match="入院评估应在入住之前"):
        move_in(clerk, where, elder(), assessed_on="2026-09-02")
    with pytest.raises(Refused, match="合同到期日应晚于"):
        move_in(clerk, where, elder(), contract_until="2026-09-01")
    with pytest.raises(Refused, match="晚于今天"):
        move_in(clerk, where, elder(), on="2026-11-17")


def test_beds_are_added_reserved_and_closed(clerk):
    where = home()
    made = add_beds(clerk, where, prefix="3-301", count=2, kind="dementia", opened_on="2026-02-01")
    assert [bed.number for bed in made] == ["3-301-1", "3-301-2"]
    with pytest.raises(Refused, match="3-301-1、3-301-2已经登记过"):
        add_beds(clerk, where, prefix="3-301", count=3, kind="plain", opened_on="2026-02-01")
    bed = reserve_bed(clerk, Bed.objects.get(number="3-301-1"))
    with pytest.raises(Refused, match="不能预订"):
        reserve_bed(clerk, bed)
    assert close_bed(clerk, bed, "2026-11-01").state == "closed"
    move_in(clerk, where, elder(), "1-1")
    with pytest.raises(Refused, match="有人入住的床位不能停用"):
        close_bed(clerk, where.beds.get(number="1-1"), "2026-11-01")


def test_a_home_with_people_in_it_is_not_closed(clerk):
    where = home()
    resident = move_in(clerk, where, elder())
    with pytest.raises(Refused, match="先妥善安置"), transaction.atomic():
        close_facility(clerk, where.facility, TODAY)
    leave(clerk, resident, TODAY, "转其他机构")
    where.facility.refresh_from_db()
    close_facility(clerk, where.facility, TODAY)


def test_a_homes_account_works_for_its_own_home_only(cast, access):
    mine, neighbour = home(), home()
    own = Access(account(mine.facility.organisation), TODAY)
    move_in(own, mine, elder(), "1-1")
    with pytest.raises(PermissionDenied):
        move_in(own, neighbour, elder(), "1-1")
    with pytest.raises(PermissionDenied):
        move_in(access("outsider", TODAY), mine, elder())


def test_days_in_the_bed_follow_a_corrected_death_and_an_undone_one(clerk, access):
    where, person = home(), elder("中度失能")
    resident = move_in(clerk, where, person, "2-1", on="2026-09-01")
    told, right = dt.date(2026, 11, 2), dt.date(2026, 10, 30)
    event = record_life_event(access("clerk", told), person, LifeEventKind.DEATH, told, "村里报告")
    officer = access("township", TODAY)
    correct_life_event(officer, event, right, "死亡证明")
    resident.refresh_from_db()
    assert resident.left_on == Stay.objects.get().until == dt.date(2026, 10, 31), "the day of death counts"
    correct_life_event(officer, event, told, "火化证明")
    assert Stay.objects.get().until == dt.date(2026, 11, 3)
    undo_life_event(officer, event, "登记错了人")
    resident.refresh_from_db()
    assert (resident.left_on, Stay.objects.get().until, Stay.objects.get().bed.state) == (
        None,
        None,
        "occupied",
    )


def test_who_lives_again_does_not_push_another_out_of_the_bed(clerk, access):
    where, person = home(), elder("中度失能")
    resident = move_in(clerk, where, person, "2-1", on="2026-09-01")
    told = dt.date(2026, 11, 2)
    event = record_life_event(access("clerk", told), person, LifeEventKind.DEATH, told, "村里报告")
    move_in(clerk, where, elder("重度失能"), "2-1", on="2026-11-05")
    undo_life_event(access("township", TODAY), event, "登记错了人")
    resident.refresh_from_db()
    assert (resident.left_on, resident.stays.get().until) == (None, dt.date(2026, 11, 3))
