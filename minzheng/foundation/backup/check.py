"""What must be true of a database that was just restored; each finding is a Chinese sentence, none means it is sound."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterator
from dataclasses import asdict
from typing import Any

import psycopg
from django.conf import settings
from psycopg import sql

from minzheng.foundation.backup import server
from minzheng.foundation.backup.manifest import DATABASE, MEDIA, Manifest

UNCHECKED = """
    SELECT conrelid::regclass::text || ' ' || conname FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace AND NOT (convalidated AND conenforced)
    UNION ALL
    SELECT tgrelid::regclass::text || ' ' || tgname FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid
    WHERE c.relnamespace = 'public'::regnamespace AND tgenabled NOT IN ('O', 'A')
    UNION ALL
    SELECT indexrelid::regclass::text FROM pg_index JOIN pg_class c ON c.oid = indrelid
    WHERE c.relnamespace = 'public'::regnamespace AND NOT indisvalid
    ORDER BY 1
"""
COUNTERS = """
    SELECT c.relname, a.attname, s.relname FROM pg_depend d
    JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S' JOIN pg_class c ON c.oid = d.refobjid
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid
    WHERE c.relnamespace = 'public'::regnamespace
"""


def of_database(made: Manifest) -> Iterator[str]:
    """Right after loading, before anything is written: rows, constraints, triggers, counters."""
    with server.as_owner() as owned:
        found = server.counts(owned)
        for table in sorted({*found, *made.tables}):
            if found.get(table) != made.tables.get(table):
                yield f"{table} 有 {found.get(table, 0)} 行，备份时是 {made.tables.get(table, 0)} 行。"
    yield from in_force()


def in_force() -> Iterator[str]:
    """Constraints, triggers and indexes hold; counters are ahead of their tables."""
    with server.as_owner() as owned:
        for (name,) in owned.execute(UNCHECKED):
            yield f"约束、触发器或索引没有生效：{name}。"
        yield from _counters(owned)


def _counters(owned: psycopg.Connection[Any]) -> Iterator[str]:
    """A counter behind its table would give out numbers that are taken."""
    for table, column, counter in owned.execute(COUNTERS).fetchall():
        (behind,) = owned.execute(
            sql.SQL("SELECT coalesce((SELECT max({}) FROM {}), 0) > (SELECT last_value FROM {})").format(
                *map(sql.Identifier, (column, table, counter))
            )
        ).fetchone()  # type: ignore[misc]
        if behind:
            yield f"编号器 {counter} 落后于 {table}.{column}。"


def of_content(made: Manifest) -> Iterator[str]:
    """The month proven to the fen as at the backup, and whatever must hold of any."""
    from minzheng.foundation.payments.prove import prove

    if made.month:
        proof = [list(asdict(line).values()) for line in prove(dt.date.fromisoformat(made.month))]
        if proof != made.proof:
            yield f"{made.month[:7]} 的资金核对与备份时不同。请运行 minzheng prove 查看。"
    yield from of_any(made.chain, made.of(MEDIA))


def of_any(chain: int, kept: Container[str]) -> Iterator[str]:
    """Cash books as their lines say, the audit trail whole up to `chain`, every document with one of the `kept` files."""
    from minzheng.foundation.audit.chain import Broken
    from minzheng.foundation.audit.heads import BadHeads
    from minzheng.foundation.audit.trail import verify
    from minzheng.foundation.documents.models import Document
    from minzheng.foundation.payments.prove import prove_cash

    yield from (
        f"账簿“{line.place}”与明细差 {line.difference} 分（{line.programme} {line.region}）。"
        for line in prove_cash()
        if not line.holds
    )
    try:
        if (last := verify(settings.AUDIT_ANCHORS).sound.last) < chain:
            yield f"审计链只到第 {last} 条，备份时是第 {chain} 条。"
    except (Broken, BadHeads) as bad:
        yield f"审计链核验不通过：{bad}"
    for path in Document.objects.values_list("file", flat=True).distinct().iterator():
        if path not in kept:
            yield f"材料 {path} 没有文件：它在 {DATABASE} 里，却不在备份的 {MEDIA}/ 里。"
