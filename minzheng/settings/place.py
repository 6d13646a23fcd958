"""Where this installation lives, what kind it is, and its two secrets."""

import os
import secrets
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("MINZHENG_VAR", ROOT / "var"))
VAR.mkdir(parents=True, exist_ok=True)

TESTING = "pytest" in sys.modules
DEMO = os.environ.get("MINZHENG_DEMO") == "1"
DEBUG = os.environ.get("MINZHENG_DEBUG") == "1"


def _secret_key() -> str:
    """From the environment, or made once and kept: a demo must not log everyone out at each start."""
    if key := os.environ.get("MINZHENG_SECRET_KEY"):
        return key
    kept = VAR / "secret-key"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(50))
    return kept.read_text()


SECRET_KEY = _secret_key()

ALLOWED_HOSTS = os.environ.get("MINZHENG_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
