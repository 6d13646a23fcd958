"""E9: Σ bed-days ÷ days of the month × rate, per verified site, once per grade; paid to the organisation and proven."""

import calendar
import datetime as dt

import pytest

from minzheng.business.elderly.institutions.actions.beds import regrade
from minzheng.business.elderly.institutions.actions.residents import leave
from minzheng.business.elderly.institutions.models import Home, Resident
from minzheng.business.elderly.institutions.subsidies.actions import confirm_run, make_run, record_grade
from minzheng.business.elderly.institutions.tests.making import (
    COUNTY,
    assessed,
    elder,
    home,
    move_in,
    organisation,
)
from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.payments.models import Recovery
from minzheng.foundation.payments.tests.office import Office, assert_proven
from minzheng.foundation.regions.models import Region

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 16)
OCTOBER, SEPTEMBER = dt.date(2026, 10, 1), dt.date(2026, 9, 1)


@pytest.fixture
def maker(access):
    return access("reviewer", TODAY)


@pytest.fixture
def confirmed(access, maker):
    """Work out and confirm one subsidy of one month, by two officers."""

    def of(benefit, month=OCTOBER, day=TODAY):
        county = Region.objects.get(code=COUNTY)
        run = make_run(access("reviewer", day), county, benefit=benefit, month=month)
        return confirm_run(access("approver", day), run, expected_fen=run.total_fen)

    return of


@pytest.fixture
def office(access, settings, tmp_path):
    settings.PAYMENT_OUTBOX = tmp_path / "outbox"
    office = Office(access)
    office.fund(code="home_subsidy")
    return office


def amounts(run):
    return list(run.lines.order_by("home_id").values_list("days", "fen"))


@pytest.mark.covers(
    "S-080",
    by="minzheng/business/elderly/institutions/subsidies/counting.py",
    screen="/desk/homes/subsidies/",
)
def test_a_full_month_pays_the_rate_of_the_grade_and_a_part_of_it_its_days(maker, confirmed, office):
    where = home()
    move_in(maker, where, elder("中度失能"), "2-1", on="2026-09-01")  # 31 of 31 days at 200.00
    part = move_in(maker, where, elder("能力完好"), "1-1", on="2026-10-22")  # 10 of 31 days at 100.00
    assert confirmed("home_operating").total_fen == 20_000 + 3_226  # 100.00 × 10/31 = 32.258…
    assert Entitlement.objects.get().amounts.get().amount_fen == 23_226
    batch = office.pay_organisation(office.make("2026-10", "home_operating"))
    line = batch.lines.get()
    assert (line.organisation, line.amount_fen) == (where.facility.organisation, 23_226)
    assert line.organisation_account == where.facility.organisation.bank_account
    assert_proven("2026-10")
    leave(maker, part, "2026-11-01", "回家")


@pytest.mark.parametrize(
    ("arrives", "leaves", "days"),
    [
        ("2026-09-30", "2026-10-01", 0),  # gone on the first: no day of October
        ("2026-09-30", "2026-10-02", 1),
        ("2026-10-31", None, 1),
        ("2026-11-01", None, 0),
        ("2026-09-30", None, 31),
    ],
)
def test_a_day_counts_from_arrival_to_the_day_before_leaving(maker, confirmed, arrives, leaves, days):
    where = home()
    resident = move_in(maker, where, elder("能力完好"), "1-1", on=arrives)
    if leaves:
        leave(maker, resident, leaves, "回家")
    if not days:
        with pytest.raises(Refused, match="没有机构可以发放"):
            confirmed("home_operating")
    else:
        assert amounts(confirmed("home_operating")) == [(days, (10_000 * days * 2 + 31) // 62)]


@pytest.mark.parametrize(("year", "days"), [(2024, 29), (2025, 28)])
def test_a_full_february_is_a_full_month_in_a_leap_year_and_in_another(access, confirmed, year, days):
    where, day = home(filed_on=dt.date(2023, 1, 1)), dt.date(year, 3, 20)
    where.facility.opened_on = dt.date(2023, 1, 1)
    where.facility.save()
    where.beds.update(opened_on=dt.date(2023, 1, 1))
    person = elder("能力完好", since=dt.date(2023, 1, 1))
    move_in(access("reviewer", day), where, person, "1-1", on=f"{year}-02-01")
    assert calendar.monthrange(year, 2)[1] == days
    assert amounts(confirmed("home_operating", dt.date(year, 2, 1), day)) == [(days, 10_000)]


def test_a_change_of_grade_within_the_month_pays_each_day_at_its_own(maker, confirmed):
    where, person = home(), elder("中度失能")
    move_in(maker, where, person, "2-1", on="2026-09-01")
    assessed(person, "重度失能", dt.date(2026, 10, 11))
    regrade(person.pk, dt.date(2026, 10, 11))
    run = confirmed("home_operating")
    assert run.lines.get().basis["days"] == {"2": 10, "3": 21}
    assert run.total_fen == (2 * (20_000 * 10 + 30_000 * 21) + 31) // 62


def test_a_better_home_is_paid_its_percentage_while_the_grade_holds(maker, confirmed):
    for until in (dt.date(2026, 10, 1), dt.date(2026, 9, 30)):
        where = home(grade=4, grade_until=until)
        move_in(maker, where, elder("中度失能"), "2-1", on="2026-09-01")
    assert [fen for _, fen in amounts(confirmed("home_operating"))] == [24_000, 20_000]


def test_it_leaves_out_tekun_residents_and_unknown_grades_and_says_so(maker, confirmed):
    where = home()
    move_in(maker, where, elder("中度失能"), "2-1", on="2026-09-01")
    move_in(maker, where, elder("重度失能"), "2-2", on="2026-09-01", is_tekun=True)
    move_in(maker, where, elder(), "1-1", on="2026-09-01")
    run = confirmed("home_operating")
    basis = run.lines.get().basis
    assert (run.total_fen, basis["tekun_days"], basis["unknown_days"]) == (20_000, 31, 31)


@pytest.mark.parametrize(
    "facts",
    [
        {"filing": "none", "filed_on": None},
        {"filing": "changed"},
        {"fire": "failed"},
        {"filed_on": dt.date(2026, 11, 1)},
    ],
)
def test_a_home_that_is_not_filed_or_not_safe_is_not_subsidised(maker, confirmed, facts):
    where = home()
    move_in(maker, where, elder("中度失能"), "2-1", on="2026-09-01")
    Home.objects.filter(pk=where.pk).update(**facts)
    with pytest.raises(Refused, match="没有机构可以发放"):
        confirmed("home_operating")


def test_two_officers_once_a_month_and_never_before_it_is_over(access, maker, confirmed):
    move_in(maker, home(), elder("中度失能"), "2-1", on="2026-09-01")
    county = Region.objects.get(code=COUNTY)
    with pytest.raises(Refused, match="还没有过完"):
        make_run(maker, county, benefit="home_operating", month=dt.date(2026, 11, 1))
    run = make_run(maker, county, benefit="home_operating", month=OCTOBER)
    with pytest.raises(Refused, match="刚有变化"):
        confirm_run(access("approver", TODAY), run, expected_fen=1)
    done = confirmed("home_operating")
    assert confirm_run(access("approver", TODAY), done, expected_fen=done.total_fen) == done  # a second click
    assert Entitlement.objects.count() == 1
    with pytest.raises(Refused, match="已经确认过"):
        make_run(maker, county, benefit="home_operating", month=OCTOBER)


@pytest.mark.covers(
    "S-081",
    by="minzheng/business/elderly/institutions/subsidies/counting.py",
    screen="/desk/homes/subsidies/",
)
def test_a_chain_is_paid_once_for_each_verified_site_when_it_has_enough(maker, confirmed):
    owner = organisation()
    facts = {"chain": "安康", "chain_verified_on": dt.date(2026, 10, 31)}
    two = [home(owner, **facts), home(owner, **facts)]
    home(owner, chain="安康", chain_verified_on=dt.date(2026, 11, 1))  # verified a day too late for October
    home(owner, chain="安康")
    with pytest.raises(Refused, match="没有机构可以发放"):
        confirmed("home_chain")
    third = home(owner, **facts)
    run = confirmed("home_chain")
    assert {line.home_id for line in run.lines.all()} == {one.pk for one in (*two, third)}
    assert run.total_fen == 3 * 3_000_000
    with pytest.raises(Refused, match="已经确认过"):
        confirmed("home_chain")


@pytest.mark.covers(
    "S-082", by="minzheng/business/elderly/institutions/subsidies/actions.py", screen="/desk/homes/subsidies/"
)
def test_a_grade_is_paid_once_and_its_unused_months_come_back_when_it_is_lost(
    access, maker, confirmed, office
):
    where = home(grade=4, grade_until=dt.date(2029, 8, 31))
    confirmed("home_rating", SEPTEMBER)
    office.pay_organisation(office.make("2026-09", "home_rating"))
    with pytest.raises(Refused, match="没有机构可以发放"):
        confirmed("home_rating", OCTOBER)  # the same grade is paid once
    later = access("reviewer", dt.date(2027, 9, 20))  # twelve of thirty-six months were kept
    record_grade(later, where, grade=3, on="2027-09-20", valid_until="2029-08-31")
    owed = Recovery.objects.get()
    assert (owed.amount_fen, owed.entitlement.facility_id) == (4_000_000, where.pk)
    assert_proven("2026-09")
    assert Home.objects.get(pk=where.pk).grade == 3


def test_a_grade_that_was_kept_to_its_end_costs_nothing(access, confirmed, office):
    where = home(grade=4, grade_until=dt.date(2029, 8, 31))
    confirmed("home_rating", SEPTEMBER)
    office.pay_organisation(office.make("2026-09", "home_rating"))
    record_grade(access("reviewer", dt.date(2029, 9, 1)), where, grade=0, on="2029-09-01")
    assert not Recovery.objects.exists()


def test_whoever_left_long_ago_costs_nothing(maker, confirmed):
    where = home()
    leave(maker, move_in(maker, where, elder("中度失能"), "2-1", on="2026-08-01"), "2026-09-15", "回家")
    move_in(maker, where, elder("中度失能"), "2-1", on="2026-09-15")  # the bed changes hands on that day
    assert confirmed("home_operating", SEPTEMBER).total_fen == 20_000
    assert Resident.objects.count() == 2
