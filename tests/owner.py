"""Tests run as the jobs' role (docs/walls.md); only the owner of the tables may empty them afterwards."""

from collections.abc import Callable
from typing import Any

from django.test import TransactionTestCase

from minzheng.foundation.accounts.walls.build import as_owner
from minzheng.foundation.accounts.walls.doors import step_down


def work_as_jobs() -> None:
    """Once the test database stands."""
    step_down()
    empty: Callable[[Any], None] = TransactionTestCase._fixture_teardown

    def empty_as_owner(test: Any) -> None:
        with as_owner():
            empty(test)

    TransactionTestCase._fixture_teardown = empty_as_owner
