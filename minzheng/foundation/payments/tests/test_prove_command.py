"""`minzheng prove`."""

import pytest
from django.db import connection

from minzheng.cli import main
from minzheng.foundation.accounts.walls.build import as_owner
from minzheng.foundation.benefits.tests.making import grant_nursing, make_person

pytestmark = pytest.mark.django_db


def test_it_proves_the_latest_answered_month_by_default(office, approver, capsys):
    grant_nursing(approver)
    grant_nursing(approver, person=make_person("无账号", bank_account=""))
    office.pay("2026-01")
    assert main(["prove"]) == 0
    shown = capsys.readouterr().out
    assert "应享 140.00 = 已发 70.00 + 暂缓 70.00  ✓" in shown
    assert "分毫不差" in shown


@pytest.mark.parametrize(
    ("table", "column", "says"),
    [
        ("benefits_entitlementamount", "amount_fen", "✗ 差 0.01"),
        ("payments_paymentline", "amount_fen", "✗ 差 -0.01"),
        ("ledger_account", "balance_fen", "不平，差 0.01"),
        ("ledger_posting", "amount_fen", "不平，差"),
    ],
)
def test_it_fails_by_a_single_fen_in_any_book(office, approver, capsys, table, column, says):
    grant_nursing(approver)
    office.pay("2026-01")
    assert main(["prove", "--month", "2026-01"]) == 0
    with as_owner(), connection.cursor() as cursor:  # a superuser gets around the triggers, in one row
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        cursor.execute(
            f"UPDATE {table} SET {column} = {column} + 1 WHERE id = (SELECT max(id) FROM {table} WHERE {column} > 0)"
        )
    capsys.readouterr()
    assert main(["prove", "--month", "2026-01"]) == 1
    assert says in capsys.readouterr().out


def test_it_counts_a_month_that_was_not_run_as_unproven(office, approver, capsys):
    grant_nursing(approver)
    assert main(["prove", "--month", "2026-01"]) == 1
    assert "当月批次尚未编制" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"), [(["--month", "十月"], "年-月"), ([], "没有可以核对的月份")]
)
def test_it_says_what_is_wrong_with_the_question(db, capsys, arguments, message):
    assert main(["prove", *arguments]) == 2
    assert message in capsys.readouterr().err


def test_it_looks_only_at_the_region_that_was_asked_for(office, approver, capsys):
    grant_nursing(approver)
    assert main(["prove", "--month", "2026-01", "--region", "431228"]) == 0
    assert "没有应享待遇" in capsys.readouterr().out
