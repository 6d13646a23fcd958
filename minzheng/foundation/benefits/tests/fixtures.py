"""Fixtures of the money tests; `from …fixtures import *` in a conftest."""

import pytest

from minzheng.foundation.benefits.tests.making import FAMILY, NURSING
from minzheng.foundation.benefits.words import Benefit
from minzheng.foundation.registry.words import shelf


@pytest.fixture
def benefits(monkeypatch):
    """The made-up benefits, declared for this test only."""
    for declared in (FAMILY, NURSING):
        monkeypatch.setitem(shelf(Benefit)._found, declared.code, declared)


@pytest.fixture
def approver(benefits, access):
    """田文斌, who confirms in the county."""
    return access("approver")
