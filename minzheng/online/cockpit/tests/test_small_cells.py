"""Small cells: what a sum would give away is hidden too."""

import pytest

from minzheng.online.cockpit.small_cells import hidden


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
