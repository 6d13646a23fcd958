"""Many at once for few places: each place once, each person once, nobody in a queue that bites its own tail."""

import datetime as dt
import functools
import threading
import time

import pytest
from django.db import close_old_connections, connection, transaction

from minzheng.foundation.actions import Refused
from minzheng.foundation.booking.actions import Guest, book, cancel, close_from
from minzheng.foundation.booking.models import Booking, Party, Slot, State
from minzheng.foundation.booking.tests.test_booking import TODAY, number, open_registry

DAY = dt.date(2026, 2, 12)
# Whoever waits and has touched a table of this database: another worker's tests wait in a database of their own.
WAITING = """
    SELECT count(DISTINCT waits.pid) FROM pg_locks AS waits JOIN pg_locks AS held USING (pid)
    WHERE NOT waits.granted AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


def slots_of(counter) -> list[Slot]:
    return list(Slot.objects.filter(counter=counter, day=DAY).order_by("starts"))


@pytest.fixture
def at(access):
    return lambda today=TODAY: access("registrar", today)


COUPLES = 6


class Rush:
    """Everybody at once, each in a connection of their own; what each was told is kept."""

    def __init__(self, access) -> None:
        self.access, self.told, self.broken = access, [], []

    def start(self, call) -> threading.Thread:
        thread = threading.Thread(target=self._one, args=(call,))
        thread.start()
        return thread

    def run(self, calls) -> None:
        """All through one gate."""
        gate = threading.Barrier(len(calls))

        def at_the_gate(call):
            gate.wait()
            call()

        for thread in [self.start(functools.partial(at_the_gate, call)) for call in calls]:
            thread.join()

    def _one(self, call) -> None:
        try:
            call()
        except Exception as error:
            self.broken.append(error)
        finally:
            close_old_connections()

    def book(self, place: int, slot: Slot, guests: list[Guest]) -> str:
        try:
            said = book(self.access, Booking(slot=slot), guests).code
        except Refused as refusal:
            said = refusal.messages[0]
        self.told.append((place, said))
        return said

    def family(self, place: int, *, woman_first: bool, slots: list[Slot]) -> None:
        """One of a couple, who goes on to the next time when one is full."""
        both = [Guest("甲", number(100 + 2 * place)), Guest("乙", number(101 + 2 * place))]
        guests = both[::-1] if woman_first else both
        for slot in slots:
            if "约满" not in self.book(place, slot, guests):
                return


@pytest.mark.covers("S-141", by="minzheng/foundation/booking/actions.py", screen="/portal/bookings/")
@pytest.mark.django_db(transaction=True)
def test_at_a_festival_every_place_is_taken_once_everybody_once_and_everybody_is_told(at):
    """Six couples, both partners on two phones, for four places; then all cancel while the others try again."""
    slots = slots_of(open_registry(at(), quota=2))
    rush = Rush(at())

    def everybody(places):
        """Man and woman name each other in another order and begin at another time."""
        for place in places:
            for woman_first in (False, True):
                mine = slots[::-1] if woman_first else slots
                yield functools.partial(rush.family, place, woman_first=woman_first, slots=mine)

    rush.run(list(everybody(range(COUPLES))))
    assert rush.broken == []
    lucky = {place for place, said in rush.told if len(said) == 6}
    assert len(lucky) == len([said for _, said in rush.told if len(said) == 6]) == 4
    for place in set(range(COUPLES)) - lucky:  # both phones of a couple without a place: every time was full
        said = [text for one, text in rush.told if one == place]
        assert len(said) == 4 and all("约满" in text for text in said)
    assert holds(slots) == 4

    made = list(Booking.objects.filter(state=State.BOOKED))
    given_up = [functools.partial(cancel, at(), one, "改日子") for one in made]
    rush.told.clear()
    rush.run([*given_up, *everybody(range(COUPLES))])
    assert rush.broken == []
    assert Booking.objects.filter(state=State.CANCELLED).count() == 4
    assert holds(slots) == len([said for _, said in rush.told if len(said) == 6])


def holds(slots: list[Slot]) -> int:
    """How many stand, after checking that the places counted, the bookings and the people agree."""
    standing = Booking.objects.filter(state=State.BOOKED)
    for slot in Slot.objects.filter(pk__in=[one.pk for one in slots]):
        assert slot.taken == standing.filter(slot=slot).count() <= slot.quota
    parties = list(Party.objects.filter(stands=True).values_list("booking", flat=True))
    assert sorted(parties) == sorted([*standing.values_list("pk", flat=True)] * 2)
    return standing.count()


@pytest.mark.django_db(transaction=True)
def test_two_phones_that_name_the_couple_in_another_order_do_not_hold_each_other_up(at):
    """Each would hold one of the two and wait for the other: nobody sees it but at a peak. A third booking makes it sure."""
    slots, rush = slots_of(open_registry(at(), quota=2, ends=12)), Rush(at())
    his, hers = Guest("甲", number(100)), Guest("乙", number(101))
    with transaction.atomic():
        book(at(), Booking(slot=slots[2]), [hers, Guest("丙", number(103))])
        phones = [
            rush.start(functools.partial(rush.book, place, slots[place], guests))
            for place, guests in enumerate(([his, hers], [hers, his]))
        ]
        wait_until_waiting(2)
        # One waits for us, the other behind it: both waiting for us would mean that one of them holds the man already.
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
            )
            assert cursor.fetchone()[0] == 1
        transaction.set_rollback(True)
    for phone in phones:
        phone.join()
    assert rush.broken == [] and holds(slots) == 1
    assert len([said for _, said in rush.told if "同一天只能约一次" in said]) == 1


@pytest.mark.django_db(transaction=True)
def test_cancelling_and_booking_again_at_once_do_not_hold_each_other_up(at):
    slots, rush = slots_of(open_registry(at(), quota=2)), Rush(at())
    both = [Guest("甲", number(100)), Guest("乙", number(101))]
    made = book(at(), Booking(slot=slots[0]), both)
    with transaction.atomic():
        Slot.objects.select_for_update().get(pk=slots[0].pk)
        again = rush.start(functools.partial(rush.book, 0, slots[0], both))
        wait_until_waiting(1)
        gone = rush.start(functools.partial(cancel, at(), made, "改日子"))
        wait_until_waiting(2)
    again.join()
    gone.join()
    assert rush.broken == [] and holds(slots) == 0
    assert "同一天只能约一次" in rush.told[0][1]


@pytest.mark.django_db(transaction=True)
def test_a_counter_that_closes_at_that_moment_loses_nobody_and_promises_nobody_a_place(at):
    counter = open_registry(at(), quota=2)
    slots, rush = slots_of(counter), Rush(at())
    first, late = ([Guest("甲", number(n)), Guest("乙", number(n + 1))] for n in (100, 102))
    with transaction.atomic():
        book(at(), Booking(slot=slots[0]), first)
        closing = rush.start(functools.partial(close_from, counter, DAY))
        wait_until_waiting(1)
    closing.join()
    assert holds(slots) == 1
    assert [one.blocked_reason for one in slots_of(counter)] == ["预约点已停办"]  # the free one is gone

    other = open_registry(at(), quota=2, kind="divorce")
    free = slots_of(other)
    with transaction.atomic():
        close_from(other, DAY)
        phone = rush.start(functools.partial(rush.book, 1, free[0], late))
        wait_until_waiting(1)
    phone.join()
    assert rush.broken == [] and "停止办理" in rush.told[0][1]


def wait_until_waiting(count: int) -> None:
    """So many other connections stand before a lock."""
    for _ in range(500):
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone()[0] >= count:
                return
        time.sleep(0.02)
    raise AssertionError("the others never came to the lock")
