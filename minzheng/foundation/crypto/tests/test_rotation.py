"""Keys are changed while the house works; a kill loses nothing; what does not open is found and told by its place."""

import threading

import pytest
from django.db import connection

from minzheng.cli import main
from minzheng.foundation.crypto.columns import sealed_tables, values_by_key
from minzheng.foundation.crypto.keyfile import add_key
from minzheng.foundation.crypto.keyring import keyring
from minzheng.foundation.crypto.models import KnownKey
from minzheng.foundation.crypto.rotate import rotate
from minzheng.foundation.people.models import Person

VILLAGE = "431227107203"


def people(count):
    return Person.objects.bulk_create(
        Person(name=f"甲{n}", region_id=VILLAGE, phone=f"1390000{n:04d}", bank_account=f"6217000{n:012d}")
        for n in range(count)
    )


def phones(made):
    return dict(Person.objects.filter(pk__in=[one.pk for one in made]).values_list("pk", "phone"))


def test_it_seals_everything_anew_and_goes_on_after_a_kill(regions, key_file):
    made = people(30)
    before, batch = phones(made), 7
    number = add_key(key_file, "sm4-gcm")
    half = rotate(batch)
    while (step := next(half)).table != "people_person" or step.done < 2 * batch:
        pass
    half.close()  # each batch was a transaction of its own: this is where a kill leaves it
    used = values_by_key()
    assert used[number] >= 4 * batch and used[1] > 0
    assert phones(made) == before
    assert not Person.events.rel.related_model.objects.exists()
    assert Person.objects.get(phone="13900000003") == made[3]
    late = made[5]
    late.phone = "14400000000"
    late.save()
    list(rotate(batch))
    assert set(values_by_key()) == {number}
    assert phones(made) == before | {late.pk: "14400000000"}
    assert KnownKey.objects.get(number=1).retired_at and not KnownKey.objects.get(number=number).retired_at
    assert list(rotate(batch)) == []


@pytest.mark.django_db(transaction=True)
def test_it_waits_for_no_writer_and_loses_no_write(regions, key_file):
    made = people(60)
    add_key(key_file, "aes-gcm")
    stop, written = threading.Event(), {}

    def write():
        turn = 0
        while not stop.is_set() or turn < 5:
            for one in made[::7]:
                one.phone = written[one.pk] = f"1380000{turn:04d}"
                one.save(update_fields=["phone"])
            turn += 1
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        list(rotate(5))
    finally:
        stop.set()
        writer.join()
    assert set(values_by_key()) == {keyring().current}
    assert phones(made) == {one.pk: one.phone for one in made} | written


def test_it_finds_what_was_swapped_and_rotates_the_rest(regions, key_file, capsys):
    first, second, third = people(3)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_person p SET bank_account = q.bank_account FROM people_person q"
            " WHERE (p.id, q.id) IN ((%s, %s), (%s, %s))",
            [first.pk, second.pk, second.pk, first.pk],
        )
    assert main(["keys", "check"]) == 1
    told = capsys.readouterr().err
    assert f"表 people_person 列 bank_account 第 {first.pk} 行" in told
    assert f"第 {second.pk} 行" in told and f"第 {third.pk} 行" not in told and "6217000" not in told
    assert main(["keys", "new", "--suite", "sm4-gcm"]) == 0
    assert main(["keys", "rotate", "--batch", "2"]) == 1
    assert "有 2 行解不开，保持原样" in capsys.readouterr().err
    assert Person.objects.get(phone=third.phone).bank_account == third.bank_account
    assert values_by_key()[1] == 2  # the swapped values alone; their key is still needed
    assert KnownKey.objects.get(number=1).retired_at is None
    assert main(["keys", "list"]) == 0
    listed = capsys.readouterr().out
    assert "第 1 号　aes-gcm" in listed and "第 2 号　sm4-gcm" in listed and "加密着 2 个值" in listed


def test_it_says_in_one_sentence_that_the_keys_are_missing(regions, key_file, capsys):
    people(1)
    key_file.unlink()
    assert main(["keys", "check"]) == 2
    assert capsys.readouterr().err.startswith(f"读不到密钥文件 {key_file}。请把备份的密钥文件放回原处")


def test_it_knows_every_encrypted_column_and_its_history():
    named = {f"{table.name}.{field.column}" for table in sealed_tables() for field in table.fields}
    assert named >= {
        "people_person.id_no", "people_personevent.id_no", "people_person.phone", "people_person.bank_account",
        "payments_paymentline.account_no", "payments_returnrow.account_no", "cases_case.data", "cases_casemove.record",
        "cases_caseperson.id_no", "leads_lead.phone", "leads_leadevent.phone", "deliveries_deliveryrow.typed",
        "registers_importrow.typed", "registers_job.request",
    }  # fmt: skip
