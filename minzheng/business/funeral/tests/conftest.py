import pytest


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def at(access):
    """`at("2026-10-20")`: the county's rights on a day."""
    import datetime as dt

    return lambda text, login="reviewer": access(login, dt.date.fromisoformat(text))
