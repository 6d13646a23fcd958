"""M1: two people, one transaction; each bar with its own reason; no number and no marriage twice."""

import datetime as dt
import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import close_old_connections

from minzheng.business.marriage.models import Marriage, Registration, Registry, Spouse
from minzheng.business.marriage.tests.couples import marry, person
from minzheng.foundation.actions import Refused
from minzheng.foundation.certificates.models import Issued
from minzheng.foundation.events.models import Event
from minzheng.foundation.people.actions import record_life_event, register_household
from minzheng.foundation.people.models import FactSheet, Household, LifeEventKind

DAY = dt.date(2026, 5, 20)
pytestmark = pytest.mark.django_db


@pytest.mark.covers("S-140", by="minzheng/business/marriage/actions.py", screen="/desk/marriage/")
@pytest.mark.covers("S-142", by="minzheng/business/marriage/certificates.py", screen="/portal/certificates/")
def test_it_marries_in_one_transaction(at, registry, man, woman):
    row = marry(at(DAY), registry, man, woman)
    assert row.number == "J431227-2026-000001"
    assert row.decision["results"]["may_marry"] is True
    copies = Issued.objects.filter(kind="married")
    assert {one.number for one in copies} == {row.number}
    assert {one.person for one in copies} == {man, woman}
    assert len({one.identifier for one in copies}) == len({one.token for one in copies}) == 2
    assert {sheet.person for sheet in FactSheet.objects.filter(values__marital_status="已婚")} == {man, woman}
    heard = [event.payload["person"] for event in Event.objects.filter(kind="person.married")]
    assert sorted(heard) == sorted([man.pk, woman.pk])
    assert "1995" not in str(Event.objects.values_list("payload", flat=True))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"willing": {}}, "没有查清.*自愿"),
        ({"near_kin": True}, "近亲|第一千零四十八条"),
        ({"near_kin": None}, "没有查清.*血亲"),
        ({"both_present": False}, "第一千零四十九条"),
        ({"spouse_elsewhere": {}}, "没有查清.*配偶"),
        ({"man_nationality": "美国"}, "不属于本登记机关.*804"),
    ],
)
def test_each_bar_has_its_reason_and_leaves_nothing_behind(at, registry, man, woman, change, reason):
    with pytest.raises(Refused, match=reason):
        marry(at(DAY), registry, man, woman, **change)
    assert not Registration.objects.exists() and not Marriage.objects.exists() and not Issued.objects.exists()


def test_ex23_the_birthday_decides(at, registry, woman):
    young = person("石小军", "2004-05-20", 3)
    with pytest.raises(Refused, match="未到法定结婚年龄（民法典 第一千零四十七条）"):
        marry(at(dt.date(2026, 5, 19)), registry, young, woman)
    assert marry(at(DAY), registry, young, woman).number.endswith("000001")
    girl = person("龙小花", "2006-05-21", 4)
    with pytest.raises(Refused, match="未到法定结婚年龄"):
        marry(at(DAY), registry, person("杨勇", "1990-01-01", 5), girl)


@pytest.mark.covers("S-145", by="minzheng/business/marriage/rules.py", screen="/desk/marriage/wedding/")
def test_the_law_of_the_day_says_where_one_may_marry(at, registry, regions):
    away = [
        person(name, "1990-01-01", at_, region="431228000000")
        for name, at_ in (("外地男", 21), ("外地女", 22))
    ]
    with pytest.raises(Refused, match="2003） 第四条"):
        marry(at(dt.date(2025, 5, 9)), registry, *away)
    assert marry(at(dt.date(2025, 5, 12)), registry, *away).number == "J431227-2025-000001"


def test_nobody_is_married_twice_and_a_widow_may_marry_again(at, access, registry, man, woman):
    marry(at(DAY), registry, man, woman)
    other = person("石磊磊", "1994-01-01", 7)
    with pytest.raises(Refused, match="已有配偶"):
        marry(at(DAY), registry, other, woman)
    later = DAY + dt.timedelta(days=60)
    record_life_event(access("clerk", later), man, LifeEventKind.DEATH, later, "公安注销")
    assert Event.objects.filter(kind="person.widowed", payload__person=woman.pk).exists()
    with pytest.raises(Refused, match="婚姻状况是“丧偶”"):
        marry(at(later), registry, other, woman)
    marry(at(later), registry, other, woman, woman_prior="widowed")


def test_it_knows_near_kin_from_the_households(at, access, registry):
    father = person("龙父", "1970-01-01", 11)
    son, niece = person("龙子", "1998-01-01", 13), person("龙侄", "1999-01-01", 14)
    home = Household(region_id=father.region_id, category="rural", head=father, since=dt.date(2000, 1, 1))
    register_household(access("clerk", DAY), home, [(father, "户主"), (son, "子"), (niece, "孙女")])
    with pytest.raises(Refused, match="三代以内旁系血亲"):
        marry(at(DAY), registry, son, niece)


def test_only_a_qualified_registrar_who_is_no_relative_registers(at, access, registry, man, woman, cast):
    with pytest.raises(PermissionDenied):
        marry(access("approver", DAY), registry, man, woman)
    elsewhere = Registry.objects.create(
        region_id="431227000000", name="波洲镇婚姻登记处", code="431227", address="街上"
    )
    with pytest.raises(Refused, match="现任的婚姻登记员"):
        marry(at(DAY), elsewhere, man, woman)
    with pytest.raises(Refused, match="应当回避"):
        marry(at(DAY), registry, man, cast["registrar"].person)


@pytest.mark.django_db(transaction=True)
def test_two_clerks_at_once_share_no_number_and_marry_nobody_twice(at, access, registry, woman):
    """Six couples over two registrars, three grooms who race for one bride, one couple at both counters at once."""
    couples = [
        (person(f"男{i}", "1990-01-01", 101 + 2 * i), person(f"女{i}", "1992-01-01", 102 + 2 * i))
        for i in range(6)
    ]
    couples += [(person(f"争{i}", "1990-02-02", 201 + 2 * i), woman) for i in range(3)]
    same = (person("龙同时", "1991-01-01", 301), person("吴同时", "1991-02-02", 302))
    couples += [same, same]
    gate, told = threading.Barrier(len(couples)), []

    def at_the_counter(login, one, other) -> None:
        gate.wait()
        try:
            told.append(marry(access(login, DAY), registry, one, other).number)
        except Refused as refusal:
            told.append(refusal.messages[0])
        finally:
            close_old_connections()

    clerks = ("registrar", "registrar2")
    threads = [
        threading.Thread(target=at_the_counter, args=(clerks[i % 2], *pair)) for i, pair in enumerate(couples)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    numbers = sorted(text for text in told if text.startswith("J431227"))
    assert numbers == [f"J431227-2026-{i:06d}" for i in range(1, 9)]
    assert len([text for text in told if "已有配偶" in text]) == 3
    assert Spouse.objects.filter(person__in=same, stands=True).count() == 2
    assert Spouse.objects.filter(person=woman, stands=True).count() == 1
    assert Issued.objects.count() == 16
