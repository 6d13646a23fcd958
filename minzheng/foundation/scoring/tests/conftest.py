import pytest

from minzheng.foundation.scoring.tests.making import Office


@pytest.fixture
def office(cast):
    return Office(cast)
