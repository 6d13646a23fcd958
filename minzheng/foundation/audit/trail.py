"""The chain as it stands in the database: read it, sign its head, check it, export it."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from minzheng.foundation.audit import heads
from minzheng.foundation.audit.chain import ORIGIN, Broken, Sound, check, last_line
from minzheng.foundation.audit.models import AuditLink
from minzheng.foundation.audit.seal import seal

ROWS = 5_000

LINES = """
    SELECT '{"hash":"' || encode(l.hash, 'hex') || '","entry":'
        || CASE WHEN e.id IS NULL THEN 'null' ELSE audit_text(l.seq, e) END || '}' || chr(10)
    FROM audit_auditlink l LEFT JOIN audit_auditentry e ON e.id = l.entry_id
    WHERE l.seq <= %s ORDER BY l.seq
"""
# What bypassed the triggers: entries that never queued, and queued ones that were taken away before their seal.
STRAYS = """
    SELECT e.id FROM audit_auditentry e
    WHERE NOT EXISTS (SELECT FROM audit_auditlink l WHERE l.entry_id = e.id)
        AND NOT EXISTS (SELECT FROM audit_auditpending p WHERE p.entry_id = e.id)
    UNION ALL
    SELECT p.entry_id FROM audit_auditpending p
    WHERE NOT EXISTS (SELECT FROM audit_auditentry e WHERE e.id = p.entry_id)
    ORDER BY 1 LIMIT 1
"""


@dataclass(frozen=True)
class Verdict:
    """A sound chain in the database, and how many committed entries wait for their seal (they are not proven).

    `lost`: (signed head of a restore from a backup, the last place that had been signed and was lost by it).
    """

    sound: Sound
    waiting: int
    lost: list[tuple[heads.Head, int]]


def anchor(kind: str = "head", seq: int | None = None) -> heads.Head:
    """Sign the head of the chain (or place `seq` of it) and add it to AUDIT_ANCHORS. Returns the signed head."""
    head = _signed(kind, seq)
    heads.append(settings.AUDIT_ANCHORS, head)
    return head


def verify(folder: Path, key: str | None = None) -> Verdict:
    """Check the whole trail in the database against the heads (of this key) in a folder. Raises Broken, BadHeads."""
    known = heads.read_heads(folder, key)
    seal()
    with transaction.atomic(), connection.cursor() as cursor:
        last = AuditLink.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
        with closing(lines(last)) as found:
            sound = check(found, known)
        cursor.execute(STRAYS)
        if stray := cursor.fetchone():
            raise Broken(sound.last + 1, f"编号 {stray[0]} 的记录绕过触发器写入或删除，不在链上。")
        cursor.execute("SELECT count(*) FROM audit_auditpending")
        return Verdict(sound, cursor.fetchone()[0], known.lost)


def export(file: Path, through: int | None = None) -> heads.Head:
    """Write the trail (up to place `through`) as JSON lines, closed by a signed head; whole or not at all."""
    head = _signed("export", through)
    part = file.with_name(file.name + ".part")
    with part.open("wb") as out, transaction.atomic():
        out.writelines(lines(head.seq))
        out.write(last_line(head))
    part.replace(file)
    return head


def lines(through: int) -> Generator[bytes, None, None]:
    """The chain as chain.py reads it, from a server-side cursor; call it within a transaction and close it there."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(LINES, [through])
        while rows := cursor.fetchmany(ROWS):
            for (line,) in rows:
                yield line.encode()


def _signed(kind: str, seq: int | None) -> heads.Head:
    """A head of what is on disk for good: a seal that a power cut took back must never have been signed."""
    seal()
    with transaction.atomic(), connection.cursor() as cursor:
        links = AuditLink.objects.order_by("-seq").values_list("seq", "hash")
        place, hash = (links if seq is None else links.filter(seq=seq)).first() or (0, ORIGIN)
        # Writes to the log and so makes this commit wait until every earlier one is on disk.
        cursor.execute("SET LOCAL synchronous_commit TO on")
        cursor.execute("SELECT pg_logical_emit_message(true, 'minzheng', 'audit head')")
    key = heads.private_key(settings.AUDIT_KEY)
    heads.publish(settings.AUDIT_ANCHORS, key.public_key())
    return heads.sign(kind, place, bytes(hash), key)
