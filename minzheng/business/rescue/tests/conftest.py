import datetime as dt

import pytest


@pytest.fixture
def at(access):
    """`at("2026-10-20", "rescuer")`: somebody's rights on a day."""
    return lambda text, login="rescuer": access(login, dt.date.fromisoformat(text))
