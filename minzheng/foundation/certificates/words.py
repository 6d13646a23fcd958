"""The word Certificate (证照): what is issued, its number, its paper, how long it holds (design §3, handbook 11.8).

    DIBAO = Certificate(
        code="dibao", title="最低生活保障证", type_no="011", mark="低保", content=dibao_content,
        cite="民发〔2021〕57号 第二十九条",
    )

`content(subject, on)` freezes what the paper says on that day: a later change of the records does not change an issued certificate.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings

from minzheng.foundation.registry.words import Word, shelf

PAPERS = Path(__file__).parent / "papers"


@dataclass(frozen=True)
class Content:
    """What one certificate says. `rows`: (label, text) in the order of the paper; `public`: labels that anyone who checks it sees."""

    person: int | None  # key of the holder; None where an organisation or an institution holds it
    name: str  # of the holder, as printed
    rows: tuple[tuple[str, str], ...]
    public: tuple[str, ...] = ()
    valid_until: dt.date | None = None  # its last day; None: until it is revoked
    household: int | None = None
    note: str = ""  # a sentence below the table
    number: str = (
        ""  # where a register has given one already (结婚证字号); both spouses' copies bear the same
    )


@dataclass(frozen=True, kw_only=True)
class Certificate(Word):
    """One kind of certificate.

    `mark` stands in the number: 新晃低保〔2026〕000123号. `type_no` are the three digits of the type in
    the issuer's own list (identifiers.py), until settings.CERTIFICATE_TYPES names the type of the official directory.
    """

    file: ClassVar[str] = "certificates"

    mark: str
    content: Callable[[Any, dt.date], Content]
    cite: str
    type_no: str
    paper: str = "licence"  # name of a typst file in `papers/`, without its ending
    holder_is: str = "持证人"  # what the person whom it names is called; a dead person holds nothing
    statement: str = ""  # what the issuer states above the table
    picture: Callable[[Any], bytes | None] | None = (
        None  # (issued) → the holder's photo (JPEG or PNG) on the paper
    )
    is_sealed: bool = (
        False  # that it exists is a secret (收养): officers meet it in its own register, in no other list
    )
    is_notice: bool = False  # told to its holder, not held out to others (告知书)

    @property
    def paper_file(self) -> Path:
        return PAPERS / f"{self.paper}.typ"

    def problems(self) -> Iterable[str]:
        if not self.cite:
            yield "cite 没有填写：请写明发证的依据（文号和条款）。"
        if not self.paper_file.exists():
            yield f"paper 写的版式 {self.paper} 不存在：请在 foundation/certificates/papers/ 放入 {self.paper}.typ。"
        if not re.fullmatch(r"\d{3}", self.type_no):
            yield "type_no 要写三位数字，各种证照不同：它接在定义机构代码之后，合成电子证照类型代码。"
        official = settings.CERTIFICATE_TYPES.get(self.code)
        if official is not None and not re.fullmatch(r"[0-9A-Z]{21}", official):
            yield (
                f"MINZHENG_CERTIFICATE_TYPES 里 {self.code} 的类型代码 {official} 不是21位"
                "（18位定义机构代码加3位顺序号）：请按官方目录填写。"
            )
        if not re.fullmatch(r"[\u4e00-\u9fff]{1,6}", self.mark):
            yield "mark 是编号里的字，要写 1 至 6 个汉字，例如“低保”。"


def sealed_kinds() -> list[str]:
    """Codes of those that stand in no general list of certificates."""
    return [word.code for word in shelf(Certificate) if word.is_sealed]
