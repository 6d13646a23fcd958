"""One family's journey, ready to be taken to any step."""

import pytest

from minzheng.business.assistance.tests.families import ex01
from minzheng.business.assistance.tests.journey import Journey


@pytest.fixture
def journey(access, cast):
    """`journey()` → EX01's family; `journey(ex02)` → another's application."""
    own_number = cast["xiuying"].person.id_no
    return lambda family=ex01: Journey(access, family(own_number))
