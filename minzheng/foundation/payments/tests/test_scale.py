"""A list of twenty thousand takes as many statements as a list of twenty."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from minzheng.foundation.benefits.tests.making import NURSING, VILLAGE, month
from minzheng.foundation.crypto.bulk import fill
from minzheng.foundation.payments import actions, instruction
from minzheng.foundation.payments.models import Batch
from minzheng.foundation.payments.tests.office import answer_text, assert_proven
from minzheng.foundation.people.models import Person

ENROL = [
    """INSERT INTO people_person (name, sex, ethnic, phone, bank_name, bank_account, region_id, address, created_at)
       SELECT %(mark)s || n, '0', '', '', '新晃农商行', '', %(region)s, '', now()
       FROM generate_series(1, %(count)s) AS n""",
    """INSERT INTO benefits_entitlement (benefit, person_id, payee_id, region_id, state, grade, since_month,
           account_name, case_number, end_reason, granted_at)
       SELECT %(benefit)s, id, id, region_id, 'active', '', %(since)s, '', '', '', now()
       FROM people_person WHERE starts_with(name, %(mark)s)""",
    """INSERT INTO benefits_entitlementamount (entitlement_id, from_month, amount_fen, reason, cite, decision,
           decided_on, recorded_at)
       SELECT id, since_month, 7000, 'import', '测试', '{}', since_month, now()
       FROM benefits_entitlement WHERE since_month = %(since)s""",
]
pytestmark = pytest.mark.django_db


def enrol(count, since):
    """Rights for `count` people in three statements, as an import makes them."""
    batch = {
        "count": count,
        "since": since,
        "region": VILLAGE,
        "benefit": NURSING.code,
        "mark": f"老人{since:%m}-",
    }
    with connection.cursor() as cursor:
        for statement in ENROL:
            cursor.execute(statement, batch)
        holders = Person.objects.filter(name__startswith=batch["mark"]).values_list("pk", flat=True)
        fill(Person, "bank_account", {holder: f"62309{holder}" for holder in holders})
        # What autovacuum does within a minute; this test's one transaction hides the rows from it.
        cursor.execute("ANALYZE people_person, benefits_entitlement, benefits_entitlementamount")


def statements(office, text):
    """How many statements each step of one month takes."""
    batch = office.make(text)
    taken = []
    steps = [
        lambda: office.make(text),
        lambda: office.freeze(Batch.objects.get(pk=batch.pk)),
        lambda: actions.check(office.checker, batch),
        lambda: actions.send(office.maker, batch),
        lambda: office.answer(batch, text=answer),
        lambda: actions.close(office.maker, batch),
    ]
    answer = ""
    for step in steps:
        if step is steps[4]:
            answer = answer_text(batch)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            step()
        taken.append(len(captured))
    return taken


def test_it_runs_20_000_lines_with_as_many_statements_as_20(office, benefits):
    enrol(20, month("2026-01"))
    few = statements(office, "2026-01")
    enrol(20_000, month("2026-02"))
    many = statements(office, "2026-02")
    assert Batch.objects.get(month=month("2026-02")).payable_count == 20_020
    assert all(big <= small for big, small in zip(many, few, strict=True)), (few, many)
    assert_proven("2026-01", "2026-02")


def test_it_streams_the_file_in_one_query(office, benefits):
    enrol(50, month("2026-01"))
    batch = office.freeze(office.make("2026-01"))
    with CaptureQueriesContext(connection) as captured:
        instruction.spool(batch)
    assert len(captured) <= 3
