"""From an announcement to what is left at the end of the year (S-223): each paper by two persons, each fen once."""

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.tests.making import NURSING, grant_nursing, make_person
from minzheng.foundation.funds import actions
from minzheng.foundation.funds.figures import standings
from minzheng.foundation.funds.jobs import open_advances, warn_of_shortage
from minzheng.foundation.funds.models import FundPaper
from minzheng.foundation.ledger.books import balance
from minzheng.foundation.ledger.models import Kind
from minzheng.foundation.payments.prove import prove_cash
from minzheng.foundation.payments.tests.conftest import approver, benefits
from minzheng.foundation.payments.tests.office import COUNTY, Office
from minzheng.foundation.regions.models import Region
from minzheng.foundation.tasks.models import Task

__all__ = ["approver", "benefits"]
pytestmark = pytest.mark.django_db
PROGRAMME = NURSING.programme


def day(text):
    return dt.date.fromisoformat(text)


class Treasury:
    """曾敏 registers, 江涛 checks; `on` is today."""

    def __init__(self, access):
        self.access = access
        self.on = day("2025-12-05")
        self.county = Region.objects.get(pk=COUNTY)

    def enter(self, kind, fen, number="财社〔2025〕88号", fund="central", year=2026, **dates):
        dates = {name: day(text) for name, text in dates.items()} or {"issued_on": self.on}
        return actions.register(
            self.access("finance", self.on), self.county, kind=kind, number=number, fund=fund,
            programme=PROGRAMME, year=year, amount_fen=fen, **dates,
        )  # fmt: skip

    def check(self, paper):
        return actions.check(self.access("finance2", self.on), paper)

    def book(self, *arguments, **more):
        return self.check(self.enter(*arguments, **more))

    def total(self, year=2026):
        (standing,) = standings(self.on, [COUNTY[:6]], year)
        assert standing.total.difference == 0
        return standing.total


@pytest.fixture
def treasury(benefits, access):
    return Treasury(access)


def test_it_moves_money_only_when_another_person_has_checked(treasury, access):
    treasury.on = day("2026-04-20")
    paper = treasury.enter("allocation", 100_000)
    assert balance(PROGRAMME, COUNTY) == 0
    with pytest.raises(Refused, match="不能是同一个人"):
        actions.check(access("finance", treasury.on), paper)
    treasury.check(paper)
    treasury.check(paper)
    assert balance(PROGRAMME, COUNTY) == 100_000


def test_it_opens_an_advance_on_the_first_day_of_its_year_and_not_before(treasury):
    treasury.book("advance", 60_000)
    assert (balance(PROGRAMME, COUNTY, Kind.ADVANCE), balance(PROGRAMME, COUNTY)) == (60_000, 0)
    assert open_advances(day("2025-12-31")) == 0
    assert open_advances(day("2026-01-01")) == 1
    assert open_advances(day("2026-01-02")) == 0
    assert (balance(PROGRAMME, COUNTY, Kind.ADVANCE), balance(PROGRAMME, COUNTY)) == (0, 60_000)


def test_it_counts_what_was_announced_once_in_the_allocation(treasury):
    treasury.book("advance", 60_000)
    treasury.on = day("2026-05-12")
    open_advances(treasury.on)
    treasury.book("budget", 120_000, number="县预1号")
    with pytest.raises(Refused, match="小于已提前下达"):
        treasury.book("allocation", 59_999, number="财社〔2026〕35号")
    treasury.book("allocation", 100_000, number="财社〔2026〕36号", issued_on="2026-04-20")
    assert balance(PROGRAMME, COUNTY) == 100_000
    total = treasury.total()
    assert (total.budget, total.advanced, total.allocated, total.available) == (
        120_000,
        60_000,
        100_000,
        100_000,
    )
    # A second document of the year has nothing in it that was announced.
    treasury.book("allocation", 5_000, number="财社〔2026〕50号")
    assert treasury.total().allocated == 105_000


def test_it_counts_a_document_once_and_again_after_it_was_sent_back(treasury, access):
    treasury.on = day("2026-04-20")
    paper = treasury.enter("allocation", 100_000)
    with pytest.raises(Refused, match="已经登记过"):
        treasury.enter("allocation", 100_000)
    actions.reject(access("finance2", treasury.on), paper, reason="金额看错")
    with pytest.raises(Refused, match="已经退回"):
        treasury.check(paper)
    treasury.book("allocation", 10_000)
    assert balance(PROGRAMME, COUNTY) == 10_000


@pytest.mark.parametrize(
    ("kind", "year", "says"),
    [
        ("advance", 2026, "以后年度"),
        ("allocation", 2027, "还没有开始"),
        ("surrender", 2027, "还没有开始"),
        ("carry_over", 2026, "还没有结束"),
    ],
)
def test_it_refuses_a_paper_of_the_wrong_year(treasury, kind, year, says):
    treasury.on = day("2026-04-20")
    with pytest.raises(Refused, match=says):
        treasury.enter(kind, 1, year=year)


def test_it_carries_over_once_and_gives_back_what_stayed_for_two_years(treasury):
    treasury.on = day("2025-06-01")
    treasury.book("allocation", 100_000, year=2025)
    treasury.on = day("2026-01-05")
    with pytest.raises(Refused, match="不能结转"):
        treasury.book("carry_over", 100_001, number="结转1", year=2025)
    treasury.book("carry_over", 100_000, number="结转2", year=2025)
    assert treasury.total(2025).available == 0
    treasury.book("allocation", 30_000, number="新的")
    assert treasury.total(2026).received == 130_000
    treasury.on = day("2027-01-05")
    # 2026 spent nothing: the 1,000 yuan of 2025 have stayed for two years, only 2026's own 300 may go on.
    with pytest.raises(Refused, match=r"最多可结转 300\.00 元.*预算法第四十二条"):
        treasury.book("carry_over", 30_001, number="结转3", year=2026)
    treasury.book("carry_over", 30_000, number="结转4", year=2026)
    treasury.book("surrender", 100_000, number="上缴1", year=2026)
    total = treasury.total(2026)
    assert (total.available, total.surrendered, total.carried_out, total.carried_in) == (
        0,
        100_000,
        30_000,
        100_000,
    )
    with pytest.raises(Refused, match=r"只有 0\.00 元"):
        treasury.book("surrender", 1, number="上缴2", year=2026)


def test_it_says_how_much_is_missing_and_tells_the_county_before_it_runs_dry(
    treasury, access, approver, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.PAYMENT_OUTBOX = tmp_path
    treasury.on = day("2026-03-10")
    grant_nursing(approver, 7000, person=make_person("姚阿公"))
    office = Office(access)
    treasury.book("allocation", 6_999, number="少一分")
    batch = office.freeze(office.make("2026-01"))
    with pytest.raises(Refused, match=r"需要 70\.00 元，还差 0\.01 元"):
        office.send(batch)
    treasury.book("allocation", 14_000, number="补上")
    office.send(batch)
    office.answer(batch)
    (standing,) = standings(treasury.on, [COUNTY[:6]])
    assert (standing.rate_fen, standing.months_text, standing.is_low) == (7000, "1.9 个月", True)
    assert (warn_of_shortage(treasury.on), warn_of_shortage(treasury.on)) == (1, 0)
    treasury.book("allocation", 1, number="到两个月")
    assert warn_of_shortage(treasury.on) == 0
    assert Task.objects.get(kind="fund.low").state == "withdrawn"
    assert all(proof.holds for proof in prove_cash())
    (standing,) = standings(treasury.on, [COUNTY[:6]])
    assert not standing.is_low
    assert (standing.total.paid, standing.total.available) == (7000, 14_000)


def test_it_counts_a_paper_as_prompt_up_to_the_thirtieth_day(treasury):
    treasury.on = day("2026-06-01")
    treasury.book("allocation", 1, number="一", issued_on="2026-04-01", arrived_on="2026-05-01")
    treasury.book("allocation", 1, number="二", issued_on="2026-04-01", arrived_on="2026-05-02")
    (standing,) = standings(treasury.on, [COUNTY[:6]])
    assert (standing.prompt, standing.papers) == (1, 2)


def test_the_database_keeps_a_paper_as_it_was_checked(treasury):
    treasury.on = day("2026-06-01")
    paper = treasury.book("allocation", 100)
    for sql in (
        "UPDATE funds_fundpaper SET amount_fen = 1",
        "DELETE FROM funds_fundpaper",
        "UPDATE funds_fundpaper SET state = 'waiting'",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    with pytest.raises(IntegrityError, match="another_person"), transaction.atomic():
        FundPaper.objects.filter(pk=paper.pk).update(checker=paper.maker)
