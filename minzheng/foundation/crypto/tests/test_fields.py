"""Numbers that a copy of the database does not hold, found again by whole value, each good in its own row only."""

import datetime as dt
import json

import pytest
from django.core.exceptions import FieldError, ValidationError
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from minzheng.foundation.crypto import keyring as keys
from minzheng.foundation.crypto.bulk import fill, rows_with
from minzheng.foundation.crypto.envelope import Sealed, Unreadable, seal, unseal
from minzheng.foundation.crypto.fields import row_bytes
from minzheng.foundation.crypto.keyfile import Keyring, KeysMissing, add_key, load, make_keys
from minzheng.foundation.crypto.keyring import keyring
from minzheng.foundation.crypto.suites import SUITES
from minzheng.foundation.people.models import Person

VILLAGE = "431227107203"
NUMBER, PHONE, ACCOUNT = "431227194903120028", "13807451234", "6217000010001234567"


def ring_of(suite):
    key = {"suite": suite, "key": "5a" * 32, "made": "2026-11-22"}
    return Keyring({"current": 1, "index": key, "keys": {"1": key}})


RINGS = {suite: ring_of(suite) for suite in SUITES}
rows = st.integers(min_value=-(2**63), max_value=2**63 - 1)


@pytest.mark.parametrize("suite", SUITES)
@given(plain=st.text(min_size=1), row=rows, other=rows)
def test_it_opens_what_it_sealed_and_only_where_it_belongs(suite, plain, row, other):
    ring, here = RINGS[suite], row_bytes(row)
    sealed = seal(ring, plain, b"people_person.phone", here, "phone")
    assert unseal(ring, sealed, b"people_person.phone", here, "phone") == plain
    assert len(plain.encode()) < 8 or plain.encode() not in sealed
    if other != row:
        with pytest.raises(Unreadable):
            unseal(ring, sealed, b"people_person.phone", row_bytes(other), "phone")
    with pytest.raises(Unreadable):
        unseal(ring, sealed, b"people_person.bank_account", here, "phone")


@pytest.mark.parametrize("suite", SUITES)
@given(place=st.integers(min_value=0, max_value=63), bit=st.integers(min_value=0, max_value=7))
def test_it_notices_any_changed_bit(suite, place, bit):
    sealed = bytearray(seal(RINGS[suite], NUMBER, b"people_person.id_no", row_bytes(7), "id_no"))
    assert len(sealed) == 64
    sealed[place] ^= 1 << bit
    with pytest.raises(Unreadable) as told:
        unseal(RINGS[suite], bytes(sealed), b"people_person.id_no", row_bytes(7), "id_no")
    assert NUMBER not in str(told.value)


def test_it_agrees_with_the_published_vectors():
    """GCM of SM4 (RFC 8998 A.1) and SM3 (GB/T 32905 A.1), as the national standards print them."""
    from cryptography.hazmat.primitives.hashes import SM3, Hash

    cipher = SUITES["sm4-gcm"](bytes(32))
    cipher._use(bytes.fromhex("0123456789ABCDEFFEDCBA9876543210"))
    plain = bytes.fromhex(
        "AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCDDDDDDDDDDDDDDDD"
        "EEEEEEEEEEEEEEEEFFFFFFFFFFFFFFFFEEEEEEEEEEEEEEEEAAAAAAAAAAAAAAAA"
    )
    bound = bytes.fromhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2")
    sealed = cipher.encrypt(bytes.fromhex("00001234567800000000ABCD"), plain, bound)
    assert sealed.hex().upper() == (
        "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735"
        "D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D"
        "83DE3541E4C2B58177E065A9BF7B62EC"
    )
    told = Hash(SM3())
    told.update(b"abc")
    assert told.finalize().hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


@pytest.fixture
def person(regions):
    return Person.objects.create(
        id_no=NUMBER, name="杨秀英", region_id=VILLAGE, phone=PHONE, bank_account=ACCOUNT
    )


def stored(person, column="id_no", table="people_person", key="id"):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE {key} = %s", [person.pk])
        return bytes(cursor.fetchone()[0])


def test_it_finds_people_by_their_whole_number_and_by_nothing_less(person):
    assert Person.objects.get(id_no=NUMBER) == person
    assert Person.objects.get(phone__in=["13900000000", PHONE]).bank_account == ACCOUNT
    assert list(Person.objects.filter(pk=person.pk).values_list("id_no", "phone")) == [(NUMBER, PHONE)]
    assert rows_with(Person.objects.all(), "id_no", [NUMBER, "0" * 18]) == {NUMBER: person.pk}
    for lookup in ("startswith", "contains", "gt", "regex"):
        with pytest.raises(FieldError):
            Person.objects.filter(**{f"id_no__{lookup}": "4312"}).exists()
    with pytest.raises(FieldError):
        Person.objects.filter(id_no__in=Person.objects.values("id_no")).exists()


def test_it_keeps_nothing_where_there_is_nothing(regions):
    nameless = Person.objects.create(name="无", region_id=VILLAGE)
    nameless.refresh_from_db()
    assert (nameless.id_no, nameless.phone, nameless.bank_account) == (None, "", "")
    assert Person.objects.filter(phone="", id_no=None, pk=nameless.pk).exists()
    assert not Person.objects.exclude(phone="").filter(pk=nameless.pk).exists()


def test_it_lets_nobody_be_recorded_twice(person):
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(id_no=NUMBER, name="另一人", region_id=VILLAGE)
    twin = Person(id_no=NUMBER, name="另一人", region_id=VILLAGE)
    with pytest.raises(ValidationError) as told:
        twin.full_clean()
    assert [error.code for error in told.value.error_dict["id_no"]] == ["unique"]
    person.full_clean()


def test_it_writes_the_same_row_the_same_way_so_that_saving_changes_nothing(person):
    before = stored(person)
    Person.objects.get(pk=person.pk).save()
    assert stored(person) == before
    assert not person.events.exists()
    person.phone = "13900001111"
    person.save()
    kept = person.events.get()
    assert kept.phone == PHONE and PHONE.encode() not in stored(kept, "phone", "people_personevent", "pgh_id")


def test_it_writes_many_rows_at_once(regions, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        made = Person.objects.bulk_create(
            Person(name=f"甲{n}", region_id=VILLAGE, phone=f"1390000{n:04d}") for n in range(50)
        )
    assert Person.objects.get(phone="13900000007") == made[7]
    for one in made:
        one.phone = one.phone.replace("1390", "1391")
    Person.objects.bulk_update(made, ["phone"])
    assert made[3].phone == "13910000003" and Person.objects.get(phone="13910000003") == made[3]
    people = Person.objects.filter(pk__in=[one.pk for one in made])
    assert people.update(phone="14400000000", sex="2") == 50
    assert people.filter(phone="14400000000", sex="2").count() == 50
    fill(Person, "bank_account", {one.pk: f"62170000{one.pk}" for one in made})
    made[9].refresh_from_db()
    assert made[9].bank_account == f"62170000{made[9].pk}"


def test_it_refuses_a_number_that_was_put_into_another_row(person):
    other = Person.objects.create(id_no="431227195001010019", name="吴老", region_id=VILLAGE, phone=PHONE)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_person SET phone = %s WHERE id = %s", [stored(person, "phone"), other.pk]
        )
    with pytest.raises(Unreadable, match=r"people_person\.phone 的密文与所在的行或密钥不符") as told:
        Person.objects.get(pk=other.pk)
    assert PHONE not in str(told.value) and "minzheng keys check" in str(told.value)
    assert Person.objects.only("name").get(pk=other.pk).name == "吴老"


@pytest.fixture
def key_file(tmp_path, settings, monkeypatch):
    """A key file of this test's own; the database knows none of its keys."""
    monkeypatch.setattr(keys, "RENEWED_EVERY", 0)
    settings.KEYS = tmp_path / "keys.json"
    return settings.KEYS


@pytest.mark.django_db
def test_it_makes_keys_once_and_for_its_owner_only(key_file):
    make_keys(key_file, "sm4-gcm")
    first = key_file.read_text()
    make_keys(key_file, "aes-gcm")
    assert key_file.read_text() == first
    assert key_file.stat().st_mode & 0o777 == 0o600
    assert json.loads(first)["keys"]["1"]["made"] == dt.date.today().isoformat()
    assert [path.name for path in key_file.parent.iterdir()] == ["keys.json"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "told"),
    [(None, "读不到密钥文件"), ("", "已损坏"), ('{"current": 1}', "不完整"), ('["keys"]', "不完整")],
)
def test_it_says_plainly_what_is_wrong_with_a_key_file(key_file, content, told):
    if content is not None:
        key_file.write_text(content)
    with pytest.raises(KeysMissing, match=told):
        load(key_file)


def test_it_refuses_keys_that_are_not_this_databases(person, key_file):
    make_keys(key_file, "aes-gcm")
    with pytest.raises(KeysMissing, match=r"不是同一把。请放回与这个数据库一起备份的密钥文件"):
        Person.objects.get(pk=person.pk)


def test_it_goes_on_reading_while_a_new_key_seals(person, key_file, settings):
    usual = settings.VAR / "keys-test.json"
    key_file.write_bytes(usual.read_bytes())
    assert keyring().current == 1
    assert add_key(key_file, "sm4-gcm") == 2
    person.phone = "13900001111"
    person.save(update_fields=["phone"])
    assert stored(person, "phone")[16:18] == bytes((SUITES["sm4-gcm"].number, 2))
    assert stored(person)[17] == 1
    again = Person.objects.get(phone="13900001111")
    assert (again.id_no, again.bank_account) == (NUMBER, ACCOUNT)


def test_it_takes_only_what_is_sealed_for_a_row(person):
    with pytest.raises(FieldError, match="bound to its row"):
        Person._base_manager.filter(pk=person.pk).update(phone="13900001111")
    assert isinstance(Person._meta.get_field("phone").sealed(PHONE, person.pk), Sealed)
