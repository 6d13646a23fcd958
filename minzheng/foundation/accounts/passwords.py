"""Passwords that somebody who knows the department would try first (ASVS 5.0 6.1.2, 6.2.11)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError

ENOUGH_BESIDE = 8  # characters that remain once the word is taken away
LOOKS_LIKE = str.maketrans("013457@$!", "oieastasi")


class OwnWordsValidator:
    """Refuses a password that is little more than one of the department's own words, also written as m1nzheng."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = [word.strip().casefold() for word in words if word.strip()]

    def validate(self, password: str, user: Any = None) -> None:
        written = password.casefold()
        for word in self.words:
            if any(
                word in one and len(one) - len(word) < ENOUGH_BESIDE
                for one in (written, written.translate(LOOKS_LIKE))
            ):
                raise ValidationError(
                    f"密码里除了“{word}”没有多少别的内容，知道本单位的人容易猜到。请换一个，或再多写几个字。",
                    code="own_word",
                )

    def get_help_text(self) -> str:
        return "不要用本单位、本地的名称加几个数字作密码。"
