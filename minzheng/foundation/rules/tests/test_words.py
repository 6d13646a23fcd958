"""Ages, months and rounding at their boundaries (DC3, DC5)."""

import pytest

from minzheng.foundation.rules.words import age, full_months, months_between, round_half_up


@pytest.mark.parametrize(
    ("birth", "on", "years"),
    [
        (20000520, 20180519, 17),
        (20000520, 20180520, 18),
        (20000520, 20180521, 18),
        (20040229, 20220227, 17),
        (20040229, 20220228, 18),
        (20040229, 20240228, 19),
        (20040229, 20240229, 20),
        (20000229, 21000227, 99),
        (20000229, 21000228, 100),
        (20210901, 20210901, 0),
    ],
)
def test_it_reaches_an_age_on_the_birthday(birth, on, years):
    assert age(birth, on) == years


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (20220315, 20220331, 0),
        (20220315, 20220401, 1),
        (20220315, 20220930, 6),
        (20211231, 20220101, 1),
        (20220401, 20220315, -1),
    ],
)
def test_it_counts_calendar_months_whatever_the_day(start, end, months):
    assert months_between(start, end) == months


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (20260315, 20260914, 5),
        (20260315, 20260915, 6),
        (20250831, 20260227, 5),
        (20250831, 20260228, 6),
        (20230831, 20240228, 5),
        (20230831, 20240229, 6),
        (20260331, 20260930, 6),
        (20260301, 20260228, -1),
    ],
)
def test_it_counts_a_month_as_full_on_the_same_day_or_the_last(start, end, months):
    assert full_months(start, end) == months


@pytest.mark.parametrize(
    ("numerator", "denominator", "result"),
    [
        (790000, 12, 65833),
        (5, 12, 0),
        (6, 12, 1),
        (7, 12, 1),
        (18, 12, 2),
        (0, 12, 0),
        (-6, 12, -1),
        (-5, 12, 0),
        (6, -12, -1),
        (-6, -12, 1),
    ],
)
def test_it_rounds_halves_away_from_zero(numerator, denominator, result):
    assert round_half_up(numerator, denominator) == result
