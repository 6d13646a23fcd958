"""What PostgreSQL itself refuses, tried with raw SQL."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from minzheng.foundation.accounts.walls.build import as_owner
from minzheng.foundation.benefits.tests.making import grant_family, grant_nursing, make_household


def refuses(sql, *values, error=IntegrityError, match):
    with pytest.raises(error, match=match), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def copy_of(right, **changes):
    fields = ["benefit", "household_id", "person_id", "payee_id", "account_name", "region_id", "case_number"]
    fields += ["state", "grade", "since_month", "end_reason", "granted_at"]
    columns = ", ".join(fields)
    values = ", ".join("%s" if name in changes else name for name in fields)
    sql = f"INSERT INTO benefits_entitlement ({columns}) SELECT {values} FROM benefits_entitlement WHERE id = %s"
    return sql, *[changes[name] for name in fields if name in changes], right.pk


def test_it_refuses_overlapping_months_for_one_person(approver):
    right = grant_nursing(approver)
    refuses(*copy_of(right), match="one_entitlement_per_person_and_month")


def test_it_refuses_overlapping_months_for_one_household_under_another_holder(approver):
    household = make_household()
    right = grant_family(approver, household=household)
    other = household.memberships.last().person_id
    refuses(*copy_of(right, person_id=other), match="one_entitlement_per_household_and_month")


def test_it_refuses_a_start_in_the_middle_of_a_month(approver):
    right = grant_nursing(approver)
    sql = "UPDATE benefits_entitlement SET since_month = '2026-01-02' WHERE id = %s"
    refuses(sql, right.pk, match="entitlement_since_is_a_month")


def test_it_refuses_an_end_without_a_last_month(approver):
    right = grant_nursing(approver)
    refuses(
        "UPDATE benefits_entitlement SET state = 'ended' WHERE id = %s", right.pk, match="end_has_a_month"
    )


def test_it_refuses_a_negative_amount_and_a_second_amount_for_a_month(approver):
    right = grant_nursing(approver)
    insert = """INSERT INTO benefits_entitlementamount
        (entitlement_id, from_month, amount_fen, reason, cite, decision, decided_on, recorded_at)
        VALUES (%s, %s, %s, '', '', '{}', '2026-01-01', now())"""
    refuses(insert, right.pk, "2020-01-01", -1, match="amount_is_not_negative")
    refuses(insert, right.pk, "2026-05-01", 1, match="one_amount_per_month")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE benefits_entitlementamount SET amount_fen = 1",
        "UPDATE benefits_entitlementamount SET cite = ''",
        "DELETE FROM benefits_entitlementamount",
    ],
)
def test_it_refuses_to_edit_or_delete_an_amount(approver, sql):
    grant_nursing(approver)
    with as_owner():
        refuses(sql, error=DatabaseError, match="Cannot (update|delete)")


def test_it_refuses_to_revive_a_superseded_amount(approver):
    grant_nursing(approver)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE benefits_entitlementamount SET superseded_at = now()")
    sql = "UPDATE benefits_entitlementamount SET superseded_at = NULL"
    refuses(sql, error=DatabaseError, match="Cannot update")
