"""`minzheng prove`."""

import pytest
from django.db import connection

from minzheng.cli import main
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


def test_it_fails_by_a_single_fen(office, approver, capsys):
    grant_nursing(approver)
    office.pay("2026-01")
    with connection.cursor() as cursor:  # someone gets around the triggers
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE benefits_entitlementamount DISABLE TRIGGER ALL")
        cursor.execute("UPDATE benefits_entitlementamount SET amount_fen = amount_fen + 1")
    assert main(["prove", "--month", "2026-01"]) == 1
    assert "✗ 差 0.01" in capsys.readouterr().out


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
