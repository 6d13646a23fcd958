"""Two people at once: one effect. Real transactions, real locks."""

import threading

import pytest
from django.db import connection

from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.tests.making import grant_nursing, make_person
from minzheng.foundation.payments.models import Arrear, PaymentLine
from minzheng.foundation.payments.tests.office import answer_text, assert_proven

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(count, function):
    """Run `function` in `count` threads that start together; returns what each raised (or None)."""
    start, outcomes = threading.Barrier(count), []

    def work(number):
        start.wait()
        try:
            function(number)
            outcomes.append(None)
        except Exception as error:
            outcomes.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_it_freezes_once_when_many_click_at_once(office, approver):
    for number in range(20):
        grant_nursing(approver, person=make_person(f"老人{number}"))
    batch = office.make("2026-01")
    assert at_once(8, lambda _: office.freeze(batch)) == [None] * 8
    assert PaymentLine.objects.filter(kind="regular").count() == 20


def test_it_sends_and_takes_the_answer_once_when_many_click_at_once(office, approver):
    grant_nursing(approver)
    batch = office.freeze(office.make("2026-01"))
    assert at_once(6, lambda _: office.send(batch)) == [None] * 6
    text = answer_text(batch)
    assert at_once(6, lambda _: office.answer(batch, text=text)) == [None] * 6
    assert_proven("2026-01")


def test_it_loses_nobody_who_is_granted_beside_a_freeze(office, approver):
    """Each is in exactly one of this month's list and the back-pay."""
    grant_nursing(approver, person=make_person("先来的"))
    batch = office.make("2026-01")

    def both(number):
        if number == 0:
            office.freeze(batch)
        else:
            grant_nursing(approver, person=make_person(f"后来的{number}"))

    refused = [error for error in at_once(8, both) if error is not None]
    # Whoever came before the freeze changed the list the maker had seen, so the maker is asked to look again.
    assert [type(error) for error in refused] in ([], [Refused])
    if refused:
        office.freeze(office.make("2026-01"))
    listed = PaymentLine.objects.filter(kind="regular").count()
    assert listed + Arrear.objects.filter(voided_at=None).count() == 8
    assert_proven("2026-01")
