"""Sealing: at once after the commit, without gaps, by many at the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from minzheng.foundation.audit.models import AuditLink, AuditPending
from minzheng.foundation.audit.record import record
from minzheng.foundation.audit.seal import seal
from minzheng.foundation.audit.tests.conftest import forget, write
from minzheng.foundation.audit.trail import verify

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def empty(anchors):
    forget()
    return anchors


def at_once(jobs):
    """Run each job in a thread and connection of its own."""

    def run(job):
        try:
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def places():
    return list(AuditLink.objects.order_by("seq").values_list("seq", flat=True))


def test_it_seals_an_entry_as_soon_as_it_is_committed():
    record("x", "试", actor=None)
    assert places() == [1]
    assert not AuditPending.objects.exists()


def test_it_seals_once_for_a_transaction_of_many_entries():
    with transaction.atomic():
        write(20)
        assert len(connection.run_on_commit) == 1
        assert not places()
    assert len(places()) == 20


def test_it_leaves_no_gap_where_a_transaction_was_rolled_back(empty):
    write(2)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write(3)
        raise ZeroDivisionError
    write(2)
    assert places() == [1, 2, 3, 4]
    assert verify(empty).sound.count == 4


def test_it_seals_the_outer_entry_when_the_inner_savepoint_is_rolled_back():
    with transaction.atomic():
        write(1)
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            write(1)
            raise ZeroDivisionError
    assert places() == [1] and not AuditPending.objects.exists()


def test_it_seals_an_entry_written_after_a_savepoint_that_was_rolled_back():
    with transaction.atomic():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            write(1)
            raise ZeroDivisionError
        write(1)
    assert places() == [1] and not AuditPending.objects.exists()


def test_it_leaves_to_its_writer_what_is_not_yet_committed():
    with transaction.atomic():
        write(1)
        assert at_once([seal]) == [0]
    assert places() == [1]


def test_it_keeps_one_unbroken_chain_when_eight_write_a_hundred_each_at_once(empty):
    at_once([lambda: write(100)] * 8)
    assert not AuditPending.objects.exists()
    assert places() == list(range(1, 801))
    assert verify(empty).sound.count == 800
