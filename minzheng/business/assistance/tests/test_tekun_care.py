"""How a 特困人员 is cared for: a carer by agreement with a monthly look, a place in an institution, the shares (S-042 … S-044)."""

from __future__ import annotations

import datetime as dt

import pghistory.core
import pytest

from minzheng.business.assistance.models import CareAgreement, Support
from minzheng.business.assistance.tekun import caring
from minzheng.business.assistance.tekun.indicators import supported, willing
from minzheng.business.assistance.tekun.proofs import ask_for_proofs
from minzheng.business.assistance.tekun.registers import waiting
from minzheng.business.assistance.tests.tekun_journey import widow
from minzheng.demo.cast import VILLAGE
from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.actions import end, grant
from minzheng.foundation.benefits.timeline import Why
from minzheng.foundation.events.bus import emit
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.tasks.models import Task

pytestmark = pytest.mark.django_db
CONFIRMED, TODAY = dt.date(2026, 8, 20), dt.date(2026, 10, 10)
OCTOBER = dt.date(2026, 10, 1)


@pytest.fixture
def support(cast, access):
    """`support(order, ability)`: at home, paid since September."""

    def make(order: int = 2, ability: str = "unable") -> Support:
        person = widow(f"杨{order}", order=order)
        why = Why("granted", "测试", CONFIRMED)
        right = grant(
            access("approver", CONFIRMED), person, code="tekun", amount_fen=123_500, why=why, grade="分散供养"
        )
        return Support.objects.create(
            entitlement=right, person=person, region_id=person.region_id, place="分散供养",
            place_since=right.since_month, ability=ability, failures=4, ability_since=right.since_month,
        )  # fmt: skip

    return make


@pytest.fixture
def house(cast):
    """`house(beds)`: an elder home of the county."""

    def make(beds: int | None = 2, name: str = "晃洲镇敬老院", **more) -> Facility:
        counts = {} if beds is None else {"beds": beds}
        said = {"kind": "elder_home", "region_id": VILLAGE, "opened_on": dt.date(2019, 1, 1)} | more
        return Facility.objects.create(name=name, counts=counts, **said)

    return make


@pytest.fixture
def clerk(access):
    return access("clerk", TODAY)


def agreed(clerk, support: Support, carer, **more) -> CareAgreement:
    stated = {
        "carer_id_no": carer.id_no,
        "relation": "邻居",
        "duties": "看护、送餐。",
        "signed_on": "2026-09-20",
    }
    return caring.sign_agreement(clerk, support, **(stated | more))


@pytest.mark.covers(
    "S-042", by="minzheng/business/assistance/tekun", screen="/desk/registers/care_agreements/"
)
def test_the_village_looks_once_a_month_whether_the_carer_cares(support, clerk, cast):
    cared = support()
    agreement = agreed(clerk, cared, cast["helper"].person)
    assert ask_for_proofs(TODAY) == 1 and ask_for_proofs(TODAY) == 0
    task = Task.objects.get(kind="tekun.care")
    assert (task.person_id, task.office_id) == (cared.person_id, cared.region_id)
    assert ask_for_proofs(dt.date(2026, 11, 1)) == 1
    caring.end_agreement(clerk, agreement, ended_on="2026-10-31", reason="照料人外出")
    assert ask_for_proofs(dt.date(2026, 12, 1)) == 0


def test_one_carer_at_a_time_and_never_oneself(support, clerk, cast):
    cared = support()
    with pytest.raises(Refused, match="不能由本人"):
        agreed(clerk, cared, cared.person)
    agreed(clerk, cared, cast["helper"].person)
    with pytest.raises(Refused, match="先终止原协议"):
        agreed(clerk, cared, cast["xiuying"].person)
    with pytest.raises(Refused, match="没有这个身份证号"):
        agreed(clerk, support(4), cast["xiuying"].person, carer_id_no="11010519491231002X")


@pytest.mark.covers("S-043", by="minzheng/business/assistance/tekun", screen="/desk/registers/tekun_waiting/")
def test_who_gets_a_place_waits_no_longer_and_the_home_cares_now(support, clerk, cast, house):
    cared = support()
    agreement = agreed(clerk, cared, cast["helper"].person)
    caring.wait_for_place(clerk, cared)
    assert waiting().get() == cared
    with pytest.raises(Refused, match="已在轮候"):
        caring.wait_for_place(clerk, cared)
    home = house()
    caring.admit(clerk, cared, home=str(home.pk), since="2026-10-10")
    agreement.refresh_from_db()
    cared.refresh_from_db()
    assert not waiting().exists()
    assert (cared.place, cared.entitlement.grade, cared.home) == ("集中供养", "集中供养", home)
    assert agreement.end_reason == "已入住供养服务机构"
    with pytest.raises(Refused, match="机构照料"):
        agreed(clerk, cared, cast["xiuying"].person)


@pytest.mark.covers(
    "S-044", by="minzheng/business/assistance/tekun/indicators.py", screen="/desk/indicators/N16/"
)
def test_the_share_in_institutions_counts_the_months_people_by_grade(support, clerk, access, house):
    homes = [support(2), support(4), support(6, "able")]
    caring.admit(clerk, homes[0], home=str(house().pk), since="2026-10-01")
    caring.wait_for_place(clerk, homes[2])
    unable = supported(ability="unable")
    assert (unable(OCTOBER).count(), supported(ability="unable", place="集中供养")(OCTOBER).count()) == (2, 1)
    assert willing(OCTOBER).count() == 2
    assert unable(dt.date(2026, 8, 1)).count() == 0
    end(access("approver", TODAY), homes[1].entitlement, on=TODAY, reason="test")
    assert [unable(month).count() for month in (OCTOBER, dt.date(2026, 11, 1))] == [2, 1]


def test_only_a_home_of_the_county_with_a_free_bed_can_be_chosen(support, clerk, house):
    """One bed: the second person is refused; a closed home and one of another county are not offered."""
    small, large = house(1), house(None, "福利中心")
    house(5, "已关闭", closed_on=dt.date(2026, 1, 1), state="closed")
    house(5, "芷江敬老院", region_id="431228000000")
    first, second = support(2), support(4)
    assert [str(one) for one in caring.homes(first, TODAY)] == [
        "晃洲镇敬老院（空床1张）",
        "福利中心（床位数没有登记）",
    ]
    caring.admit(clerk, first, home=str(small.pk), since="2026-10-10")
    with pytest.raises(Refused, match="已经住满"):
        caring.admit(clerk, second, home=str(small.pk), since="2026-10-10")
    caring.admit(clerk, first, home=str(large.pk), since="2026-10-10")
    kept = pghistory.core.event_models(tracks_model=Support)[0].objects.filter(pgh_obj_id=first.pk)
    assert list(kept.order_by("pgh_id").values_list("home_id", flat=True))[-2:] == [None, small.pk]
    caring.admit(clerk, second, home=str(small.pk), since="2026-10-10")


def test_what_a_home_records_is_where_the_person_is_supported(support, house):
    cared, home = support(), house()
    emit("home.admitted", person=cared.person_id, facility=home.pk, on="2026-10-05")
    cared.refresh_from_db()
    assert (cared.place, cared.home, cared.place_since) == ("集中供养", home, dt.date(2026, 10, 5))
    emit("home.left", person=cared.person_id, facility=home.pk, on="2026-10-09")
    cared.refresh_from_db()
    assert (cared.place, cared.home, cared.entitlement.grade) == ("分散供养", None, "分散供养")


def test_nothing_more_is_arranged_for_one_whose_support_has_ended(support, clerk, access):
    cared = support()
    end(access("approver", TODAY), cared.entitlement, on=TODAY, reason="test")
    with pytest.raises(Refused, match="已经终止"):
        caring.wait_for_place(clerk, cared)
