"""Unified social credit codes (统一社会信用代码, GB 32100-2015): 1 department, 1 category, 6 division, 9 subject, 1 check.

The subject part is an organisation code of its own, with a check digit of its own (GB 11714-1997); python-stdnum
checks the outer one only.
"""

from __future__ import annotations

import unicodedata

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError as Wrong

SUBJECT_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
SUBJECT_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SUBJECT_CHECKS = "0123456789X"


class UsccError(ValueError):
    """The code cannot be right; the text says what to look at."""


def tidy(text: str) -> str:
    """As it is stored: half-width capitals without blanks or hyphens."""
    return "".join(unicodedata.normalize("NFKC", text).split()).replace("-", "").upper()


def parse_uscc(text: str) -> str:
    """The code as it is stored; raises UsccError with a text for the person who typed it."""
    code = tidy(text)
    if len(code) != 18:
        raise UsccError(f"统一社会信用代码应是18位，您填了{len(code)}位，请对照证书逐位核对。")
    if wrong := sorted(set(code) - set(uscc._alphabet)):
        raise UsccError(
            f"统一社会信用代码里不会有“{'、'.join(wrong)}”。请分清 0 和 O、1 和 I、2 和 Z、5 和 S，再对照证书核对。"
        )
    try:
        uscc.validate(code)
    except Wrong:
        raise UsccError(
            "统一社会信用代码校验不通过，可能有一位填错或两位填反了，请对照证书逐位核对。"
        ) from None
    if subject_check(code[8:16]) != code[16]:
        raise UsccError("统一社会信用代码第9至17位（主体标识码）校验不通过，请对照证书逐位核对。")
    return code


def subject_check(first_8: str) -> str:
    """The ninth character of the subject part (GB 11714)."""
    total = sum(
        SUBJECT_LETTERS.index(letter) * weight
        for letter, weight in zip(first_8, SUBJECT_WEIGHTS, strict=True)
    )
    return SUBJECT_CHECKS[-total % 11]


def with_checks(first_16: str) -> str:
    """A whole code for its first 16 characters: for tests and for the demo county."""
    body = first_16 + subject_check(first_16[8:])
    return body + str(uscc.calc_check_digit(body))
