"""Double entry that PostgreSQL itself keeps."""

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from minzheng.foundation.accounts.walls.build import as_owner
from minzheng.foundation.actions import Refused
from minzheng.foundation.ledger.books import KeyReused, Line, account, balance, post, receive, statement
from minzheng.foundation.ledger.drawing import Plan, move
from minzheng.foundation.ledger.models import Account, Entry, Fund, Kind, Posting
from minzheng.foundation.regions.models import Region

COUNTY = "431227000000"
pytestmark = pytest.mark.django_db


@pytest.fixture
def county(regions):
    return COUNTY


def run(sql):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_it_makes_allotted_money_available(county):
    receive("central", "dibao", county, 100_000, "到账-1")
    assert balance("dibao", county) == 100_000
    assert balance("dibao", county, Kind.SOURCE) == -100_000


def test_it_enters_the_same_key_once(county):
    first = receive("central", "dibao", county, 100_000, "到账-1")
    assert receive("central", "dibao", county, 100_000, "到账-1") == first
    assert balance("dibao", county) == 100_000


def test_it_refuses_a_used_key_with_another_amount(county):
    receive("central", "dibao", county, 100_000, "到账-1")
    with pytest.raises(KeyReused):
        receive("central", "dibao", county, 100_001, "到账-1")
    assert balance("dibao", county) == 100_000


def test_it_spends_funds_in_their_order_and_never_below_zero(county):
    receive("county", "dibao", county, 50_000, "县")
    receive("central", "dibao", county, 30_000, "中央")
    post("发放", move("dibao", county, 45_000, Kind.AVAILABLE, Kind.TRANSIT), "批次-1")
    assert balance("dibao", county, fund="central") == 0
    assert balance("dibao", county, fund="county") == 35_000
    with pytest.raises(Refused, match=r"还差 0\.01 元"):
        move("dibao", county, 35_001, Kind.AVAILABLE, Kind.TRANSIT)


def test_it_spends_older_years_first_and_each_within_its_year(county):
    receive("central", "dibao", county, 100, "新", year=2026)
    receive("central", "dibao", county, 40, "旧", year=2025)
    post("发放", move("dibao", county, 60, Kind.AVAILABLE, Kind.TRANSIT), "批次")
    left = Account.objects.filter(kind="available").values_list("year", "balance_fen")
    assert dict(left) == {2025: 0, 2026: 80}
    assert dict(Account.objects.filter(kind="transit").values_list("year", "balance_fen")) == {
        2025: 40,
        2026: 20,
    }


def test_it_draws_in_the_declared_order_and_by_declared_shares(county):
    receive("central", "dibao", county, 1000, "中央")
    receive("county", "dibao", county, 500, "县")
    plan = Plan(order=("county", "central", "province", "city", "lottery", "donation"))
    post("按次序", move("dibao", county, 400, Kind.AVAILABLE, Kind.TRANSIT, plan=plan), "一")
    assert balance("dibao", county, fund="county") == 100
    plan = Plan(shares={"central": 70, "county": 30})
    post("按比例", move("dibao", county, 101, Kind.AVAILABLE, Kind.TRANSIT, plan=plan), "二")
    # 70 % and 30 % of 101 are 70 and 30 whole fen; the odd fen comes from the first in the order.
    assert (balance("dibao", county, fund="central"), balance("dibao", county, fund="county")) == (929, 70)
    with pytest.raises(Refused, match=r"县级资金应负担 1\.20 元，还差 0\.50 元"):
        move("dibao", county, 400, Kind.AVAILABLE, Kind.TRANSIT, plan=plan)


def test_it_refuses_lines_that_would_overdraw_even_when_they_balance(county):
    receive("central", "dibao", county, 100, "到账")
    here, there = (account("central", "dibao", county, kind) for kind in (Kind.AVAILABLE, Kind.PAID))
    with pytest.raises(Refused, match="余额不足"):
        post("透支", [Line(here.pk, -101), Line(there.pk, 101)], "透支")
    assert not Entry.objects.filter(key="透支").exists()


def test_it_shows_the_balance_after_each_posting(county):
    receive("central", "dibao", county, 100, "一")
    receive("central", "dibao", county, 50, "二")
    here = account("central", "dibao", county, Kind.AVAILABLE)
    assert [row.running_fen for row in statement([here])] == [150, 100]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE ledger_posting SET amount_fen = amount_fen + 1",
        "DELETE FROM ledger_posting",
        "UPDATE ledger_entry SET title = ''",
        "DELETE FROM ledger_entry",
        "UPDATE ledger_account SET balance_fen = balance_fen + 1",
        "UPDATE ledger_account SET fund = 'county'",
        "DELETE FROM ledger_account",
    ],
)
def test_it_cannot_be_edited_even_with_raw_sql(county, sql):
    receive("central", "dibao", county, 100, "到账")
    with as_owner(), pytest.raises(DatabaseError, match=r"Cannot|changes only by postings"):
        run(sql)


@pytest.mark.parametrize("table", ["ledger_account", "ledger_entry", "ledger_posting"])
def test_it_is_never_emptied(county, table):
    receive("central", "dibao", county, 100, "到账")
    with as_owner(), pytest.raises(DatabaseError, match="never emptied"):
        run(f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {table} CASCADE")


def test_it_cannot_commit_an_entry_that_does_not_balance(county):
    here = account("central", "dibao", county, Kind.AVAILABLE)
    entry = "WITH e AS (INSERT INTO ledger_entry (key, title, digest, day, at) VALUES ('x', '', '', now(), now()) RETURNING id) "
    with pytest.raises(DatabaseError, match="does not balance"):
        run(
            f"{entry} INSERT INTO ledger_posting (entry_id, account_id, amount_fen) SELECT id, {here.pk}, 5 FROM e"
        )
    with pytest.raises(DatabaseError, match="has no postings"):
        run(f"{entry} SELECT * FROM e")


def test_it_opens_every_account_at_zero(county):
    values = f"('central', 'x', '{COUNTY}', 'paid', 2026, 999)"
    run(f"INSERT INTO ledger_account (fund, programme, region_id, kind, year, balance_fen) VALUES {values}")
    assert Account.objects.get(programme="x").balance_fen == 0


def test_it_refuses_a_negative_balance_and_an_empty_posting(county):
    here = account("central", "dibao", county, Kind.AVAILABLE)
    entry = Entry(key="x", title="", digest="", day=dt.date(2026, 1, 1))
    with pytest.raises(IntegrityError, match="no_negative_balance"), transaction.atomic():
        entry.save()
        Posting.objects.create(entry=entry, account=here, amount_fen=-1)
    entry = Entry(key="y", title="", digest="", day=dt.date(2026, 1, 1))
    with pytest.raises(IntegrityError, match="posting_is_not_zero"), transaction.atomic():
        entry.save()
        Posting.objects.create(entry=entry, account=here, amount_fen=0)


class ConservationTest(TestCase):
    """Whatever is received, sent and given back, no fen appears or disappears."""

    @settings(max_examples=40, deadline=None)
    @given(
        st.lists(
            st.tuples(st.sampled_from(["receive", "send", "settle", "give back"]), st.integers(1, 10**12)),
            max_size=12,
        )
    )
    def test_it_conserves_every_fen(self, steps):
        Region.objects.get_or_create(
            code=COUNTY,
            defaults={
                "name": "新晃",
                "full_name": "新晃",
                "level": 3,
                "since": "2000-01-01",
                "source": "测试",
            },
        )
        ways = {
            "send": (Kind.AVAILABLE, Kind.TRANSIT),
            "settle": (Kind.TRANSIT, Kind.PAID),
            "give back": (Kind.TRANSIT, Kind.AVAILABLE),
        }
        received = 0
        for number, (step, amount) in enumerate(steps):
            if step == "receive":
                receive(Fund.values[amount % 6], "dibao", COUNTY, amount, f"{number}")
                received += amount
            elif amount <= balance("dibao", COUNTY, ways[step][0]):
                post(step, move("dibao", COUNTY, amount, *ways[step]), f"{number}")
        held = [balance("dibao", COUNTY, kind) for kind in (Kind.AVAILABLE, Kind.TRANSIT, Kind.PAID)]
        assert sum(held) == received == -balance("dibao", COUNTY, Kind.SOURCE)
        assert min(held) >= 0
