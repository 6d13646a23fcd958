"""S-132: the sealed file opens for who may ask, by two people, for its days, for the clerk who asked; and for nobody else."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from minzheng.business.adoption.archive import allow, ask_to_unseal, keep_sealed, read_file
from minzheng.business.adoption.kinds import ChildKind
from minzheng.business.adoption.models import Adoption, Asker, Unsealing
from minzheng.business.adoption.registering import register
from minzheng.business.adoption.tests.families import DAY, apply, person
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.models import AuditEntry

START = dt.date(2026, 3, 2)
GROWN = dt.date(2038, 3, 9)
pytestmark = pytest.mark.django_db


@pytest.fixture
def adoption(at, man):
    child = person("吴继女", "2020-03-09", 12)
    return register(at(START), apply(at(START), man, None, child, kind=ChildKind.STEP))


def asking(adoption: Adoption, asker: Asker = Asker.ADOPTER, **more) -> Unsealing:
    return Unsealing(adoption=adoption, asker=asker, **{"purpose": "办理入学", **more})


def test_only_the_adopters_and_the_grown_child_ask_for_themselves(at, adoption, man, woman):
    for who, asker, day in [
        (woman, Asker.ADOPTER, START),
        (None, Asker.ADOPTER, START),
        (man, Asker.CHILD, START),
        (adoption.child, Asker.CHILD, GROWN - DAY),
    ]:
        with pytest.raises(Refused, match="只有收养人和已成年的被收养人本人"):
            ask_to_unseal(at(day), asking(adoption, asker), who)
    assert ask_to_unseal(at(GROWN), asking(adoption, Asker.CHILD), adoption.child).asker_name == "吴继女"
    assert ask_to_unseal(at(START), asking(adoption), man).is_waiting


def test_the_origin_is_a_secret_of_its_own_and_an_authority_brings_its_letter(at, adoption, man):
    for refused, who, why in [
        (asking(adoption, with_origin=True), man, "没有同意告知"),
        (asking(adoption, Asker.REGISTRY, with_origin=True), None, "不需要来历"),
        (asking(adoption, Asker.AUTHORITY, asker_name="县人民法院"), None, "公函编号"),
        (asking(adoption, purpose=" "), man, "请填写用途"),
    ]:
        with pytest.raises(Refused, match=why):
            ask_to_unseal(at(START), refused, who)
    assert not Unsealing.objects.exists()


def test_a_second_person_opens_it_for_its_days_and_for_the_one_who_asked(at, access, adoption, man):
    asked = ask_to_unseal(
        at(START),
        asking(adoption, Asker.AUTHORITY, asker_name="县人民法院", letter_no="函1号", with_origin=True),
    )
    with pytest.raises(PermissionDenied, match="没有核准打开"):
        read_file(at(START), asked)
    with pytest.raises(Refused, match="不能是同一个人"):
        allow(at(START), asked)
    opened = allow(access("approver", START), asked)
    with pytest.raises(Refused, match="已经办过"):
        keep_sealed(access("approver", START), asked, reason="晚了")
    with pytest.raises(PermissionDenied, match="只由申请查阅的登记员打开"):
        read_file(access("registrar2", START), opened)
    read, origin = read_file(at(dt.date(2026, 3, 5)), opened)  # three days: to the end of the third after it
    assert (read, origin.application) == (adoption, adoption.application)
    with pytest.raises(PermissionDenied, match="期限已过"):
        read_file(at(dt.date(2026, 3, 6)), opened)
    looks = AuditEntry.objects.filter(title="查阅收养档案")
    assert [(look.persons, look.reason) for look in looks] == [([man.pk], "办理入学")]


def test_what_is_not_opened_has_a_reason_and_stays_shut(at, access, adoption, man):
    asked, boss = ask_to_unseal(at(START), asking(adoption), man), access("approver", START)
    with pytest.raises(Refused, match="写明不予开启的理由"):
        keep_sealed(boss, asked, reason=" ")
    keep_sealed(boss, asked, reason="用途不明")
    asked.refresh_from_db()
    with pytest.raises(PermissionDenied, match="没有核准打开"):
        read_file(at(START), asked)
    with pytest.raises(Refused, match="已经办过"):
        allow(boss, asked)
