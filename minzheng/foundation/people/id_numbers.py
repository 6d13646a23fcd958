"""Citizen identity numbers (公民身份号码, GB 11643-1999): 6 division, 8 birth date, 3 sequence, 1 check.

Ours, because python-stdnum's `cn.ric` refuses valid numbers of divisions that its list lacks; old division
codes live on in old numbers, so an unknown division is a warning, never a refusal.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import dataclass

MALE, FEMALE = "1", "2"  # GB/T 2261.1
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"


class IdNumberError(ValueError):
    """The number cannot be right; the text says what to look at."""


@dataclass(frozen=True)
class IdNumber:
    """A number that may exist. Whether it belongs to this person is for the data check (核对) to say."""

    number: str
    division: str
    birth_date: dt.date
    sex: str  # "1" 男, "2" 女


def check_character(first_17: str) -> str:
    """The 18th character for 17 digits (GB 11643-1999, ISO 7064 MOD 11-2)."""
    return CHECK_CHARACTERS[
        sum(int(digit) * weight for digit, weight in zip(first_17, WEIGHTS, strict=True)) % 11
    ]


def tidy(text: str) -> str:
    """As it is stored: half-width, no blanks or hyphens, capital X."""
    return "".join(unicodedata.normalize("NFKC", text).split()).replace("-", "").upper()


def parse_id_number(text: str, today: dt.date) -> IdNumber:
    """Read and check a number; raises IdNumberError with a text for the person who typed it."""
    number = tidy(text)
    if len(number) == 15 and number.isdigit():
        raise IdNumberError("这是15位的旧号码，请填写身份证或户口簿上现在的18位号码。")
    if len(number) != 18:
        raise IdNumberError(f"身份证号应是18位，您填了{len(number)}位，请检查是否漏填或多填。")
    if not (number.isascii() and number[:17].isdigit() and number[17] in "0123456789X"):
        raise IdNumberError("身份证号前17位应是数字，最后一位是数字或X，请检查是否填了别的字符。")
    born = number[6:14]
    try:
        birth_date = dt.date(int(born[:4]), int(born[4:6]), int(born[6:]))
    except ValueError:
        raise IdNumberError(f"身份证号第7至14位是出生日期，{born}不是一个日期，请对照证件核对。") from None
    if birth_date > today:
        raise IdNumberError(
            f"身份证号里的出生日期（{birth_date.year}年{birth_date.month}月{birth_date.day}日）晚于今天，请对照证件核对第7至14位。"
        )
    if number[17] != check_character(number[:17]):
        raise IdNumberError("身份证号校验不通过，可能有一位填错或两位填反了，请对照证件逐位核对。")
    sex = MALE if int(number[16]) % 2 else FEMALE
    return IdNumber(number, number[:6], birth_date, sex)


def division_warning(number: str) -> str | None:
    """Says so when the first six digits are no division we ever knew, in a province whose divisions are loaded."""
    from minzheng.foundation.regions.models import Level, Region  # the rest of this module needs no database

    counties = Region.objects.filter(level=Level.COUNTY, code__startswith=number[:2])
    if not counties.exists() or counties.filter(code__startswith=number[:6]).exists():
        return None
    return (
        f"号码前六位 {number[:6]} 不在区划库中，可能是已撤并地方的老代码。号码可以使用，请再对照证件看一遍。"
    )
