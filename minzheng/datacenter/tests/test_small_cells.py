"""Small cells: what a sum would give away is hidden too."""

import pytest

from minzheng.datacenter.small_cells import hidden, protect


@pytest.mark.parametrize(
    ("counts", "hide"),
    [
        ([0, 5, 9], [False, False, False]),
        ([4, 3, 9], [True, True, False]),
        ([4, 5, 9], [True, True, False]),  # 18 − 5 − 9 would give the 4 away
        ([9, 4, 5], [False, True, True]),
        ([4, 0, 0], [True, False, False]),  # nobody else to hide behind: the sum itself is hidden
        ([], []),
    ],
)
def test_it_hides_counts_below_five_and_what_would_give_them_away(counts, hide):
    assert hidden(counts) == hide


def test_it_protects_a_table_whose_rows_and_columns_are_both_summed():
    counts = {"a1": 2, "a2": 9, "b1": 8, "b2": 7, "a": 11, "b": 15, "1": 10, "2": 16}
    sums = [("a", ["a1", "a2"]), ("b", ["b1", "b2"]), ("1", ["a1", "b1"]), ("2", ["a2", "b2"])]
    assert protect(counts, sums) == {"a1", "a2", "b1", "b2"}  # any three of them would give the 2 away


def test_it_hides_no_more_than_it_must():
    counts = {"a": 2, "b": 3, "c": 9, "all": 14}
    assert protect(counts, [("all", ["a", "b", "c"])]) == {"a", "b"}


def test_it_hides_another_when_the_hidden_ones_add_up_to_few():
    counts = {"a": 1, "b": 1, "c": 9, "all": 11}  # 11 − 9 would say that a and b are one each
    assert protect(counts, [("all", ["a", "b", "c"])]) == {"a", "b", "c"}


def test_it_hides_the_sum_when_there_is_nobody_else_to_hide_behind():
    assert protect({"a": 4, "b": 0, "all": 4}, [("all", ["a", "b"])]) == {"a", "all"}


def test_it_shows_what_follows_from_the_rest_anyway():
    counts = {"a": 2, "b": 9, "c": 20, "d": 7, "all": 38, "b and d": 16, "d again": 7}
    sums = [("all", ["a", "b", "c", "d"]), ("b and d", ["b", "d"]), ("d again", ["d"])]
    assert protect(counts, sums) == {"a", "c"}
