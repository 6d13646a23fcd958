"""Numbers that look and check like real ones and reach nobody."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from random import Random

from minzheng.foundation.people.id_numbers import check_character

BANKS = (("湖南农村商业银行", "623090"), ("中国邮政储蓄银行", "621799"), ("中国农业银行", "622848"))


class IdNumbers:
    """Hands out identity numbers, each once (GB 11643: division, birth date, sequence whose parity is the sex)."""

    def __init__(self) -> None:
        self._given: Counter[str] = Counter()

    def next(self, division: str, birth: dt.date, sex: str) -> str:
        stem = f"{division}{birth:%Y%m%d}{sex}"
        # High sequences, away from the numbers of the cast and from those that police stations give out first.
        # Steps of 22 keep two numbers of one day at least two digits apart, as a slip of the pen would not.
        sequence = 700 + 22 * self._given[stem] + (1 if sex == "1" else 0)
        self._given[stem] += 1
        first_17 = f"{division}{birth:%Y%m%d}{sequence:03d}"
        return first_17 + check_character(first_17)


def mistyped(random: Random, id_no: str) -> str:
    """The same number with one digit of the sequence changed and a fitting check digit: a plausible slip."""
    at = random.choice((14, 15))
    first_17 = id_no[:at] + str((int(id_no[at]) + random.randint(1, 8)) % 10) + id_no[at + 1 : 17]
    return first_17 + check_character(first_17)


def phone(random: Random) -> str:
    """Eleven digits under 144, which is given to machines in longer numbers and to no person."""
    return f"144{random.randrange(10**8):08d}"


def bank_account(random: Random) -> tuple[str, str]:
    """(bank, 19-digit account that passes the Luhn check)."""
    bank, prefix = random.choices(BANKS, (70, 20, 10))[0]
    first_18 = f"{prefix}{random.randrange(10**12):012d}"
    return bank, first_18 + luhn_digit(first_18)


def luhn_digit(digits: str) -> str:
    """The digit that makes `digits` + it valid under ISO/IEC 7812."""
    total = 0
    for place, character in enumerate(reversed(digits)):
        value = int(character) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)
