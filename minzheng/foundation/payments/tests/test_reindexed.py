"""The evidence of a frozen list includes blind indexes; a new index key carries it over, and only if it was true."""

import pytest
from django.db import connection

from minzheng.foundation.accounts.walls.build import as_owner
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.benefits.tests.making import grant_nursing
from minzheng.foundation.crypto import blind, reindex
from minzheng.foundation.crypto.tests.conftest import first_side, key_file  # noqa: F401  fixtures
from minzheng.foundation.payments import actions
from minzheng.foundation.payments.models import Batch

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("first_side")]


@pytest.fixture
def frozen(office, approver):
    grant_nursing(approver)
    return office.freeze(office.make("2026-01"))


def test_a_list_that_waits_for_its_check_is_checked_and_gets_new_evidence(office, frozen):
    list(reindex.reindex("aes-gcm"))
    again = Batch.objects.get(pk=frozen.pk)
    assert again.evidence != frozen.evidence
    assert AuditEntry.objects.get(action="payment.evidence").detail == {"before": frozen.evidence}
    assert actions.check(office.checker, again).state == "checked"


def test_a_list_that_was_changed_stops_the_new_key(frozen):
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE payments_paymentline SET amount_fen = amount_fen + 1")
        cursor.execute("SET session_replication_role = origin")
    with pytest.raises(Refused, match="与冻结时的证据不一致"):
        list(reindex.reindex("aes-gcm"))
    assert blind.side_in_use() == "a"
