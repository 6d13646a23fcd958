"""The word ServiceKind (服务项目): what can be ordered for a person; declared in a line's `services.py`.

MEAL = ServiceKind(
    code="meal", title="助餐", icon="soup", need=Need.LIVING, price="service_price_meal",
    accept_within="service_accept_hours", done_within="service_done_hours", benefit="elder_services",
)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from django.db import models

from minzheng.foundation.registry.words import Word, shelf


class Need(models.TextChoices):
    """What somebody lacks (服务类社会救助: needs are assessed first, then matched with the catalogue)."""

    LIVING = "living", "生活"
    CARE = "care", "照护"
    PSYCHOLOGY = "psychology", "心理"
    ABILITY = "ability", "能力提升"
    SOCIAL = "social", "社会融入"


@dataclass(frozen=True, kw_only=True)
class ServiceKind(Word):
    """One entry of the catalogue. `price` (fen a time), `accept_within` and `done_within` (minutes) name dated standards.

    `benefit` is the organisations' benefit (Unit.ORGANISATION) under which the provider is paid.
    """

    file: ClassVar[str] = "services"

    icon: str = "heart-handshake"
    need: Need
    price: str
    accept_within: str
    done_within: str
    benefit: str
    unit: str = "次"
    needs_photo: bool = True
    is_urgent: bool = False  # somebody may be in danger: first on every list
    help: str = ""

    def problems(self) -> Iterable[str]:
        from minzheng.foundation.benefits.words import Benefit, Unit
        from minzheng.foundation.rules import default_counter

        known = default_counter().book.standards
        for name in (self.price, self.accept_within, self.done_within):
            if name not in known:
                yield f"没有标准 {name}：请在 standards/ 里写明数值、起始日期和依据。"
        if (
            self.benefit not in shelf(Benefit)
            or shelf(Benefit).get(self.benefit).unit is not Unit.ORGANISATION
        ):
            yield f"benefit 写的 {self.benefit} 不是付给单位的待遇：请在 benefits.py 里声明（Unit.ORGANISATION）。"


def kind_of(code: str) -> ServiceKind:
    """The declared kind; LookupError when no line declares it."""
    return shelf(ServiceKind).get(code)


def titles() -> dict[str, str]:
    return {one.code: one.title for one in shelf(ServiceKind)}


class Catalogue:
    """(code, 中文) of every kind; listed late, when every line has declared its own."""

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter([(kind.code, kind.title) for kind in shelf(ServiceKind)])

    def __len__(self) -> int:
        return len(shelf(ServiceKind)) or 1


@dataclass(frozen=True)
class Charged:
    """What one provider is owed in a month for what is no single order: whole fen for `count` beds, works …"""

    provider: int
    count: int
    fen: int


@dataclass(frozen=True, kw_only=True)
class Charge(Word):
    """What a line settles monthly beside orders, by the same two persons. `code` is the organisations' benefit.

    `due(county, month)` works it out afresh (12-digit code, first day); `settled` hears that it was confirmed.
    """

    file: ClassVar[str] = "services"

    due: Callable[[str, dt.date], Iterable[Charged]]
    settled: Callable[[str, dt.date], None] = lambda county, month: None
    cite: str


def benefits_settled() -> dict[str, str]:
    """{benefit: 中文} of everything that is settled monthly with providers."""
    from minzheng.foundation.benefits.words import benefit

    codes = {kind.benefit for kind in shelf(ServiceKind)} | {charge.code for charge in shelf(Charge)}
    return {code: benefit(code).title for code in sorted(codes)}
