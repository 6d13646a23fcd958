"""What PostgreSQL refuses about payments, tried with raw SQL."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from minzheng.foundation.accounts.walls.build import as_owner
from minzheng.foundation.benefits.tests.making import grant_nursing

pytestmark = pytest.mark.django_db


def run(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.fixture
def frozen(office, approver):
    grant_nursing(approver)
    return office.freeze(office.make("2026-01"))


def test_it_pays_nobody_twice_for_the_same_month_and_kind(office, frozen):
    columns = """sequence, benefit, month, kind, person_id, entitlement_id, payee_id, region_id, amount_fen,
        id_no, account_name, bank_name, account_no, organisation_account, state, held_reason, result, result_note"""
    other = office.make("2026-01", kind="reissue")
    with pytest.raises(IntegrityError, match="nobody_is_paid_twice"):
        run(
            f"INSERT INTO payments_paymentline (batch_id, {columns}) "
            f"SELECT %s, {columns} FROM payments_paymentline WHERE batch_id = %s",
            other.pk,
            frozen.pk,
        )


@pytest.mark.parametrize(
    "change",
    [
        "amount_fen = 99",
        "account_no = '1'",
        "person_id = person_id + 1",
        "month = '2020-01-01'",
        "held_reason = 'dead'",
    ],
)
def test_it_refuses_to_edit_a_frozen_line(frozen, change):
    with pytest.raises(DatabaseError, match="a frozen line cannot be edited"):
        run(f"UPDATE payments_paymentline SET {change}")


@pytest.mark.parametrize(
    "sql",
    [
        *(
            f"UPDATE payments_returnrow SET {change}"
            for change in (
                "amount_fen = 1",
                "result = '01'",
                "note = 'x'",
                "reference = 'x'",
                "account_no = '1'",
            )
        ),
        "DELETE FROM payments_returnrow",
        "UPDATE payments_returnfile SET sha256 = 'x'",
        "UPDATE payments_returnfile SET batch_id = batch_id + 1",
        "UPDATE payments_returnfile SET imported_by_id = NULL",
        "DELETE FROM payments_returnfile",
    ],
)
def test_it_refuses_to_edit_what_the_bank_answered(office, approver, sql):
    grant_nursing(approver)
    office.pay("2026-01")
    with as_owner(), pytest.raises(DatabaseError, match=r"Cannot (update|delete) rows"):
        run(sql)


def test_it_refuses_to_delete_from_or_add_to_a_frozen_list(frozen):
    with pytest.raises(DatabaseError, match="cannot be deleted"):
        run("DELETE FROM payments_paymentline")
    with pytest.raises(DatabaseError, match="takes no more lines"):
        run(
            """INSERT INTO payments_paymentline (batch_id, sequence, benefit, month, kind, person_id, entitlement_id,
                payee_id, region_id, amount_fen, id_no, account_name, bank_name, account_no, organisation_account,
                state, held_reason, result, result_note)
            SELECT batch_id, 99, benefit, month, 'arrears', person_id, entitlement_id, payee_id, region_id, 1, '',
                '', '', '1', '', 'ready', '', '', '' FROM payments_paymentline"""
        )


@pytest.mark.parametrize(
    "change",
    ["payable_fen = 1", "evidence = 'x'", "month = '2020-01-01'", "state = 'sent'", "state = 'closed'"],
)
def test_it_refuses_to_edit_a_frozen_batch_or_to_skip_its_check(frozen, change):
    with pytest.raises(DatabaseError):
        run(f"UPDATE payments_batch SET {change}")


def test_it_refuses_a_checker_who_is_the_maker(frozen):
    with pytest.raises(IntegrityError, match="checker_is_another_person"):
        run("UPDATE payments_batch SET checker_id = maker_id, state = 'checked'")


def test_it_refuses_to_delete_a_frozen_batch(frozen):
    with pytest.raises(DatabaseError, match="Cannot delete"):
        run("DELETE FROM payments_batch")


def test_it_never_turns_a_paid_line_into_anything_else(office, frozen):
    office.send(frozen)
    office.answer(frozen)
    for state in ("failed", "sent", "ready", "cancelled", "reissued"):
        with pytest.raises(DatabaseError, match="not allowed"):
            run("UPDATE payments_paymentline SET state = %s", state)
