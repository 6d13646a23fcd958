"""1,000 trials against the real tables, by a superuser who switches every trigger off: `audit verify` finds each."""

import random

import pytest
from django.db import connection, transaction

from minzheng.cli import main
from minzheng.foundation.audit.chain import Broken
from minzheng.foundation.audit.tests.conftest import forget, write
from minzheng.foundation.audit.tests.test_trail import OTHER_VALUES
from minzheng.foundation.audit.trail import anchor, verify

pytestmark = pytest.mark.django_db

TRIALS = 1_000
ENTRIES = 30
COPIED = "at, action, title, is_read, subject_type, subject_id, persons, region, reason, detail, actor_id"
# What the forger without the signing key can do best: make the whole chain anew with the database's own function.
SEALED_ANEW = """
    DELETE FROM audit_auditlink;
    INSERT INTO audit_auditpending SELECT id FROM audit_auditentry; SELECT audit_seal();
"""


def entry(place: int) -> str:
    return f"(SELECT entry_id FROM audit_auditlink WHERE seq = {place})"


def another(chance: random.Random, place: int) -> int:
    return chance.choice([one for one in range(1, ENTRIES + 1) if one != place])


def change_a_column(chance, place):
    column = chance.choice(list(OTHER_VALUES))
    return f"UPDATE audit_auditentry SET {column} = {OTHER_VALUES[column]} WHERE id = {entry(place)}"


def change_a_column_and_seal_anew(chance, place):
    return change_a_column(chance, place) + ";" + SEALED_ANEW


def change_a_link(chance, place):
    byte = chance.randrange(32)
    changed = f"set_byte(hash, {byte}, get_byte(hash, {byte}) # {chance.randint(1, 255)})"
    return f"UPDATE audit_auditlink SET hash = {changed} WHERE seq = {place}"


def delete_an_entry(chance, place):
    return f"DELETE FROM audit_auditentry WHERE id = {entry(place)}"


def delete_some_places(chance, place):
    gone = (
        f"(SELECT entry_id FROM audit_auditlink WHERE seq BETWEEN {place} AND {place + chance.randint(0, 5)})"
    )
    return (
        f"WITH gone AS (DELETE FROM audit_auditlink WHERE entry_id IN {gone} RETURNING entry_id) "
        "DELETE FROM audit_auditentry e USING gone WHERE e.id = gone.entry_id"
    )


def delete_and_seal_anew(chance, place):
    return f"DELETE FROM audit_auditentry WHERE id = {entry(place)};" + SEALED_ANEW


def swap_two_places(chance, place):
    other = another(chance, place)
    return (
        f"UPDATE audit_auditlink SET seq = -1 WHERE seq = {place};"
        f"UPDATE audit_auditlink SET seq = {place} WHERE seq = {other};"
        f"UPDATE audit_auditlink SET seq = {other} WHERE seq = -1"
    )


def swap_two_entries(chance, place):
    one, other = entry(place), entry(another(chance, place))
    copied = [name.strip() for name in COPIED.split(",")]
    return (
        f"UPDATE audit_auditentry a SET {', '.join(f'{name} = b.{name}' for name in copied)} "
        f"FROM audit_auditentry b WHERE (a.id = {one} AND b.id = {other}) OR (a.id = {other} AND b.id = {one})"
    )


def truncate_the_tail(chance, place):
    return f"DELETE FROM audit_auditentry WHERE id >= {entry(place)}; DELETE FROM audit_auditlink WHERE seq >= {place}"


def truncate_the_beginning(chance, place):
    return f"DELETE FROM audit_auditentry WHERE id <= {entry(place)}; DELETE FROM audit_auditlink WHERE seq <= {place}"


def insert_an_entry(chance, place):
    return f"INSERT INTO audit_auditentry ({COPIED}) SELECT {COPIED} FROM audit_auditentry WHERE id = {entry(place)}"


def insert_with_its_link(chance, place):
    return f"""
        UPDATE audit_auditlink SET seq = -seq WHERE seq > {place};
        UPDATE audit_auditlink SET seq = 1 - seq WHERE seq < 0;
        WITH made AS (
            INSERT INTO audit_auditentry ({COPIED}) SELECT {COPIED} FROM audit_auditentry
            WHERE id = {entry(place)} RETURNING id
        )
        INSERT INTO audit_auditlink (seq, entry_id, hash)
        SELECT {place + 1}, made.id, sha256('{chance.randrange(10**9)}') FROM made
    """


def insert_long_ago_and_seal_anew(chance, place):
    return (
        f"INSERT INTO audit_auditentry (id, {COPIED}) SELECT -{chance.randint(1, 1000)}, {COPIED} "
        f"FROM audit_auditentry WHERE id = {entry(place)};" + SEALED_ANEW
    )


TAMPERINGS = [
    change_a_column,
    change_a_column_and_seal_anew,
    change_a_link,
    delete_an_entry,
    delete_some_places,
    delete_and_seal_anew,
    swap_two_places,
    swap_two_entries,
    truncate_the_tail,
    truncate_the_beginning,
    insert_an_entry,
    insert_with_its_link,
    insert_long_ago_and_seal_anew,
]


@pytest.fixture
def chain(anchors):
    """30 entries, no two alike, signed after 10, 20 and 30."""
    forget()
    for part in range(3):
        for number in range(ENTRIES // 3):
            write(1, own=part * 100 + number)
        anchor()
    with connection.cursor() as cursor:
        # The superuser's way around every trigger and foreign key.
        cursor.execute("SET LOCAL session_replication_role = replica")
    return anchors


def test_it_finds_all_of_1000_tamperings_with_the_tables(chain):
    assert verify(chain).sound.count == ENTRIES
    for trial in range(TRIALS):
        chance = random.Random(trial)
        tamper = TAMPERINGS[trial % len(TAMPERINGS)]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(tamper(chance, chance.randint(1, ENTRIES)))
            try:
                verify(chain)
            except Broken:
                transaction.set_rollback(True)
            else:
                pytest.fail(f"trial {trial}: {tamper.__name__} was not found")
    assert verify(chain).sound.count == ENTRIES


@pytest.mark.parametrize("tamper", TAMPERINGS, ids=lambda tamper: tamper.__name__)
def test_its_command_says_no_and_where(tamper, chain, capsys):
    with connection.cursor() as cursor:
        cursor.execute(tamper(random.Random(1), 15))
    assert main(["audit", "verify"]) == 1
    assert "核验不通过。第 " in capsys.readouterr().err
