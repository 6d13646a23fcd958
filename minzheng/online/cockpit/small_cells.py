"""Hiding small cells: a count of one to four people or families could point at somebody (个人信息保护法 第六条).

A single hidden cell could be worked out from the sum; then the next smallest is hidden as well.
"""

from __future__ import annotations

from collections.abc import Sequence

LEAST = 5


def hidden(counts: Sequence[int]) -> list[bool]:
    """Which of the counts must not be shown beside their sum."""
    hide = [0 < count < LEAST for count in counts]
    if sum(hide) == 1:
        others = [(count, number) for number, count in enumerate(counts) if not hide[number] and count > 0]
        if others:
            hide[min(others)[1]] = True
    return hide
