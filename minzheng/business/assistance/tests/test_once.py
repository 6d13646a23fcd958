"""Price subsidy and heating: everybody once, by the same lists as any month (EX32, EX37; handbook A10, A11)."""

import datetime as dt
import itertools

import pytest
from django.test import Client
from django.urls import reverse

from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.models import Entitlement, EntitlementAmount
from minzheng.foundation.ledger.books import receive
from minzheng.foundation.oneoffs.actions import confirm, drop, enter, post_list
from minzheng.foundation.oneoffs.models import Distribution
from minzheng.foundation.oneoffs.select import held_back, preview
from minzheng.foundation.payments.prove import prove, prove_cash
from minzheng.foundation.payments.tests.office import Office
from minzheng.foundation.people.models import Household, Membership, Person
from minzheng.foundation.regions.models import Region

pytestmark = pytest.mark.django_db
COUNTY, VILLAGE = "431227000000", "431227107203"
OCTOBER = dt.date(2026, 10, 1)
DAY = dt.date(2026, 11, 16)
NUMBERS = itertools.count(1)
GROWTH = {"cpi_growth": 410, "food_cpi_growth": 100}


def family(size, category="urban"):
    """A household of so many living people, each with a bank account."""
    people = []
    for _ in range(size):
        number = next(NUMBERS)
        people.append(
            Person.objects.create(
                name=f"某{number}", region_id=VILLAGE, bank_account=f"62170000000{number:08d}"
            )
        )
    home = Household.objects.create(
        region_id=VILLAGE, category=category, head=people[0], since=dt.date(2020, 1, 1)
    )
    for person in people:
        Membership.objects.create(household=home, person=person, relation="成员", since=home.since)
    return home, people


def right(code, household=None, person=None, grade="", since=dt.date(2026, 1, 1)):
    made = Entitlement.objects.create(
        benefit=code, household=household, person=person or household.head, payee=person or household.head,
        region_id=VILLAGE, since_month=since, grade=grade,
    )  # fmt: skip
    EntitlementAmount.objects.create(
        entitlement=made, from_month=since, amount_fen=50_000, reason="granted", cite="测试", decided_on=since
    )
    return made


def proven(month):
    """This benefit's month, and its money in the books."""
    own = [one for one in prove(month) if one.benefit == "price_subsidy"]
    return bool(own) and all(one.holds for one in (*own, *prove_cash("431227")))


def entered(access, kind="price", month=OCTOBER, figures=GROWTH):
    county = Region.objects.get(code=COUNTY)
    return enter(
        access("reviewer", DAY), county, kind=kind, month=month, figures=figures, evidence="国统〔2026〕11号"
    )


def confirmed(access, one, day=DAY):
    total = sum(part.fen for part in preview(one))
    return confirm(access("approver", day), one, expected_fen=total)


def test_it_pays_ex32_67_yuan_65_by_the_months_list_and_proves_it(access):
    home, _ = family(3)
    right("dibao", home)
    made = confirmed(access, entered(access))
    paid = Entitlement.objects.get(benefit="price_subsidy")
    assert (made.rights, made.persons, made.total_fen, made.period) == (1, 3, 6_765, "2026年10月")
    assert (paid.household, paid.since_month, paid.until_month) == (home, OCTOBER, OCTOBER)
    office = Office(access)
    receive("central", "price_subsidy", COUNTY, 100_000, "到账")
    batch = office.pay("2026-10", "price_subsidy")
    assert (batch.payable_count, batch.payable_fen) == (1, 6_765)
    assert proven(OCTOBER)


def test_it_pays_each_person_once_whatever_rights_they_hold(access):
    home, people = family(3)
    right("dibao", home)
    right("orphan", person=people[2])
    parts = preview(entered(access))
    assert sorted((part.benefit, part.persons, part.fen) for part in parts) == [
        ("dibao", 2, 4_510),
        ("orphan", 1, 2_255),
    ]


def test_it_holds_who_has_no_household_and_is_not_confirmed_without_them(access):
    """An orphan of the children's home: neither the urban nor the rural standard, until the county says which."""
    right("dibao", family(3)[0])
    right("orphan", person=Person.objects.create(name="某孤儿", region_id=VILLAGE))
    one = entered(access)
    assert [part.persons for part in preview(one)] == [3]
    assert [(held.benefit, held.rights, held.persons) for held in held_back(one)] == [("orphan", 1, 1)]
    assert "没有家庭档案" in held_back(one)[0].reason
    with pytest.raises(Refused, match="有 1 份还算不出金额"):
        confirmed(access, one)
    drop(access("reviewer", DAY), one, note="补选标准")
    again = entered(access, figures=GROWTH | {"category_without_home": "城市"})
    assert held_back(again) == [] and confirmed(access, again).persons == 4


def test_it_leaves_out_the_dead_the_suspended_and_who_came_later(access):
    home, people = family(2)
    right("dibao", home)
    people[1].died_on = dt.date(2026, 9, 30)
    people[1].save()
    late, _ = family(1)
    right("dibao", late, since=dt.date(2026, 11, 1))
    Entitlement.objects.filter(pk=right("dibao", family(1)[0]).pk).update(state="suspended")
    assert [(part.rights, part.persons) for part in preview(entered(access))] == [(1, 1)]


@pytest.mark.parametrize(("growth", "set_off"), [(349, False), (350, True)])
def test_it_is_set_off_at_3_5_percent_and_not_below(access, growth, set_off):
    figures = {"cpi_growth": growth, "food_cpi_growth": 0}
    if set_off:
        assert entered(access, figures=figures).state == "entered"
        return
    with pytest.raises(Refused, match="没有达到启动条件"):
        entered(access, figures=figures)


def test_it_is_entered_once_a_month_and_confirmed_by_another(access):
    right("dibao", family(1)[0])
    one = entered(access)
    with pytest.raises(Refused, match="已经登记过"):
        entered(access)
    with pytest.raises(Refused, match="刚有变化"):
        confirm(access("approver", DAY), one, expected_fen=1)
    confirmed(access, one)
    before = Entitlement.objects.count()
    assert confirmed(access, one).state == "confirmed" and Entitlement.objects.count() == before


@pytest.mark.covers("S-047", by="minzheng/business/assistance/benefits.py", screen="/desk/one-offs/")
def test_it_heats_a_household_once_a_season_as_in_ex37(access):
    home, people = family(3)
    right("dibao", home)  # a dibao family
    right("tekun", person=people[2], grade="分散供养")  # with a scattered tekun member at the same address
    right("tekun", person=family(1)[1][0], grade="分散供养")  # a scattered tekun elder
    right("tekun", person=family(1)[1][0], grade="集中供养")  # one in an institution
    november = dt.date(2026, 11, 1)
    one = entered(access, "heating", november, {"heating_open": True})
    assert sorted((part.benefit, part.rights, part.fen) for part in preview(one)) == [
        ("dibao", 1, 100_000),
        ("tekun", 1, 100_000),
    ]
    with pytest.raises(Refused, match="先公示"):
        confirmed(access, one)
    post_list(access("reviewer", DAY), one)
    with pytest.raises(Refused, match="公示期到"):
        confirmed(access, one, DAY + dt.timedelta(days=7))
    assert confirmed(access, one, DAY + dt.timedelta(days=8)).total_fen == 200_000
    assert one.period == "2026—2027年采暖季"
    with pytest.raises(Refused, match="已经登记过"):
        enter(
            access("reviewer", dt.date(2027, 2, 1)), one.region, kind="heating", month=dt.date(2027, 1, 1),
            figures={"heating_open": True}, evidence="文",
        )  # fmt: skip


def test_its_months_may_have_gaps_and_nobody_of_a_gap_is_lost(access):
    right("dibao", family(1)[0])
    office = Office(access)
    receive("central", "price_subsidy", COUNTY, 100_000, "到账")
    for month in (dt.date(2026, 7, 1), OCTOBER):
        confirmed(access, entered(access, month=month))
    office.pay("2026-07", "price_subsidy")
    batch = office.pay("2026-10", "price_subsidy")
    assert batch.payable_fen == 2_255
    assert proven(dt.date(2026, 7, 1)) and proven(OCTOBER)


def test_its_pages_show_the_totals_before_anything_is_owed(access, cast, monkeypatch):
    import functools

    from minzheng.foundation.accounts.access import Access

    monkeypatch.setattr(
        "minzheng.foundation.accounts.middleware.Access", functools.partial(Access, today=DAY)
    )
    right("dibao", family(3)[0])

    def client(who):
        made = Client()
        made.force_login(cast[who], backend="django.contrib.auth.backends.ModelBackend")
        return made

    typed = {"county": COUNTY, "month": "2026-10", "evidence": "国统〔2026〕11号", **GROWTH}
    page = (
        client("reviewer")
        .post(reverse("desk:oneoffs:new", args=["price"]), typed, follow=True)
        .content.decode()
    )
    assert "67.65" in page and not Entitlement.objects.filter(benefit="price_subsidy").exists()
    one = Distribution.objects.get()
    assert client("outsider").get(reverse("desk:oneoffs:one", args=[one.pk])).status_code == 404
    client("approver").post(reverse("desk:oneoffs:confirm", args=[one.pk]), {"expected_fen": "6765"})
    assert Entitlement.objects.filter(benefit="price_subsidy").count() == 1
    assert "2026年10月" in client("finance").get(reverse("desk:oneoffs:index")).content.decode()


@pytest.mark.covers("S-048", by="minzheng/business/assistance/benefits.py", screen="/desk/one-offs/")
def test_it_gives_everybody_on_the_list_the_sum_of_the_notice_once(access):
    """临时生活补贴: the list is who holds a right in the month; posted, confirmed by another, not twice a month."""
    home, people = family(3)
    right("dibao", home)
    right("tekun", person=people[2], grade="分散供养")
    said = {"living_once_decided": True, "living_once_fen": 20_000}
    one = entered(access, "living_once", figures=said)
    assert sorted((part.benefit, part.persons, part.fen) for part in preview(one)) == [
        ("dibao", 2, 40_000),
        ("tekun", 1, 20_000),
    ]
    post_list(access("reviewer", DAY), one)
    with pytest.raises(Refused, match="公示期到"):
        confirmed(access, one, DAY + dt.timedelta(days=7))
    assert confirmed(access, one, DAY + dt.timedelta(days=8)).total_fen == 60_000
    with pytest.raises(Refused, match="已经登记过"):
        entered(access, "living_once", figures=said)
