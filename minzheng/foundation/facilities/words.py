"""The word FacilityKind (设施种类): what stands somewhere and serves people; declared in a line's `facilities.py`.

HOME = FacilityKind(
    code="elder_home", title="养老机构", icon="building", line="养老服务",
    counts=(("beds", "床位"),), is_public=True, serves=("elder",),
)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from minzheng.foundation.accounts.permissions import PERMISSIONS
from minzheng.foundation.registry.words import Word, shelf

CODE = re.compile(r"[a-z][a-z0-9_]{1,29}")


@dataclass(frozen=True, kw_only=True)
class FacilityKind(Word):
    """One kind of facility.

    `read`, `write`: permissions; a kind that not every reader of registers may see (a shelter) names its own, and its
    line keeps a register for it. `counts`: (key, 中文) of the numbers that say how large one is. `serves`: for whom one
    within reach counts as service nearby ("elder" → the 15-minute circle).
    `takes_in`: who may be sent to live there ("tekun"); `living_in` then gives (facility, person) of everybody who
    lives in some of them now.
    """

    file: ClassVar[str] = "facilities"

    icon: str = "map-pin"
    line: str  # 中文 title of the line of business, a heading of the map's layers
    read: str = "register.read"
    write: str = "register.write"
    layer: bool = True  # shown on the desk's map
    is_public: bool = False  # citizens see it under 身边的服务
    counts: tuple[tuple[str, str], ...] = ()
    serves: tuple[str, ...] = ()
    takes_in: tuple[str, ...] = ()
    living_in: Callable[[Collection[int]], Iterable[tuple[int, int]]] | None = None

    @property
    def is_common(self) -> bool:
        """Kept in the common register: whoever reads registers may see it."""
        return self.read == "register.read" and self.write == "register.write"

    def problems(self) -> Iterable[str]:
        if not CODE.fullmatch(self.code):
            yield f"代码“{self.code}”应以小写字母开头，只含小写字母、数字和下划线，最多30位。"
        for name in ("read", "write"):
            if (permission := getattr(self, name)) not in PERMISSIONS:
                yield f"{name}=“{permission}”不是已有的权限，请用 accounts/permissions.py 里的代码。"
        if self.is_public and not self.is_common:
            yield "向公众公开的设施（is_public）不能另设查看权限，请去掉 read、write 或 is_public。"
        if self.takes_in and (self.living_in is None or "beds" not in dict(self.counts)):
            yield "收住（takes_in）的设施要写 living_in，并在 counts 里有 beds（床位）。"
        keys = [key for key, _ in self.counts]
        if len(set(keys)) < len(keys):
            yield "counts 里有重复的代码，请给其中一个换个代码。"


def kinds() -> list[FacilityKind]:
    return sorted(shelf(FacilityKind), key=lambda kind: (kind.line, kind.title))


def public_kinds() -> list[FacilityKind]:
    return [kind for kind in kinds() if kind.is_public]


def serving(whom: str) -> list[str]:
    """Codes of the kinds that count as service nearby for these people."""
    return [kind.code for kind in kinds() if whom in kind.serves]


class CommonKinds:
    """(code, 中文) of the kinds of the common register; listed late, when every line has declared its own."""

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter([(kind.code, kind.title) for kind in kinds() if kind.is_common])

    def __len__(self) -> int:
        return sum(kind.is_common for kind in shelf(FacilityKind)) or 1
