"""A new database gets its keys, and the functions that find what they sealed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings

from minzheng.foundation.crypto import blind
from minzheng.foundation.crypto.keyfile import make_keys
from minzheng.foundation.crypto.keyring import keyring
from minzheng.foundation.crypto.known import note_keys
from minzheng.foundation.crypto.models import KnownKey


def make_ready(**_: Any) -> None:
    """After migrate: a database that knows no keys yet gets some; one that does never gets others."""
    blind.build()
    if not Path(settings.KEYS).exists() and not KnownKey.objects.exists():
        make_keys(Path(settings.KEYS), settings.CIPHER)
    note_keys(keyring(fresh=True))
