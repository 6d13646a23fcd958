"""Whole fen and the text people and banks read. No floats: 0.1 + 0.2 must be 0.30."""

import re

_YUAN = re.compile(r"(\d{1,13})(?:\.(\d{1,2}))?")


def yuan(fen: int) -> str:
    """63000 → 630.00"""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def fen(text: str) -> int:
    """`630`, `630.0` or `1,630.00` → whole fen. Raises ValueError for anything finer, negative or not a number."""
    match = _YUAN.fullmatch(text.strip().replace(",", ""))
    if match is None:
        raise ValueError(f"“{text}”不是金额。请写成以元为单位、最多两位小数的数字，例如 630.00。")
    return int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))
