"""The registrar's first page: divorces are counted on the days on which the two may come, not a day before or after."""

from datetime import date as D

import pytest

from minzheng.business.marriage.tasks import COLLECT
from minzheng.business.marriage.tests.couples import apply_for_divorce, marry

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "day, waits",
    [(D(2026, 2, 24), 0), (D(2026, 2, 25), 1), (D(2026, 3, 26), 1), (D(2026, 3, 27), 0)],
)
def test_it_counts_the_divorces_of_the_open_window(at, registry, man, woman, day, waits):
    wedding = marry(at(D(2026, 1, 5)), registry, man, woman)
    divorce = apply_for_divorce(at(D(2026, 1, 20)), wedding)
    assert (divorce.window_from, divorce.window_until) == (D(2026, 2, 25), D(2026, 3, 26))
    assert COLLECT.count(at(day)) == waits


def test_it_counts_nothing_of_another_county(at, access, registry, man, woman):
    apply_for_divorce(at(D(2026, 1, 20)), marry(at(D(2026, 1, 5)), registry, man, woman))
    assert COLLECT.count(access("outsider", D(2026, 3, 1))) == 0
