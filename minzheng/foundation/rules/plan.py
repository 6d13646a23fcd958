"""What to work out for the wanted rules, level by level; both readings are generated from it."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from .book import Law
from .grammar import Over


@dataclass(frozen=True)
class Level:
    """Rules worked out together: household rules, or one pass over the members with the sums it gathers."""

    entity: str
    rules: tuple[str, ...]
    gathers: tuple[Over, ...]

    def reads(self, law: Law) -> set[str]:
        """Every name that the rules and the sums of this level look at."""
        return {read for name in self.rules for read in law.reads(name)} | {
            over.name for over in self.gathers
        }


class Plan:
    """The rules on which the wanted ones rest, the facts and standards they read, and the order of the passes."""

    def __init__(self, law: Law, want: tuple[str, ...]) -> None:
        self.law, self.want = law, want
        self.rules = law.closure(want)
        reads = {name for rule in self.rules for name in law.reads(rule)}
        self.household_facts = tuple(
            f.name for f in law.catalogue if f.name in reads and f.entity == "household"
        )
        self.person_facts = tuple(f.name for f in law.catalogue if f.name in reads and f.entity == "person")
        self.standards = tuple(sorted(name for name in reads if law.is_standard(name)))
        self.levels = self._levels()

    def _levels(self) -> list[Level]:
        """Even depths are household rules, odd ones passes over the members."""
        depth: dict[str, int] = {name: 1 for name in self.person_facts}
        gathers: dict[int, list[Over]] = {}
        for name in self.rules:
            rule = self.law.rules[name]
            deepest = 1 if rule.entity == "person" else 0
            for read in rule.args.values():
                if isinstance(read, Over):
                    at = depth[read.name]
                    if read not in gathers.setdefault(at, []):
                        gathers[at].append(read)
                    deepest = max(deepest, at + 1)
                else:
                    at = depth.get(read, 0)
                    deepest = max(deepest, at + (self.law.entity(read) != rule.entity and at > 0))
            if deepest % 2 != (rule.entity == "person"):
                deepest += 1
            depth[name] = deepest
        levels = []
        for at in range(max([*(depth[name] for name in self.rules), *gathers], default=0) + 1):
            rules = tuple(name for name in self.rules if depth[name] == at)
            if rules or at in gathers:
                levels.append(Level("person" if at % 2 else "household", rules, tuple(gathers.get(at, ()))))
        return levels

    @functools.cached_property
    def kept(self) -> tuple[str, ...]:
        """Member rules that a later pass reads again."""
        kept, seen = [], set()
        for level in self.levels:
            if level.entity == "person":
                for name in level.rules:
                    kept += [read for read in self.law.reads(name) if read in seen and read not in kept]
                seen |= set(level.rules)
        return tuple(kept)


@functools.lru_cache(maxsize=256)
def plan_for(law: Law, want: tuple[str, ...]) -> Plan:
    """The plan of a law and wanted rules, made once."""
    return Plan(law, want)
