"""The drill: the newest backup restored for real, into a PostgreSQL of its own that is gone afterwards.

It runs the very command that an emergency would need, with the same keys, in a folder where nothing else is.
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
CHECKS = (("prove",), ("audit", "verify"))


def drill(folder: Path) -> BackupRun:
    """Restore a backup aside, prove the month and the audit trail there; keeps and returns the record of it."""
    started = dt.datetime.now(dt.UTC)
    made, digest = manifest.read(folder)
    with tempfile.TemporaryDirectory(prefix="minzheng-drill-") as name:
        aside = Path(name)
        aside.chmod(0o755)  # the embedded server runs under an account of its own when root starts it
        environment = _environment(aside)
        said, good = [], True
        for arguments in (("restore", str(folder.resolve())), *(CHECKS if made.month else CHECKS[1:])):
            done = subprocess.run(  # noqa: S603
                [*COMMAND, *arguments], env=environment, cwd=settings.ROOT, capture_output=True, text=True
            )
            said += [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
            if done.returncode:
                good = False
                break
    return BackupRun.objects.create(
        kind=Kind.DRILL,
        name=folder.name,
        is_good=good,
        started_at=started,
        data_at=dt.datetime.fromisoformat(made.at),
        rows=made.rows,
        bytes=made.bytes,
        manifest=digest,
        note="\n".join(said[-20:]),
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
