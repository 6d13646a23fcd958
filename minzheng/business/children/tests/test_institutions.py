"""Children in institutions, handed over with bed, file, hukou and right; and what the institution becomes (S-122)."""

from __future__ import annotations

import datetime as dt

import pytest

from minzheng.business.children.institutions.converting import begin, complete, withdraw
from minzheng.business.children.institutions.living import admit, leave, take_back, transfer
from minzheng.business.children.models import ChildFile, Residence
from minzheng.business.children.tests.journey import FATHER_DEAD, VILLAGE, Journey, a_child
from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.benefits.timeline import owed_in
from minzheng.foundation.facilities.actions import close_facility
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.life_events.actions import undo_life_event
from minzheng.foundation.people.actions import record_life_event
from minzheng.foundation.people.models import LifeEventKind

pytestmark = pytest.mark.django_db
CITY_COUNTY = "431228000000"  # the city's institution stands in another county
DAY = dt.date(2026, 5, 4)
NUMBER = "431227201603100012"
PAPERS = ["child", "guardian", "health"]
NEXT = {
    "house": "怀化市儿童福利院",
    "bed": "201",
    "moved_on": "2026-05-04",
    "hand_over_no": "移交〔2026〕1号",
    "papers": PAPERS,
}
CONVERTED = {
    "document_no": "新政函〔2026〕9号",
    "functions": ["protection", "guidance"],
    "new_name": "新晃县未成年人救助保护中心",
}


def institution(name: str, region: str, beds: int = 2) -> Facility:
    return Facility.objects.create(
        kind="child_institution",
        name=name,
        region_id=region,
        counts={"beds": beds},
        opened_on=dt.date(2000, 1, 1),
    )


@pytest.fixture
def house(cast, regions):
    return institution("新晃县儿童福利院", VILLAGE)


@pytest.fixture
def city(cast, regions):
    return institution("怀化市儿童福利院", CITY_COUNTY)


@pytest.fixture
def child(house):
    return a_child(id_no=NUMBER)


def admitted(access, house, on=DAY, **more):
    said = {
        "name": "杨小宝", "id_no": NUMBER, "bed": "1", "ground": "not_found", "ground_no": "公证〔2026〕1号",
        "since": on.isoformat(),
    }  # fmt: skip
    return admit(access("protection", on), house, **said | more)


def test_a_child_has_one_bed_in_one_institution(access, cast, house, child):
    with pytest.raises(Refused, match="今天之前"):
        admitted(access, house, since="2026-05-05")
    with pytest.raises(Refused, match="没有这个姓名和号码"):
        admitted(access, house, name="杨大宝")
    admitted(access, house)
    with pytest.raises(Refused, match="正住在"):
        admitted(access, house, bed="2")
    a_child(name="杨小妹", id_no="431227201703100024")
    with pytest.raises(Refused, match="已经有孩子"):
        admitted(access, house, name="杨小妹", id_no="431227201703100024")
    admitted(access, house, name="杨小妹", id_no="431227201703100024", bed="2")
    a_child(name="杨三妹", id_no="431227201803100026")
    with pytest.raises(Refused, match="已经住满"):
        admitted(access, house, name="杨三妹", id_no="431227201803100026", bed="3")


@pytest.mark.covers(
    "S-122", by="minzheng/business/children/institutions", screen="/desk/registers/child_residences/"
)
def test_bed_file_hukou_and_right_go_along_and_come_back(access, cast, house, city, child):
    gone = {
        "father_name": "杨某",
        **FATHER_DEAD,
        "mother_state": "死亡",
        "in_institution": True,
        "parents_not_found": False,
    }
    Journey(access, "C1", child, dt.date(2026, 4, 1), **gone).granted(on=dt.date(2026, 4, 2))
    file = ChildFile.objects.create(
        name="杨小宝", id_no=NUMBER, person=child, region_id=VILLAGE, group="orphan", carer_name="院里",
        carer_relation="儿童福利院", risk="low", risk_reason="机构养育", interviewed_on=DAY, state="kept", approved_on=DAY,
    )  # fmt: skip
    old = admitted(access, house)
    with pytest.raises(Refused, match="儿童个人档案"):
        transfer(access("protection", DAY), old, **NEXT | {"papers": ["health"]}, with_hukou=True)
    with pytest.raises(Refused, match="没有找到"):
        transfer(access("protection", DAY), old, **NEXT | {"house": "长沙"}, with_hukou=True)
    new = transfer(access("protection", DAY), old, **NEXT, with_hukou=True)
    for row in (old, file, child):
        row.refresh_from_db()
    assert (old.until, old.left_for, new.facility, new.came_from_house) == (
        DAY,
        "移交其他儿童福利机构",
        city,
        house.name,
    )
    assert (file.region_id, child.hukou_region_id) == (CITY_COUNTY, CITY_COUNTY)
    rights = Entitlement.objects.filter(benefit="orphan").order_by("since_month")
    june = dt.date(2026, 6, 1)
    assert [(one.region_id[:6], owed_in(one, june)) for one in rights] == [("431227", 0), ("431228", 150_000)]

    with pytest.raises(Refused, match="不能是同一个人"):
        take_back(access("protection", DAY), old, reason="弄错了孩子")
    take_back(access("reviewer", DAY), old, reason="弄错了孩子")
    for row in (old, new, file, child):
        row.refresh_from_db()
    assert (old.until, new.until, new.left_for) == (None, new.since, "移交已撤销")
    assert (file.region_id, child.hukou_region_id) == (VILLAGE, VILLAGE)
    assert [
        owed_in(one, june) for one in Entitlement.objects.filter(benefit="orphan").exclude(state="void")
    ] == [150_000]
    with pytest.raises(Refused, match="没有可以撤销的移交"):
        take_back(access("reviewer", DAY), old, reason="再来一次")
    assert transfer(access("protection", DAY), old, **NEXT, with_hukou=False).move is None


def test_an_institution_is_converted_when_the_last_child_has_gone(access, cast, house, city, child):
    old = admitted(access, house)
    with pytest.raises(Refused, match="未成年人救助保护"):
        begin(access("protection", DAY), house, **CONVERTED | {"functions": ["rehab"]})
    conversion = begin(access("protection", DAY), house, **CONVERTED)
    with pytest.raises(Refused, match="已经在转型"):
        begin(access("reviewer", DAY), house, **CONVERTED)
    a_child(name="杨小妹", id_no="431227201703100024")
    with pytest.raises(Refused, match="正在转型"):
        admitted(access, house, name="杨小妹", id_no="431227201703100024", bed="2")
    with pytest.raises(Refused, match="还有 1 个孩子"):
        complete(access("approver", DAY), conversion, beds=12)
    with pytest.raises(Refused, match="还住着孩子"):
        close_facility(access("approver", DAY), house, DAY)
    house.refresh_from_db()
    transfer(access("protection", DAY), old, **NEXT, with_hukou=False)
    complete(access("approver", DAY), conversion, beds=12)
    conversion.refresh_from_db()
    house.refresh_from_db()
    assert (conversion.state, house.closed_on) == ("done", DAY)
    assert (conversion.became.kind, conversion.became.name, conversion.became.counts) == (
        "protection_centre", CONVERTED["new_name"], {"beds": 12},
    )  # fmt: skip
    with pytest.raises(Refused, match="已转型"):
        withdraw(access("protection", DAY), conversion, reason="不转了")


def test_the_one_who_begins_a_conversion_does_not_complete_it_and_it_can_be_withdrawn(
    access, cast, house, child
):
    conversion = begin(access("reviewer", DAY), house, **CONVERTED)
    with pytest.raises(Refused, match="不能是同一个人"):
        complete(access("reviewer", DAY), conversion, beds=12)
    withdraw(access("protection", DAY), conversion, reason="县里决定保留")
    assert admitted(access, house).bed == "1"
    assert begin(access("reviewer", DAY), house, **CONVERTED).state == "begun"


def test_a_death_frees_the_bed_and_one_that_was_none_gives_it_back(access, cast, house, child):
    old = admitted(access, house)
    event = record_life_event(access("clerk", DAY), child, LifeEventKind.DEATH, DAY, "医院报告")
    old.refresh_from_db()
    assert (old.until, old.left_for) == (DAY, "死亡")
    undo_life_event(access("township", DAY), event, "登记错了人")
    old.refresh_from_db()
    assert (old.until, old.left_for) == (None, "")
    leave(access("protection", DAY), old, until="2026-05-04", left_for="家庭寄养")
    assert Residence.objects.filter(facility=house, until=None).count() == 0
