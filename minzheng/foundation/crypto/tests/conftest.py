"""Keys and files of a test's own, and a database that is put back afterwards."""

import pytest
from django.db import connection

from minzheng.foundation.accounts.walls.build import as_owner
from minzheng.foundation.crypto import blind
from minzheng.foundation.crypto import keyring as keys


@pytest.fixture
def key_file(tmp_path, settings, monkeypatch):
    """This database's keys in a file of the test's own, so that a new one is gone afterwards; no files yet."""
    monkeypatch.setattr(keys, "RENEWED_EVERY", 0)
    settings.MEDIA_ROOT = tmp_path / "media"
    usual, settings.KEYS = settings.KEYS, tmp_path / "keys.json"
    settings.KEYS.write_bytes(usual.read_bytes())
    return settings.KEYS


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def first_side(key_file):
    """Afterwards the functions and indexes of the database are as every other test expects them."""
    yield
    with as_owner():
        with connection.cursor() as cursor:
            for name, *_ in blind._indexes():
                if name.endswith(blind.NEXT):
                    cursor.execute(f'DROP INDEX "{name}"')
        blind.use_side("a")
        blind.build()
