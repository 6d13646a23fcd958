"""A facility stands at one place under one name, is closed by date and never deleted."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from minzheng.foundation.actions import Refused
from minzheng.foundation.events.models import Event
from minzheng.foundation.facilities.actions import (
    change_facility,
    close_facility,
    open_facility,
    pause_facility,
    set_size,
)
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.facilities.words import FacilityKind
from minzheng.foundation.registry.words import shelf

TODAY = dt.date(2026, 11, 2)
VILLAGE, ELSEWHERE = "431227107203", "431227101200"


def home(**changes):
    facts = {
        "kind": "elder_home",
        "name": "晃洲镇敬老院",
        "region_id": VILLAGE,
        "opened_on": dt.date(2020, 5, 1),
        "longitude": 109.17,
        "latitude": 27.35,
        "counts": {"beds": 40},
    }
    return Facility(**facts | changes)


def test_it_is_opened_once_at_a_place(access):
    clerk = access("clerk", TODAY)
    one = open_facility(clerk, home())
    assert one.size == "床位40"
    assert Event.objects.get(kind="facility.opened").payload["facility"] == one.pk
    with pytest.raises(ValidationError, match="已经登记了同名的设施"):
        open_facility(clerk, home())
    with pytest.raises(PermissionDenied):
        open_facility(clerk, home(region_id=ELSEWHERE))  # the next township's


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"longitude": 27.35, "latitude": 109.17}, "填反"),
        ({"longitude": None}, "一起填写"),
        ({"kind": "castle"}, "没有这种设施"),
        ({"counts": {"beds": -1}}, "不小于0"),
        ({"counts": {"towers": 3}}, "没有“towers”"),
    ],
)
def test_it_refuses_what_cannot_be(access, wrong, says):
    with pytest.raises(ValidationError, match=says):
        open_facility(access("clerk", TODAY), home(**wrong))


def test_it_is_closed_by_date_and_stays_on_record(access):
    clerk = access("clerk", TODAY)
    one = open_facility(clerk, home())
    with pytest.raises(Refused, match="晚于今天"):
        close_facility(clerk, one, TODAY + dt.timedelta(days=1))
    with pytest.raises(Refused, match="早于开办日期"):
        close_facility(clerk, one, dt.date(2020, 4, 30))
    close_facility(clerk, one, TODAY, reason="搬到新址")
    assert Facility.objects.on(TODAY - dt.timedelta(days=1)).count() == 1
    assert Facility.objects.on(TODAY).count() == 0
    with pytest.raises(Refused, match="已经关闭"):
        change_facility(clerk, one, address="新街1号")
    with pytest.raises(Refused, match="只有正在运营"):
        pause_facility(clerk, one)
    open_facility(clerk, home(opened_on=TODAY))  # the name is free again


def test_what_moves_is_closed_there_and_opened_here(access):
    one = open_facility(access("clerk", TODAY), home())
    with pytest.raises(Refused, match="搬迁的请关闭原设施"):
        change_facility(access("clerk", TODAY), one, region_id=ELSEWHERE)
    change_facility(access("clerk", TODAY), one, counts={"beds": 60})
    one.refresh_from_db()
    assert one.size == "床位60"


@pytest.mark.covers(
    "S-066", by="minzheng/business/assistance/facilities.py", screen="/desk/registers/facilities/"
)
def test_a_villages_point_says_how_large_it_is(access):
    clerk = access("clerk", TODAY)
    point = open_facility(clerk, home(kind="assistance_point", name="新村救助站点", counts={}))
    set_size(clerk, point, first=2, second=None)
    point.refresh_from_db()
    assert point.size == "工作人员2"
    with pytest.raises(Refused, match="至少填一个数"):
        set_size(clerk, point, second=4)  # this kind counts one thing only


def test_the_register_shows_it_to_its_own_county_only(client, cast, access):
    open_facility(access("clerk", TODAY), home())
    client.force_login(cast["clerk"])
    page = client.get(reverse("registers:list", args=["facilities"])).content.decode()
    assert "晃洲镇敬老院" in page and "养老机构" in page and "床位40" in page
    client.force_login(cast["outsider"])
    assert "晃洲镇敬老院" not in client.get(reverse("registers:list", args=["facilities"])).content.decode()


def test_a_kind_that_is_declared_wrongly_is_refused_with_the_remedy():
    wrong = FacilityKind(
        code="X-1",
        title="错",
        line="错",
        read="nothing.read",
        is_public=True,
        counts=(("a", "甲"), ("a", "乙")),
    )
    told = "".join(wrong.problems())
    assert "小写字母开头" in told and "不是已有的权限" in told
    assert "不能另设查看权限" in told and "重复的代码" in told
    assert all(not list(kind.problems()) for kind in shelf(FacilityKind))
