import pytest

from minzheng.business.adoption.tests import families


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def at(access):
    """`at(day)`: the registrar's rights on a day."""
    families.issuer()
    return lambda day: access("registrar", day)


@pytest.fixture
def man(cast):
    return families.person("龙大山", "1985-03-01", 1)


@pytest.fixture
def woman(cast):
    return families.person("吴小妹", "1988-04-02", 2)


@pytest.fixture
def child(cast):
    return families.person("党新生", "2024-02-29", 11)
