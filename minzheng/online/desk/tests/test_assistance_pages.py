"""Pages of social assistance beside its cases: a home for a 特困人员, two studies of relative poverty."""

from __future__ import annotations

import datetime as dt

import pytest

from minzheng.business.assistance.models import Study, StudyPlace, Support
from minzheng.demo.cast import COUNTY, VILLAGE
from minzheng.foundation.benefits.actions import grant
from minzheng.foundation.benefits.timeline import Why
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.people.models import Person

pytestmark = pytest.mark.django_db
TOWNSHIP = VILLAGE[:9] + "000"


@pytest.fixture
def supported(cast, access):
    decided = dt.date(2026, 8, 20)
    person = Person.objects.create(name="杨满秀", region_id=VILLAGE, birth_date=dt.date(1933, 4, 1))
    why = Why("granted", "测试", decided)
    right = grant(
        access("approver", decided), person, code="tekun", amount_fen=123_500, why=why, grade="分散供养"
    )
    return Support.objects.create(
        entitlement=right, person=person, region_id=VILLAGE, place="分散供养", place_since=right.since_month,
        ability="unable", failures=4, ability_since=right.since_month,
    )  # fmt: skip


def test_the_officer_chooses_a_home_by_its_free_beds(supported, as_user):
    desk, address = as_user("clerk"), f"/desk/tekun/{supported.pk}/admit/"
    none = desk.get(address).content.decode()
    assert "都已住满或还没有登记" in none
    home = Facility.objects.create(
        kind="elder_home",
        name="晃洲镇敬老院",
        region_id=VILLAGE,
        counts={"beds": 1},
        opened_on=dt.date(2019, 1, 1),
    )
    assert "晃洲镇敬老院（空床1张）" in desk.get(address).content.decode()
    before = desk.post(address, {"home": home.pk, "since": "2026-01-01"})
    assert before.status_code == 422 and "变更不能更早" in before.content.decode()
    said = {"home": home.pk, "since": dt.date.today().isoformat()}
    done = desk.post(address, said, follow=True).content.decode()
    assert "已登记入住" in done and "晃洲镇敬老院" in done and "换一家机构" in done
    assert as_user("outsider").get(address).status_code == 404


def study(title: str, percent: int, poor: int) -> Study:
    one = Study.objects.create(
        region_id=COUNTY, title=title, on=dt.date(2026, 9, 1), method="median", percent=percent, state="done",
        low_fen=480_000, high_fen=480_000, inputs={"median_fen": 400_000, "known": 24, "households": 31, "digest": "ab"},
    )  # fmt: skip
    for region in (COUNTY, TOWNSHIP):
        StudyPlace.objects.create(
            study=one, region_id=region, households=31, poor_households=poor, helped_households=0,
            undetermined_households=7, persons=31, poor_persons=poor, helped_persons=0, undetermined_persons=7,
        )  # fmt: skip
    return one


@pytest.mark.covers(
    "S-072", by="minzheng/business/assistance/relative", screen="/desk/relative-poverty/<number>/"
)
def test_two_studies_of_relative_poverty_stand_side_by_side(cast, as_user):
    one, other = study("较高的线", 120, 12), study("较低的线", 50, 0)
    address = f"/desk/relative-poverty/{one.pk}/"
    both = as_user("reviewer").get(f"{address}?with={other.pk}").content.decode()
    assert "与“较低的线”对比" in both and "+50.0" in both and "不能作为任何家庭能否得到救助的依据" in both
    alone = as_user("reviewer").get(address).content.decode()
    assert "与哪一次对比" in alone and "各地低于界线的人口占比" in alone
    assert as_user("outsider").get(address).status_code == 404
    assert as_user("reviewer").get(f"{address}?with=99").status_code == 404
