"""The kernel's own words give, for every number, what words.py and Python give."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from minzheng.foundation.rules import kernel_words, words

NUMBERS = st.one_of(st.integers(-(2**62), 2**62), st.integers(-1000, 1000), st.integers(-(10**12), 10**12))
DIVISORS = NUMBERS.filter(bool)
SUMS = st.integers(-(2**60), 2**60)
COMPILING = settings(deadline=None)
DATES = st.dates().map(lambda day: day.year * 10000 + day.month * 100 + day.day)


@COMPILING
@given(NUMBERS, DIVISORS)
def test_it_divides_exactly_and_rounds_down(a, b):
    assert kernel_words.quotient(a, b) == a // b


@COMPILING
@given(st.integers(-(2**31), 2**31), DIVISORS)
def test_it_divides_multiples_without_remainder(times, b):
    product = int(np.int64(b % 2**31 + 1)) * times
    assert kernel_words.quotient(product, b % 2**31 + 1) == times
    assert kernel_words.quotient(product - 1, b % 2**31 + 1) == (product - 1) // (b % 2**31 + 1)


@COMPILING
@given(SUMS, SUMS.filter(bool))
def test_it_rounds_halves_away_from_zero(numerator, denominator):
    assert kernel_words.round_half_up(numerator, denominator) == words.round_half_up(numerator, denominator)


@COMPILING
@given(DATES, DATES)
def test_it_counts_years_and_months(birth, on):
    assert kernel_words.age(birth, on) == words.age(birth, on)
    assert kernel_words.months_between(birth, on) == words.months_between(birth, on)
    assert kernel_words.full_months(birth, on) == words.full_months(birth, on)


def test_it_counts_the_birthday_of_29_february():
    for on in (20230227, 20230228, 20230301, 20240228, 20240229, 21000228):
        assert kernel_words.age(20000229, on) == words.age(20000229, on)
