"""Yuan as text, fen as whole numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minzheng.foundation.ledger.money import fen, yuan


@given(st.integers(0, 10**15 - 1))
def test_it_reads_back_every_amount_it_writes(amount):
    assert fen(yuan(amount)) == amount


@pytest.mark.parametrize(
    ("text", "amount"), [("630", 63000), ("630.5", 63050), (" 1,630.00 ", 163000), ("0.01", 1)]
)
def test_it_reads_the_ways_banks_write_amounts(text, amount):
    assert fen(text) == amount


@pytest.mark.parametrize("text", ["", "-1.00", "1.001", "六百", "1e3", "1.2.3", "=1+1", "NaN"])
def test_it_refuses_what_is_not_a_whole_number_of_fen(text):
    with pytest.raises(ValueError, match="最多两位小数"):
        fen(text)


def test_it_writes_a_negative_amount_with_its_sign_in_front():
    assert yuan(-5) == "-0.05"
