"""Two officers at the very same moment: one moves the case, the other is told who was faster."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from minzheng.foundation.actions import Refused
from minzheng.foundation.cases.api import do_move
from minzheng.foundation.cases.models import Case, NumberSeries

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*jobs):
    """Run the jobs in threads of their own and return what each answered or raised."""

    def run(job):
        try:
            return job()
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def test_it_lets_exactly_one_of_two_clerks_accept(journey):
    way = journey().submit()

    def accept(username):
        access, seen = way.as_(username), Case.objects.get(pk=way.case.pk)
        return lambda: do_move(access, seen, "accept", {"related_staff": False})

    answers = at_once(accept("clerk"), accept("clerk2"))
    refused = [answer for answer in answers if isinstance(answer, Refused)]
    assert len(refused) == 1 and "刚刚由" in refused[0].messages[0]
    assert way.case.moves.filter(move="accept").count() == 1
    assert way.case.clocks.filter(key="total").count() == 1


def test_it_gives_a_hundred_simultaneous_applications_a_hundred_numbers(db):
    numbers = at_once(*[lambda: [NumberSeries.next("test") for _ in range(10)]] * 10)
    assert sorted(number for ten in numbers for number in ten) == list(range(1, 101))
