"""A living county, everything that a backup takes or makes in folders of the test's own, and a `minzheng` that knows its benefit."""

import sys

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from minzheng.foundation.audit.tests.conftest import forget
from minzheng.foundation.backup import drill, server
from minzheng.foundation.benefits.tests.making import grant_nursing
from minzheng.foundation.documents.store import store_document
from minzheng.foundation.payments.tests.conftest import approver, benefits, office

__all__ = ["approver", "benefits", "office"]

# As `minzheng`, in a process of its own that knows the tests' line and benefits; its PostgreSQL need not survive.
AS_IN_TESTS = """
import sys, django, pytest
usual = django.setup
def setup():
    usual()
    from minzheng.foundation.benefits.tests.making import NURSING
    from minzheng.foundation.benefits.words import Benefit
    from minzheng.foundation.registry.words import shelf
    shelf(Benefit)._found[NURSING.code] = NURSING
django.setup = setup
from minzheng.cli import main
sys.exit(main(sys.argv[1:]))
"""
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def vault(settings, tmp_path, monkeypatch):
    """Everything that a backup takes or makes, in folders of this test's own."""
    forget()
    settings.BACKUPS, settings.BACKUP_KEY = tmp_path / "backups", tmp_path / "backup-key"
    settings.ARCHIVE = tmp_path / "archive"
    settings.AUDIT_ANCHORS, settings.AUDIT_KEY = tmp_path / "anchors", tmp_path / "audit-key.pem"
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setattr(drill, "COMMAND", (sys.executable, "-c", AS_IN_TESTS))
    # The suite's own clean-up has switched some triggers off (conftest.py), which a restore rightly complains of.
    switch("ENABLE")
    yield settings
    switch("DISABLE")


def switch(how: str) -> None:
    with server.as_owner() as owned:
        for table in ("audit_auditentry", "audit_auditlink"):
            for (name,) in owned.execute(
                "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname LIKE %s",
                [table, "%is_not_emptied%"],
            ).fetchall():
                owned.execute(f'ALTER TABLE {table} {how} TRIGGER "{name}"')


@pytest.fixture
def county(vault, office, approver, cast):
    """A month paid to the bank's last answer, and a paper that somebody handed in."""
    grant_nursing(approver)
    office.pay("2026-01")
    upload = SimpleUploadedFile("病历.pdf", PDF, "application/pdf")
    return store_document(upload, kind="medical", user=cast["clerk"])
