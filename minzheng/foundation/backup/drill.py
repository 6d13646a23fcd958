"""The drill: the newest backup restored for real, into a PostgreSQL of its own that is gone afterwards.

It runs the very command that an emergency would need, which ends with `prove` and `audit verify`, with the same keys,
in a folder where nothing else is.
"""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings

from minzheng.foundation.backup import manifest
from minzheng.foundation.backup.models import BackupRun, Kind

COMMAND = (sys.executable, "-m", "minzheng")
SAID = 30  # lines of what the command printed that are kept


def drill(folder: Path) -> BackupRun:
    """Restore a backup aside, prove the month and the audit trail there; keeps and returns the record of it."""
    started = dt.datetime.now(dt.UTC)
    made, digest = manifest.read(folder)
    with tempfile.TemporaryDirectory(prefix="minzheng-drill-") as name:
        aside = Path(name)
        aside.chmod(0o755)  # the embedded server runs under an account of its own when root starts it
        done = subprocess.run(  # noqa: S603
            [*COMMAND, "restore", str(folder.resolve())],
            env=_environment(aside),
            cwd=settings.ROOT,
            capture_output=True,
            text=True,
        )
    return BackupRun.objects.create(
        kind=Kind.DRILL,
        name=folder.name,
        is_good=done.returncode == 0,
        started_at=started,
        data_at=dt.datetime.fromisoformat(made.at),
        rows=made.rows,
        bytes=made.bytes,
        manifest=digest,
        note="\n".join((done.stdout + done.stderr).splitlines()[-SAID:]),
    )


def _environment(aside: Path) -> dict[str, str]:
    """The same installation and keys, but database, files and heads of its own."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    own = {
        "MINZHENG_VAR": str(aside),
        "MINZHENG_AUDIT_ANCHORS": str(aside / "audit-anchors"),
        "MINZHENG_OUTBOX": str(aside / "outbox"),
        "MINZHENG_LAKE": str(aside / "lake"),
        "MINZHENG_SECRET_KEY": settings.SECRET_KEY,
        "DJANGO_SETTINGS_MODULE": "minzheng.settings",
    }
    keys = {
        f"MINZHENG_{name}": str(getattr(settings, name))
        for name in ("AUDIT_KEY", "BACKUP_KEY", "KEYS", "SEALS")
        if hasattr(settings, name)
    }
    return kept | own | keys
