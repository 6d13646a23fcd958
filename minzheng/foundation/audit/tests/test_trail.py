"""The trail in PostgreSQL refuses to be edited, and whatever was edited regardless is found."""

import os
import stat

import pgtrigger
import pytest
from django.db import DatabaseError, connection, transaction

from minzheng.foundation.audit.chain import Broken
from minzheng.foundation.audit.heads import BadHeads
from minzheng.foundation.audit.models import AuditEntry, AuditLink, AuditPending
from minzheng.foundation.audit.seal import seal
from minzheng.foundation.audit.tests.conftest import forget, write
from minzheng.foundation.audit.trail import anchor, export, verify

pytestmark = pytest.mark.django_db

OTHER_VALUES = {
    "id": "id + 1000",
    "at": "at + interval '1 microsecond'",
    "actor_id": "999",
    "action": "action || '.x'",
    "title": "title || ' '",
    "is_read": "NOT is_read",
    "subject_type": "'people.person'",
    "subject_id": "'7'",
    "persons": "persons || 7::bigint",
    "region": "'431228000000'",
    "reason": "reason || '。'",
    "detail": """detail || '{"number": 0.0}'""",
}


@pytest.fixture(autouse=True)
def empty(anchors):
    forget()
    return anchors


def as_superuser(sql: str) -> None:
    """What an administrator does who switches the triggers and foreign keys off."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql)


def test_it_chains_what_raw_sql_inserts(empty):
    write(2)
    seal()
    columns = "action, title, is_read, subject_type, subject_id, persons, region, reason, detail"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO audit_auditentry (at, {columns}) SELECT now(), {columns} FROM audit_auditentry"
        )
    assert AuditPending.objects.count() == 2
    assert verify(empty).sound.count == 4


@pytest.mark.parametrize("table", ["audit_auditentry", "audit_auditlink"])
@pytest.mark.parametrize("change", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"])
def test_it_refuses_to_change_delete_or_empty(table, change):
    write(1)
    seal()
    change = change.replace("id = id", "hash = hash") if table == "audit_auditlink" else change
    refusal = pytest.raises(DatabaseError, match=r"Cannot update or delete|never emptied")
    with refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        # The suite's own clean-up has switched this one off (conftest.py); a real database has it on.
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute(change.format(table))
    assert AuditEntry.objects.count() == AuditLink.objects.count() == 1


def test_it_hashes_every_column_there_is():
    assert set(OTHER_VALUES) == {field.column for field in AuditEntry._meta.concrete_fields}


@pytest.mark.parametrize("column", OTHER_VALUES)
def test_it_finds_a_change_of_any_column(column, empty):
    write(20)
    seal()
    as_superuser(
        f"UPDATE audit_auditentry e SET {column} = {OTHER_VALUES[column]} FROM audit_auditlink l "
        "WHERE l.entry_id = e.id AND l.seq = 13"
    )
    with pytest.raises(Broken) as found:
        verify(empty)
    assert found.value.seq == 13


@pytest.mark.parametrize(
    ("change", "seq"),
    [
        ("DELETE FROM audit_auditentry WHERE id = (SELECT entry_id FROM audit_auditlink WHERE seq = 5)", 5),
        ("DELETE FROM audit_auditlink WHERE seq = 5", 5),
        ("DELETE FROM audit_auditlink WHERE seq <= 5", 1),
        ("UPDATE audit_auditlink SET seq = seq + 100 WHERE seq = 5", 5),
        ("UPDATE audit_auditlink SET hash = sha256(hash) WHERE seq = 5", 5),
        ("DELETE FROM audit_auditlink WHERE seq > 15", 16),
        ("DELETE FROM audit_auditlink; DELETE FROM audit_auditentry", 1),
        (
            "INSERT INTO audit_auditentry SELECT id + 1000, at, action, title, is_read, subject_type, subject_id, "
            "persons, region, reason, detail, actor_id FROM audit_auditentry LIMIT 1",
            21,
        ),
    ],
)
def test_it_finds_what_was_deleted_moved_or_slipped_in(change, seq, empty):
    write(20)
    anchor()
    as_superuser(change)
    with pytest.raises(Broken) as found:
        verify(empty)
    assert found.value.seq == seq


def test_it_finds_an_entry_taken_away_before_its_seal(empty):
    write(5)
    seal()
    write(1)
    as_superuser("DELETE FROM audit_auditentry WHERE id = (SELECT max(id) FROM audit_auditentry)")
    with pytest.raises(Broken, match="绕过触发器"):
        verify(empty)


def test_it_finds_a_trail_that_was_rewritten_and_sealed_anew(empty):
    write(20)
    anchor()
    as_superuser("UPDATE audit_auditentry SET reason = '改过'")
    as_superuser("TRUNCATE audit_auditlink")
    as_superuser("INSERT INTO audit_auditpending SELECT id FROM audit_auditentry")
    assert seal() == 20
    with pytest.raises(Broken, match="整段改写"):
        verify(empty)


def test_it_finds_a_forged_head(empty):
    write(3)
    anchor()
    file = empty / "heads.jsonl"
    file.write_text(file.read_text().replace('"seq":3', '"seq":2'))
    with pytest.raises(BadHeads, match="第 1 行"):
        verify(empty)


def test_it_trusts_no_key_but_the_one_that_is_named(empty):
    write(3)
    key = anchor().key
    assert verify(empty, key).sound.agreed == 1
    with pytest.raises(BadHeads):
        verify(empty, "0" * 32)


def test_it_keeps_the_signing_key_for_its_owner_alone(empty, settings):
    anchor()
    assert stat.S_IMODE(os.stat(settings.AUDIT_KEY).st_mode) == 0o600


def test_it_agrees_with_its_heads_while_the_trail_grows(empty, tmp_path):
    for signed in (1, 2, 3):
        write(10)
        anchor()
        verdict = verify(empty)
        assert (verdict.sound.count, verdict.sound.agreed, verdict.waiting) == (10 * signed, signed, 0)
    export(tmp_path / "trail.jsonl")
    assert (tmp_path / "trail.jsonl").read_bytes().count(b"\n") == 31


def test_it_lets_only_a_named_exception_pass_the_triggers():
    write(1)
    seal()
    with (
        pgtrigger.ignore("audit.AuditEntry:entry_is_kept"),
        pytest.raises(DatabaseError),
        transaction.atomic(),
    ):
        AuditLink.objects.all().delete()
