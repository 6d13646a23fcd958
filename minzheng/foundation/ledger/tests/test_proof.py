"""The books are proven from the postings themselves: a fen that somebody moved past the triggers is found and named."""

import pytest
from django.db import connection

from minzheng.foundation.accounts.walls.build import as_owner
from minzheng.foundation.ledger.books import Line, account, balance_of, post, receive
from minzheng.foundation.ledger.drawing import move
from minzheng.foundation.ledger.models import Kind
from minzheng.foundation.ledger.proof import BooksProof, prove_books

HERE, BESIDE = "431227000000", "431228000000"
pytestmark = pytest.mark.django_db


@pytest.fixture
def books(regions):
    """Two counties; one has sent 40 of its 100 fen to the bank."""
    receive("central", "dibao", HERE, 100, "到账-1")
    post("发放", move("dibao", HERE, 40, Kind.AVAILABLE, Kind.TRANSIT), "批次-1")
    receive("county", "dibao", BESIDE, 70, "到账-2")


def past_the_triggers(sql, *values):
    """What a superuser can do who switches them off."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, values)
        assert cursor.rowcount == 1
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


@pytest.mark.parametrize(
    ("prefix", "accounts", "entries"),
    [("431227", 3, 2), ("431228", 2, 1), ("4312", 5, 3), ("", 5, 3), ("431230", 0, 0)],
)
def test_it_holds_for_what_was_posted(books, prefix, accounts, entries):
    proof = prove_books(prefix)
    assert proof == BooksProof(accounts, entries, off_accounts=(), off_entries=())
    assert proof.holds


@pytest.mark.parametrize("fen", [1, -1])
def test_it_names_the_account_that_is_more_or_less_than_its_postings(books, fen):
    here = account("central", "dibao", HERE, Kind.AVAILABLE)
    past_the_triggers("UPDATE ledger_account SET balance_fen = balance_fen + %s WHERE id = %s", fen, here.pk)
    proof = prove_books("431227")
    assert (proof.off_accounts, proof.off_entries) == (((f"{HERE} {here}", fen),), ())
    assert not proof.holds and not prove_books().holds
    assert prove_books("431228").holds, "nothing is wrong in the county beside"


def test_it_names_the_entry_that_no_longer_balances_even_where_the_balance_was_changed_with_it(books):
    here = account("central", "dibao", HERE, Kind.TRANSIT)
    past_the_triggers("UPDATE ledger_posting SET amount_fen = amount_fen + 2 WHERE account_id = %s", here.pk)
    assert prove_books("431227").off_accounts == ((f"{HERE} {here}", -2),)
    past_the_triggers("UPDATE ledger_account SET balance_fen = balance_fen + 2 WHERE id = %s", here.pk)
    proof = prove_books("431227")
    assert (proof.off_accounts, proof.off_entries) == ((), (("批次-1", 2),))
    assert not proof.holds


def test_an_entry_between_two_counties_is_looked_at_whole_by_each(books):
    mine, theirs = (account("central", "dibao", one, Kind.AVAILABLE) for one in (HERE, BESIDE))
    post("划转", [Line(mine.pk, -10), Line(theirs.pk, 10)], "划转-1")
    assert prove_books("431227").holds and prove_books("431228").holds
    past_the_triggers("UPDATE ledger_posting SET amount_fen = 9 WHERE account_id = %s", theirs.pk)
    for prefix in ("431227", "431228"):
        assert prove_books(prefix).off_entries == (("划转-1", -1),)
    assert prove_books("431227").off_accounts == ()


def test_a_deleted_posting_leaves_its_account_and_its_entry_off(books):
    here = account("central", "dibao", HERE, Kind.TRANSIT)
    past_the_triggers("DELETE FROM ledger_posting WHERE account_id = %s", here.pk)
    proof = prove_books()
    assert (proof.off_accounts, proof.off_entries) == (((f"{HERE} {here}", 40),), (("批次-1", -40),))


def test_a_balance_is_of_one_place_fund_and_year(regions):
    for amount, (fund, programme, region, year) in {
        1: ("central", "dibao", HERE, 2026),
        20: ("county", "dibao", HERE, 2026),
        300: ("central", "tekun", HERE, 2026),
        4000: ("central", "dibao", BESIDE, 2026),
        50000: ("central", "dibao", HERE, 2025),
    }.items():
        receive(fund, programme, region, amount, f"到账-{amount}", year=year)
        assert balance_of(fund, programme, region, Kind.AVAILABLE, year) == amount
        assert balance_of(fund, programme, region, Kind.SOURCE, year) == -amount
    assert balance_of("central", "dibao", HERE, Kind.PAID, 2026) == 0, "an account that nobody has used yet"
