"""Sheets that could not be written to their end."""

import gc
import sys

import pytest

from minzheng.foundation.registers.excel.sheets import new_book, start_sheet


def test_it_leaves_nothing_to_complain_about_later_when_writing_fails(monkeypatch):
    later = []
    monkeypatch.setattr(sys, "unraisablehook", later.append)

    def write():
        with new_book() as book:
            start_sheet(book, "名单", ["姓名"]).append(["甲"])
            raise LookupError

    with pytest.raises(LookupError):
        write()
    gc.collect()
    assert later == []
