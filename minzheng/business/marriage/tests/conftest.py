import pytest

from minzheng.business.marriage.tests import couples


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def at(access):
    """`at(day)`: the registrar's rights on a day."""
    return lambda day: access("registrar", day)


@pytest.fixture
def registry(cast):
    return couples.registry(cast)


@pytest.fixture
def man(cast):
    return couples.person("龙大山", "1995-03-01", 1)


@pytest.fixture
def woman(cast):
    return couples.person("吴小妹", "1996-04-02", 2)
