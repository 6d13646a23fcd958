"""The index key is replaced while the house works: whatever is killed goes on, and no number is ever there twice."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from minzheng.cli import main
from minzheng.foundation.crypto import blind, reindex
from minzheng.foundation.crypto import keyfile as keys
from minzheng.foundation.crypto.blind import BOTH, INDEX
from minzheng.foundation.crypto.bulk import rows_with
from minzheng.foundation.crypto.columns import sealed_tables
from minzheng.foundation.crypto.keyfile import Stage
from minzheng.foundation.crypto.keyring import keyring
from minzheng.foundation.crypto.models import KnownKey
from minzheng.foundation.crypto.tests.test_rotation import phones
from minzheng.foundation.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)
VILLAGE = "431227107203"
NUMBERS = [f"43122719500101{n:04d}" for n in range(40)]


class Killed(BaseException):
    """Nothing that the program does may catch it."""


@pytest.fixture
def people(regions, first_side):
    """Forty with a number each."""
    return Person.objects.bulk_create(
        Person(name=f"甲{n}", region_id=VILLAGE, id_no=number, phone=f"1390000{n:04d}")
        for n, number in enumerate(NUMBERS)
    )


def assert_found(people):
    """Everybody by number, by numbers and by a join; and nobody a second time, whichever statement tries it."""
    assert [Person.objects.get(id_no=number).pk for number in NUMBERS[:3]] == [one.pk for one in people[:3]]
    assert Person.objects.filter(id_no__in=NUMBERS).count() == len(people)
    assert rows_with(Person.objects.all(), "id_no", NUMBERS) == dict(
        zip(NUMBERS, (one.pk for one in people), strict=True)
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM people_person a JOIN people_person b ON blind(a.id_no) = blind(b.id_no)"
        )
        assert cursor.fetchone() == (len(people),)
    for number in (NUMBERS[0], NUMBERS[-1]):
        with pytest.raises(IntegrityError), transaction.atomic():
            Person.objects.create(name="同号", region_id=VILLAGE, id_no=number)


def layouts(column="id_no"):
    """{the flags after the index} of all people."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT get_byte({column}, {INDEX}) & 192 FROM people_person")
        return {flags for (flags,) in cursor.fetchall()}


def index_names():
    return sorted(name for name, *_ in blind._indexes())


def test_it_goes_on_wherever_it_was_killed_and_numbers_stay_unique_all_the_time(
    people, key_file, monkeypatch
):
    before, names, first = phones(people), index_names(), keyring().indexes("id_no", NUMBERS[0])
    steps = {
        (keys, "add_index_key"): Stage.ONE,
        (blind, "add_indexes"): Stage.BOTH,
        (blind, "use_side"): Stage.BOTH,
        (keys, "set_index_stage"): Stage.BOTH,
        (blind, "drop_old_indexes"): Stage.NEXT,
        (reindex, "note_index_key"): Stage.NEXT,
        (keys, "drop_old_index_key"): Stage.NEXT,
    }
    for (module, name), stage in steps.items():
        with monkeypatch.context() as patched:
            patched.setattr(module, name, lambda *_: (_ for _ in ()).throw(Killed()))
            with pytest.raises(Killed):
                for _ in reindex.reindex("sm4-gcm", 16):
                    assert_found(people)
        assert keyring(fresh=True).stage == stage, name
        assert_found(people)
    halves = reindex.reindex("sm4-gcm", 16)
    list(halves)
    assert_found(people)
    assert phones(people) == before
    ring = keyring(fresh=True)
    assert (ring.stage, ring.side, blind.side_in_use()) == (Stage.ONE, "b", "b")
    assert len(ring.indexes("id_no", NUMBERS[0])) == 1 and ring.indexes("id_no", NUMBERS[0]) != first
    assert layouts() == {64} and index_names() == names
    assert KnownKey.objects.get(number=0).fingerprint == ring.next_fingerprint
    assert b"".join(first) not in stored(), "the old index is nowhere"
    assert main(["keys", "reindex", "--batch", "16"]) == 0, "and once more, back to the first side"
    assert_found(people)
    assert (keyring(fresh=True).side, blind.side_in_use(), layouts()) == ("a", "a", {0})
    assert main(["keys", "check"]) == 0


def stored():
    found = []
    for table in sealed_tables():
        for field in table.fields:
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT {field.column} FROM {table.name} WHERE {field.column} IS NOT NULL")
                found += [bytes(value) for (value,) in cursor.fetchall()]
    return b"".join(found)


def test_it_is_killed_in_the_middle_of_a_batch_and_writers_never_wait_or_get_lost(people, key_file):
    half = reindex.reindex("aes-gcm", 7)
    while (step := next(half)).table != "people_person" or step.done < 14:
        pass
    half.close()
    assert layouts() == {0, BOTH}, "some have both indexes, some still one"
    assert_found(people)
    stop, written, clashes = threading.Event(), {}, []

    def write():
        turn = 0
        while not stop.is_set() or turn < 3:
            for place, one in enumerate(people[::9]):
                one.phone = written[one.pk] = f"138{turn:04d}{place:04d}"
                one.save(update_fields=["phone"])
            turn += 1
            try:
                Person.objects.create(name="同号", region_id=VILLAGE, id_no=NUMBERS[turn % len(NUMBERS)])
            except IntegrityError:
                continue
            clashes.append(turn)
        connection.close()

    writer = threading.Thread(target=write)
    expected = phones(people)
    writer.start()
    try:
        list(reindex.reindex("aes-gcm", 7))
    finally:
        stop.set()
        writer.join()
    assert not clashes and phones(people) == expected | written
    assert layouts() == layouts("phone") == {64}
    assert_found(people)


def test_what_does_not_open_stops_it_before_the_switch_and_all_stays_usable(people, capsys):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_person SET phone = set_byte(phone, 40, get_byte(phone, 40) # 1) WHERE id = %s",
            [people[5].pk],
        )
    assert main(["keys", "reindex"]) == 1
    assert "有 1 行解不开，检索密钥没有换完，一切照旧可用" in capsys.readouterr().err
    assert blind.side_in_use() == "a"
    assert_found(people)
    assert main(["keys", "reindex", "--leave-unreadable"]) == 0
    assert blind.side_in_use() == "b"
    assert_found(people)
    assert layouts() == {64} and layouts("phone") == {0, 64}, "one value is left as it was"
