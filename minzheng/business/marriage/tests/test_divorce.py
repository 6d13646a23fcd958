"""M2–M4: the days as the law counts them, both ways out, and who may read the agreement."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from minzheng.business.marriage.archive import reissue
from minzheng.business.marriage.divorce import (
    Appearance,
    days_from,
    deem_withdrawn,
    read_agreement,
    register_divorce,
    withdraw_divorce,
)
from minzheng.business.marriage.models import Agreement, Divorce, DivorceState, Registry
from minzheng.business.marriage.tests.couples import ALL_SAID, BOTH, COUNTY, apply_for_divorce, marry, person
from minzheng.business.marriage.tests.couples import registry as open_registry
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.certificates.models import Issued
from minzheng.foundation.events.models import Event

D = dt.date
pytestmark = pytest.mark.django_db


@pytest.fixture
def wedding(at, registry, man, woman):
    return marry(at(D(2025, 6, 2)), registry, man, woman)


@pytest.mark.parametrize(
    ("applied", "cooling", "window"),
    [
        (D(2026, 1, 20), D(2026, 2, 24), D(2026, 3, 26)),  # EX21: day 30 in the Spring Festival
        (D(2026, 1, 15), D(2026, 2, 14), D(2026, 3, 16)),  # Saturday 14 Feb is worked: no roll
        (D(2026, 1, 16), D(2026, 2, 24), D(2026, 3, 26)),  # 15 Feb is the first day of the holiday
        (D(2026, 2, 25), D(2026, 3, 27), D(2026, 4, 27)),  # window's day 30 is Sunday 26 Apr
        (D(2026, 8, 31), D(2026, 9, 30), D(2026, 10, 30)),  # month end; October's holidays lie inside
        (D(2026, 9, 1), D(2026, 10, 8), D(2026, 11, 9)),  # 1–7 Oct off; then day 30 is Saturday 7 Nov
        (
            D(2024, 1, 30),
            D(2024, 2, 29),
            D(2024, 4, 1),
        ),  # leap day; window's end Saturday 30 Mar rolls over Sunday
    ],
)
def test_the_days_are_those_of_the_calendar(applied, cooling, window):
    days = days_from(applied, COUNTY)
    assert (days.cooling_until, days.window_from, days.window_until) == (
        cooling, cooling + dt.timedelta(days=1), window,
    )  # fmt: skip


@pytest.mark.covers("S-140", by="minzheng/business/marriage/divorce.py", screen="/desk/marriage/divorces/")
def test_ex21_divorced_on_the_last_day_of_the_window(at, wedding, man, woman):
    divorce = apply_for_divorce(at(D(2026, 1, 20)), wedding)
    assert (divorce.cooling_until, divorce.window_until) == (D(2026, 2, 24), D(2026, 3, 26))
    with pytest.raises(Refused, match="还在冷静期"):
        register_divorce(at(D(2026, 2, 24)), divorce, BOTH)
    row = register_divorce(at(D(2026, 3, 26)), divorce, BOTH)
    assert row.number == "L431227-2026-000001"
    assert not Issued.objects.filter(kind="married", state="valid").exists()
    assert Issued.objects.filter(kind="parted", state="valid").count() == 2
    assert Event.objects.filter(kind="person.divorced").count() == 2
    assert deem_withdrawn(D(2026, 3, 27)) == 0
    assert marry(
        at(D(2026, 3, 27)), wedding.registry, man, woman, man_prior="divorced", woman_prior="divorced"
    )


def test_ex21_a_day_later_it_is_deemed_withdrawn(at, wedding):
    divorce = apply_for_divorce(at(D(2026, 1, 20)), wedding)
    assert deem_withdrawn(D(2026, 3, 26)) == 0
    with pytest.raises(Refused, match="视为撤回"):
        register_divorce(at(D(2026, 3, 27)), divorce, BOTH)
    assert (deem_withdrawn(D(2026, 3, 27)), deem_withdrawn(D(2026, 3, 27))) == (1, 0)
    divorce.refresh_from_db()
    assert divorce.state == DivorceState.DEEMED
    assert Issued.objects.filter(kind="married", state="valid").count() == 2


def test_ex22_withdrawn_on_the_last_day_and_applied_for_again(at, wedding, woman):
    divorce = apply_for_divorce(at(D(2026, 1, 20)), wedding)
    with pytest.raises(Refused, match="已有一件离婚登记申请"):
        apply_for_divorce(at(D(2026, 1, 21)), wedding)
    with pytest.raises(Refused, match="只有申请离婚的双方"):
        withdraw_divorce(at(D(2026, 2, 24)), divorce, person("别人", "1990-01-01", 9))
    with pytest.raises(Refused, match="不再办理撤回"):
        withdraw_divorce(at(D(2026, 2, 25)), divorce, woman)
    withdraw_divorce(at(D(2026, 2, 24)), divorce, woman)
    assert divorce.state == DivorceState.WITHDRAWN
    again = apply_for_divorce(at(D(2026, 2, 25)), wedding)
    assert again.cooling_until == D(2026, 3, 27)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"seen": Appearance(True, False, True, True, True)}, "双方本人同时到场"),
        ({"seen": Appearance(True, True, True, True, False)}, "限制民事行为能力"),
        ({"seen": Appearance(True, True, True, False, True)}, "没有达成离婚协议"),
        ({"in_mainland": False}, "不是在内地办理"),
        ({"agreement": ALL_SAID | {"debts": " "}}, "没有写明这一项"),
    ],
)
def test_what_cannot_be_divorced_at_the_registry_is_refused_with_the_way_on(at, wedding, more, reason):
    with pytest.raises(Refused, match=reason):
        apply_for_divorce(at(D(2026, 1, 20)), wedding, **more)
    assert not Divorce.objects.exists()


def test_a_couple_not_of_the_mainland_parts_at_an_office_that_the_province_has_named(at, cast, man, woman):
    named = open_registry(cast, is_foreign=True, designated_by="湘民函〔2025〕1号")
    wedding = marry(at(D(2025, 6, 2)), named, man, woman, man_nationality="法国")
    Registry.objects.update(is_foreign=False)  # the province has named another one since
    wedding.registry.refresh_from_db()
    with pytest.raises(Refused, match="省级确定的婚姻登记机关"):
        apply_for_divorce(at(D(2026, 1, 20)), wedding)
    Registry.objects.update(is_foreign=True)
    wedding.registry.refresh_from_db()
    assert apply_for_divorce(at(D(2026, 1, 20)), wedding).state == DivorceState.OPEN


def test_a_divorce_certificate_is_given_again_until_the_two_are_married_once_more(at, wedding, man, woman):
    divorce = apply_for_divorce(at(D(2026, 1, 20)), wedding)
    row = register_divorce(at(D(2026, 3, 2)), divorce, BOTH)
    again = reissue(at(D(2026, 3, 3)), row, man, wedding.registry, "遗失")
    assert again.number == "BL431227-2026-000001"
    marry(at(D(2026, 3, 4)), wedding.registry, man, woman, man_prior="divorced", woman_prior="divorced")
    with pytest.raises(Refused, match="双方已经复婚"):
        reissue(at(D(2026, 3, 5)), again, woman, wedding.registry, "遗失")


def test_another_registry_cannot_give_the_certificate(at, access, wedding, cast):
    divorce = apply_for_divorce(at(D(2026, 1, 20)), wedding)
    open_registry(cast, code="431228", officers=("outsider",))
    with pytest.raises(PermissionDenied):
        register_divorce(access("outsider", D(2026, 3, 2)), divorce, BOTH)
    with pytest.raises(Refused, match="同时到场"):
        register_divorce(at(D(2026, 3, 2)), divorce, Appearance(True, False, True, True, True))


def test_the_agreement_is_for_the_registry_and_the_two(at, access, wedding, man, cast):
    divorce = apply_for_divorce(at(D(2026, 1, 20)), wedding)
    assert read_agreement(at(D(2026, 1, 21)), divorce).content["property"] == "房子归男方"
    for login in ("reviewer", "approver", "auditor", "province", "clerk", "outsider"):
        with pytest.raises(PermissionDenied, match="只有当事人双方"):
            read_agreement(access(login, D(2026, 1, 21)), divorce)
    cast["xiuying"].person = man
    cast["xiuying"].save()
    assert read_agreement(access("xiuying", D(2026, 1, 21)), divorce).content == ALL_SAID
    looks = AuditEntry.objects.filter(title="查阅离婚协议")
    assert {look.actor_id for look in looks} == {cast["registrar"].pk, cast["xiuying"].pk}


def test_the_agreement_is_unreadable_in_a_copy_of_the_database(at, wedding):
    from django.db import connection

    apply_for_divorce(at(D(2026, 1, 20)), wedding)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT content FROM {Agreement._meta.db_table}")
        assert "房子" not in bytes(cursor.fetchone()[0]).decode(errors="ignore")
