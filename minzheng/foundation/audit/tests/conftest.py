"""A real trail of a few hundred entries, and what was exported and signed of it."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection

from minzheng.foundation.accounts.walls.build import as_owner
from minzheng.foundation.audit import trail
from minzheng.foundation.audit.heads import Heads, read_heads
from minzheng.foundation.audit.record import record

ENTRIES = 300


def write(count: int, **fields) -> None:
    """Entries that use every column, with quotes, Chinese and an emoji in the free texts."""
    for number in range(count):
        record(
            "person.read" if number % 3 else "case.move",
            "查看“个人”档案\n第二行",
            actor=None,
            persons=[number, number + 1],
            region="431227107000",
            reason='核对 "收入" \\ 😀' if number % 2 else "",
            is_read=bool(number % 3),
            number=number,
            nested={"step": ["accept", None, 1.50]},
            **fields,
        )


@pytest.fixture(autouse=True)
def tampering(request):
    """These tests get around what the application's roles are kept from: they work as the owner of the tables."""
    if request.node.get_closest_marker("django_db") is None:
        yield
        return
    request.getfixturevalue("_django_db_helper")  # the database first
    with as_owner():
        yield


def forget() -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # its own triggers forbid it
        cursor.execute("TRUNCATE audit_auditentry, audit_auditlink, audit_auditpending")
        cursor.execute("RESET session_replication_role")


@dataclass(frozen=True)
class Exported:
    lines: tuple[bytes, ...]
    heads: Heads
    folder: Path


@pytest.fixture
def anchors(settings, tmp_path):
    """A folder of heads and a key of this test's own."""
    settings.AUDIT_ANCHORS = tmp_path / "anchors"
    settings.AUDIT_KEY = tmp_path / "key.pem"
    return settings.AUDIT_ANCHORS


@pytest.fixture(scope="module")
def exported(django_db_setup, django_db_blocker, tmp_path_factory):
    """300 entries, signed after 100, 200 and 300, exported: read-only, shared by a module's tests."""
    folder = tmp_path_factory.mktemp("audit")
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setattr("django.conf.settings.AUDIT_ANCHORS", folder)
        patch.setattr("django.conf.settings.AUDIT_KEY", folder / "key.pem")
        forget()
        for _ in range(3):
            write(ENTRIES // 3)
            trail.anchor()
        trail.export(folder / "trail.jsonl")
        forget()
    with (folder / "trail.jsonl").open("rb") as file:
        return Exported(tuple(file), read_heads(folder), folder)
