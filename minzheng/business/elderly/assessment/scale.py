"""The 26 items with their maxima and wordings, as standards/ability.yaml states them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from minzheng.foundation.rules.standards import FOLDER
from minzheng.foundation.rules.yaml_text import read_yaml


@dataclass(frozen=True)
class Indicator:
    """One of the 26. `options`: (points, wording), the best first; the first one's points are the maximum."""

    key: str
    title: str
    hint: str
    options: tuple[tuple[int, str], ...]

    @property
    def most(self) -> int:
        return self.options[0][0]


@dataclass(frozen=True)
class Dimension:
    key: str
    title: str
    indicators: tuple[Indicator, ...]

    @property
    def most(self) -> int:
        return sum(one.most for one in self.indicators)


@dataclass(frozen=True)
class Scale:
    """`levels`: what the numbers 0 (intact) to 4 (complete loss) are called."""

    cite: str
    levels: tuple[str, ...]
    dimensions: tuple[Dimension, ...]

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        return tuple(one for part in self.dimensions for one in part.indicators)

    @property
    def most(self) -> int:
        return sum(part.most for part in self.dimensions)


GRADES = ("能力完好", "轻度失能", "中度失能", "重度失能", "完全失能")  # options of the fact ability_grade


@cache
def scale() -> Scale:
    """The scale in force. ValueError when an item, a maximum or a dimension's sum does not fit."""
    stated = read_yaml(FOLDER / "ability.yaml")
    parts = []
    for part in stated["dimensions"]:
        made = Dimension(
            part["key"], part["title"], tuple(_indicator(one, stated["scales"]) for one in part["items"])
        )
        if made.most != part["max"]:
            raise ValueError(
                f"standards/ability.yaml：{made.title}各项满分合计 {made.most}，应为 {part['max']}。"
            )
        parts.append(made)
    return Scale(stated["cite"], tuple(stated["levels"]), tuple(parts))


def _indicator(stated: dict[str, object], scales: dict[str, list[str]]) -> Indicator:
    words = stated.get("options") or scales[str(stated["scale"])]
    options = tuple((len(words) - 1 - place, word) for place, word in enumerate(words))  # type: ignore[arg-type]
    return Indicator(str(stated["key"]), str(stated["title"]), str(stated.get("hint", "")), options)
