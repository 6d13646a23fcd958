"""The trouble planted in the county, so that the screening has something to find. The list of it is kept.

Every kind is one that audits of assistance keep finding. var/demo/planted.json names the households and people,
and the tests compare what the screening finds with it.
"""

from __future__ import annotations

import copy
import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from random import Random

from minzheng.demo.cast import TOWNSHIP, VILLAGE
from minzheng.demo.county import numbers
from minzheng.demo.county.families import HEAD, Family, Someone
from minzheng.foundation.regions.models import prefix_of

DEAD_STILL_PAID, DUPLICATE, MISSED, NOT_ENTITLED, WRONG_AMOUNT, UNKNOWN = (
    "dead_still_paid", "duplicate", "missed", "not_entitled", "wrong_amount", "unknown",
)  # fmt: skip
# Of those who receive the nursing subsidy (手册 EX42), and of those who have come of age for the old-age allowance.
HOLDER_DEAD, HOLDER_MOVED, HOLDER_EXPIRED, ELDER_MISSED = (
    "holder_dead", "holder_moved", "holder_expired", "elder_missed",
)  # fmt: skip
HOW_MANY = {
    DEAD_STILL_PAID: 12, DUPLICATE: 8, MISSED: 60, NOT_ENTITLED: 15, WRONG_AMOUNT: 10, UNKNOWN: 60,
    HOLDER_DEAD: 3, HOLDER_MOVED: 2, HOLDER_EXPIRED: 5, ELDER_MISSED: 6,
}  # fmt: skip
AWAY = "520622000000"  # 玉屏侗族自治县, across the border of the province
SEVERE = ("一级", "二级")


@dataclass
class Planted:
    """Families by kind of trouble; `people` are the persons it is about; `checked` are facts of the data check."""

    families: dict[str, list[Family]] = field(default_factory=lambda: defaultdict(list))
    people: dict[str, list[Someone]] = field(default_factory=lambda: defaultdict(list))
    checked: list[tuple[Family, dict[str, object]]] = field(default_factory=list)

    def kind_of(self, family: Family) -> str | None:
        return next((kind for kind, families in self.families.items() if family in families), None)


def plant(families: list[Family], random: Random) -> Planted:
    """Change the families in place; every family gets one trouble at most."""
    planted = Planted()
    poor = [family for family in families if family.poor]
    random.shuffle(poor)
    rich = [family for family in families if not family.poor]
    random.shuffle(rich)
    _dead_still_paid(poor, planted, random)
    _missed(poor, planted)
    _wrong_amount(poor, planted)
    _not_entitled(poor, planted, random)
    _duplicates(rich, families, planted, random)
    _unknown(poor, planted, random)
    _holders(rich, planted)
    return planted


def _take(families: list[Family], kind: str, planted: Planted, fits: object = None) -> list[Family]:
    chosen = [family for family in families if fits is None or fits(family)][: HOW_MANY[kind]]  # type: ignore[operator]
    for family in chosen:
        families.remove(family)
    planted.families[kind] += chosen
    return chosen


def _dead_still_paid(poor: list[Family], planted: Planted, random: Random) -> None:
    """Nobody told the office: the person is dead in the records, the family is paid as before."""
    for family in _take(poor, DEAD_STILL_PAID, planted, lambda f: f.members[-1].age() >= 66):
        dead = family.members[-1]
        dead.died_on = dt.date(2026, random.randint(2, 8), random.randint(1, 28))
        planted.people[DEAD_STILL_PAID].append(dead)


def _missed(poor: list[Family], planted: Planted) -> None:
    """Some of them in the cast's own village and township, so that the cast can help them."""
    in_village = [family for family in poor if family.region == VILLAGE][:3]
    in_township = [
        family
        for family in poor
        if family.region != VILLAGE and family.region.startswith(prefix_of(TOWNSHIP))
    ][:22]
    poor.sort(key=lambda family: family not in in_village and family not in in_township)
    _take(poor, MISSED, planted)


def _wrong_amount(poor: list[Family], planted: Planted) -> None:
    _take(poor, WRONG_AMOUNT, planted)


def _not_entitled(poor: list[Family], planted: Planted, random: Random) -> None:
    """The data check of this summer found a car, or savings, that nobody had declared."""
    for family in _take(poor, NOT_ENTITLED, planted):
        found: dict[str, object] = (
            {"cars": 1} if random.random() < 0.5 else {"deposits": random.randint(20, 60) * 1_000_000}
        )
        planted.checked.append((family, found))


def _duplicates(rich: list[Family], families: list[Family], planted: Planted, random: Random) -> None:
    """One person recorded twice, the second time with a slip in the number, as a household of one."""
    for family in _take(rich, DUPLICATE, planted, lambda f: f.members[-1].age() >= 60):
        twin = copy.deepcopy(family.members[-1])
        twin.id_no, twin.relation = numbers.mistyped(random, twin.id_no), HEAD
        twin.facts.pop("legally_supported", None)
        twin.facts.pop("lives_with_family", None)
        planted.people[DUPLICATE] += [family.members[-1], twin]
        families.append(Family(family.region, family.category, family.address, [twin], dict(family.facts)))


def _unknown(poor: list[Family], planted: Planted, random: Random) -> None:
    """A source did not answer: the fact is absent, which means unknown and not none."""
    for family in _take(poor, UNKNOWN, planted):
        if random.random() < 0.5:
            del family.facts["deposits"]
        else:
            del family.head.facts["wage"]


def _holders(rich: list[Family], planted: Planted) -> None:
    """Severely disabled people who died, moved away or let the certificate run out; old people whom nobody told."""

    def severe(family: Family) -> list[Someone]:
        return [one for one in family.members[1:] if one.facts.get("disability_grade") in SEVERE]

    def came_of_age(family: Family) -> list[Someone]:
        return [one for one in family.members if one.birth.year == 1946 and 2 <= one.birth.month <= 9]

    for kind, whom in (
        (HOLDER_DEAD, severe),
        (HOLDER_MOVED, severe),
        (HOLDER_EXPIRED, severe),
        (ELDER_MISSED, came_of_age),
    ):
        planted.people[kind] += [whom(family)[0] for family in _take(rich, kind, planted, whom)]
    for place, dead in enumerate(planted.people[HOLDER_DEAD]):
        dead.died_on = dt.date(2026, 3 + place, 2)
