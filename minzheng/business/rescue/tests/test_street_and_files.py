"""The street in cold and heat, the signal of who comes again and again, and case files whose totals must agree."""

import datetime as dt
import uuid

import pytest

from minzheng.business.rescue.exchange import give_cases, receive_cases
from minzheng.business.rescue.indicators import arrived, came_unknown, in_winter, met, named
from minzheng.business.rescue.leaving import leave
from minzheng.business.rescue.models import CaseFile, Encounter, OutsideCase, Patrol
from minzheng.business.rescue.signals import came_again
from minzheng.business.rescue.street import end_patrol, meet, season_of, start_patrol
from minzheng.business.rescue.tests.making import VILLAGE, day, id_no, station, stay
from minzheng.foundation.actions import Refused
from minzheng.foundation.exchange.models import ExchangeCall

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("on", "season"),
    [
        ("2026-10-31", "daily"), ("2026-11-01", "winter"), ("2027-01-15", "winter"), ("2027-03-31", "winter"),
        ("2027-04-01", "daily"), ("2027-05-31", "daily"), ("2027-06-01", "summer"), ("2027-09-30", "summer"),
        ("2027-10-01", "daily"),
    ],
)  # fmt: skip
def test_the_season_follows_from_the_day(on, season):
    assert season_of(day(on), VILLAGE) == season


@pytest.mark.covers("S-163", by="minzheng/business/rescue/street.py", screen="/desk/rescue/patrols/")
def test_a_patrol_keeps_whom_it_met_and_what_it_gave_once(at):
    helper = at("2026-11-02", "helper")
    facts = {
        "starts": "20:30",
        "route": "汽车站—大桥桥洞",
        "team": "吴小芳",
        "staff": 2,
        "vehicles": 1,
        "region_id": VILLAGE,
    }
    patrol = start_patrol(helper, Patrol(on=day("2026-11-02"), **facts))
    with pytest.raises(Refused, match="晚于今天"):
        start_patrol(helper, Patrol(on=day("2026-11-03"), **facts))
    one = Encounter(
        patrol=patrol,
        region_id=VILLAGE,
        at="21:05",
        place="大桥桥洞",
        sex="1",
        clothes=2,
        cards=1,
        outcome="declined",
    )
    kept = meet(helper, one)
    assert kept.given == "衣被2、联系卡1"
    again = Encounter(
        key=kept.key,
        patrol=patrol,
        region_id=VILLAGE,
        at="21:05",
        place="大桥桥洞",
        sex="1",
        outcome="declined",
    )
    assert meet(helper, again).pk == kept.pk  # sent twice from a phone without a net
    end_patrol(helper, patrol, ends="23:00")
    patrol.refresh_from_db()
    with pytest.raises(Refused, match="已经结束"):
        meet(
            helper,
            Encounter(
                patrol=patrol, region_id=VILLAGE, at=dt.time(23, 30), place="车站", sex="2", outcome="home"
            ),
        )
    assert (in_winter(day("2026-11-01")).count(), met(day("2026-11-01")).count()) == (1, 1)


def test_a_phone_without_a_network_sends_afterwards_what_it_noted_once(at, client, cast):
    """The blank form names nobody; sent twice it is one; noted during the round it counts though the round has ended."""
    patrol = start_patrol(
        at(str(dt.date.today()), "helper"),
        Patrol(on=dt.date.today(), starts=dt.time(22), route="车站", team="巡查一组", staff=2, vehicles=1, region_id=VILLAGE),
    )  # fmt: skip
    client.force_login(cast["helper"], backend="django.contrib.auth.backends.ModelBackend")
    address = f"/field/patrols/{patrol.pk}/met/"
    assert f'data-field-form="{address}"' in client.get("/field/").content.decode()
    assert "巡查一组" not in client.get(address).content.decode()
    end_patrol(at(str(dt.date.today()), "helper"), patrol, ends=dt.time(2))
    noted = {"at": "01:30", "place": "车站", "sex": "1", "outcome": "declined", "key": str(uuid.uuid4())}
    phone = {"accept": "application/json"}
    for _ in range(2):
        assert client.post(address, noted, headers=phone).json()["state"] == "kept"
    assert patrol.met.count() == 1
    late = client.post(address, noted | {"at": "03:00", "key": str(uuid.uuid4())}, headers=phone)
    assert late.status_code == 422 and "巡查期间" in late.json()["problems"][0]["text"]


def test_coming_for_the_third_time_in_a_year_sends_somebody_to_the_home(at):
    where = station()
    for on in ("2025-10-31", "2026-03-01", "2026-06-01"):
        leave(
            at(on),
            stay(at(on), where, called="杨老汉", id_no=id_no()),
            way="escorted",
            destination="家",
            escorts="吴大勇",
        )
    assert list(came_again(day("2026-10-01"), "431227")) == []  # the first one lies a year back
    stay(at("2026-10-31"), where, called="杨老汉", id_no=id_no())
    (hit,) = came_again(day("2026-10-01"), "431227")
    assert (hit.detail["times"], hit.digest) == (3, "3:2026-10-31")


def test_the_figures_count_whoever_came_unknown_and_was_named(at):
    clerk, where = at("2026-10-20"), station()
    stay(clerk, where)
    stay(clerk, where, called="杨老汉", id_no=id_no())
    month = day("2026-10-01")
    assert (arrived(month).count(), came_unknown(month).count(), named(month).count()) == (2, 1, 0)


@pytest.mark.covers("S-165", by="minzheng/business/rescue/exchange.py", screen="/desk/rescue/cases/")
def test_a_case_file_goes_out_and_comes_in_only_whole(at):
    clerk, where = at("2026-10-20"), station()
    leave(
        clerk,
        stay(clerk, where, called="杨老汉", id_no=id_no()),
        way="escorted",
        destination="新村，儿子家",
        escorts="吴大勇",
    )
    stay(at("2026-10-21"), where, called='无名,"氏"', age=40)
    made, text = give_cases(at("2026-10-25"), where, since=day("2026-10-01"), until=day("2026-10-31"))
    assert (made.records, made.days) == (2, 6)
    head, columns, first, *_, totals = text.split("\r\n")[:-1]
    assert (head, totals.split(",")[:4]) == (
        "救助个案,1,新晃县救助管理站,2026-10-01,2026-10-31",
        ["合计", "2", "1", "6"],
    )
    assert columns.startswith("number,name,id_no") and id_no() in first
    call = ExchangeCall.objects.get()
    assert (call.source, call.direction, call.records, call.persons_count) == ("rescue.cases", "given", 2, 1)

    def came(content):
        return receive_cases(at("2026-10-26"), where, content=content)

    for broken, told in (
        (text.replace("杨老汉", "杨老罕"), "校验值"),
        (text.replace(first + "\r\n", ""), "记录数"),
        (text.rsplit("\r\n", 2)[0], "列|合计|记录"),
        (text.replace("number,", "编号,"), "列名"),
        ("你好", "不是约定格式"),
    ):
        with pytest.raises(Refused, match=told):
            came(broken.encode())
    with pytest.raises(Refused, match="UTF-8"):
        came(text.encode("gb18030"))
    assert not OutsideCase.objects.exists()
    assert came(b"\xef\xbb\xbf" + text.encode()).records == 2
    assert OutsideCase.objects.get(id_no=id_no()).way == "工作人员护送返乡"
    with pytest.raises(Refused, match="已经接收过"):
        came(text.encode())
    assert CaseFile.objects.filter(direction="received").count() == 1
