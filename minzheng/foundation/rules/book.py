"""The book of all rules: finds what each rule reads, refuses cycles, gaps and overlaps, and picks the law of a day."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from .catalogue import FactCatalogue
from .check import check
from .errors import QuestionError, RuleError
from .grammar import FOREVER, Over, Rule
from .kinds import DATE, Kind, to_date

# the day asked about, which every rule may read
ON = "on"


@dataclass(frozen=True, eq=False)
class Law:
    """The rules in force between two changes of law, checked and in the order in which they can be worked out."""

    rules: Mapping[str, Rule]
    kinds: Mapping[str, Kind]
    bodies: Mapping[str, ast.expr]
    order: tuple[str, ...]
    version: str
    catalogue: FactCatalogue
    standard_labels: Mapping[str, str]

    def entity(self, name: str) -> str:
        """person or household (standards and the day belong to the household)."""
        if name in self.rules:
            return self.rules[name].entity
        return self.catalogue[name].entity if name in self.catalogue else "household"

    def label(self, name: str) -> str:
        if name in self.rules:
            return self.rules[name].label
        if name in self.catalogue:
            return self.catalogue[name].label
        return "办理日期" if name == ON else self.standard_labels[name]

    def is_standard(self, name: str) -> bool:
        return name in self.standard_labels

    def reads(self, name: str) -> list[str]:
        """Names that a rule reads, each once."""
        return self.rules[name].reads()

    @cached_property
    def about_families(self) -> tuple[str, ...]:
        """Every rule, without those that judge something else (a fact's `about`), in order."""
        apart = {fact.name for fact in self.catalogue if fact.about}
        for name in self.order:
            if apart & set(self.reads(name)):
                apart.add(name)
        return tuple(name for name in self.order if name not in apart)

    def closure(self, want: Iterable[str]) -> list[str]:
        """The wanted rules and every rule they rest on, in order."""
        needed, queue = set(), list(want)
        while queue:
            name = queue.pop()
            if name in self.rules and name not in needed:
                needed.add(name)
                queue.extend(self.reads(name))
        return [name for name in self.order if name in needed]


class RuleBook:
    """All versions of all rules. `standards` maps each standard to (kind, label); RuleError if anything does not fit."""

    def __init__(
        self, rules: Iterable[Rule], catalogue: FactCatalogue, standards: Mapping[str, tuple[Kind, str]]
    ) -> None:
        self.rules, self.catalogue, self.standards = list(rules), catalogue, dict(standards)
        self._refuse_clashes()
        bounds = {0, FOREVER, *(rule.since for rule in self.rules), *(rule.until for rule in self.rules)}
        self.periods = list(pairwise(sorted(bounds)))
        self._laws = {since: self._law(since) for since, _ in self.periods}

    def law(self, on: int) -> Law:
        """The law of a day (YYYYMMDD)."""
        return next(self._laws[since] for since, until in self.periods if since <= on < until)

    def wanted(self, law: Law, want: Iterable[str] | None) -> tuple[str, ...]:
        """The asked rules, or all about families; QuestionError for a name that is no rule on that day."""
        if want is None:
            return law.about_families
        for name in want:
            if name not in law.rules:
                known = any(rule.name == name for rule in self.rules)
                raise QuestionError(
                    f"规则 {name} 在所问的日期{'还没有或已不再' if known else '不存在，也从未'}适用。办法：检查名字和日期。"
                )
        return tuple(dict.fromkeys(want))

    def _refuse_clashes(self) -> None:
        for rule in self.rules:
            if rule.name == ON:
                raise RuleError(rule.where, "on 是办理日期，不能作规则名", "换一个名字")
            for taken, what in ((rule.name in self.catalogue, "事实"), (rule.name in self.standards, "标准")):
                if taken:
                    raise RuleError(rule.where, f"{rule.name} 已经是一个{what}的名字", "给规则换一个名字")
        for name in self.catalogue.facts:
            if name in self.standards:
                raise RuleError(self.catalogue[name].file, f"{name} 同时是事实和标准", "改掉其中一个名字")
        by_name: dict[str, list[Rule]] = {}
        for rule in self.rules:
            by_name.setdefault(rule.name, []).append(rule)
        for versions in by_name.values():
            versions.sort(key=lambda rule: rule.since)
            for earlier, later in pairwise(versions):
                if later.since < earlier.until:
                    raise RuleError(
                        later.where,
                        f"{later.name} 与 {earlier.where} 的版本时间重叠",
                        f"给较早的版本写 until=“{to_date(later.since) if later.since else '新法施行日'}”，给较新的写 since",
                    )
                if later.entity != earlier.entity:
                    raise RuleError(
                        later.where,
                        f"{later.name} 的两个版本对象不同",
                        "两个版本都用 @household 或都用 @person",
                    )

    def _law(self, on: int) -> Law:
        active = {rule.name: rule for rule in self.rules if rule.holds(on)}
        for rule in active.values():
            for arg, read in rule.args.items():
                self._refuse_unreadable(rule, arg, read, active)
        order = _ordered(active)
        kinds: dict[str, Kind] = {ON: DATE}
        kinds |= {fact.name: fact.kind for fact in self.catalogue}
        kinds |= {name: kind for name, (kind, _) in self.standards.items()}
        bodies = {}
        for name in order:
            kinds[name], bodies[name] = check(active[name], kinds)
        digest = hashlib.sha256()
        for name in order:
            rule = active[name]
            digest.update(
                repr(
                    (name, rule.entity, rule.label, rule.cite, list(rule.args.items()), ast.dump(rule.body))
                ).encode()
            )
        return Law(
            active,
            kinds,
            bodies,
            tuple(order),
            digest.hexdigest()[:16],
            self.catalogue,
            {name: label for name, (_, label) in self.standards.items()},
        )

    def _refuse_unreadable(self, rule: Rule, arg: str, read: str | Over, active: dict[str, Rule]) -> None:
        name = read.name if isinstance(read, Over) else read
        if name in active:
            entity = active[name].entity
        elif name in self.catalogue:
            entity = self.catalogue[name].entity
        elif name in self.standards or name == ON:
            entity = "household"
        elif any(other.name == name for other in self.rules):
            raise RuleError(
                rule.where,
                f"{rule.name} 读取的规则 {name} 在同一时期没有版本",
                "调整两条规则的 since、until，使时间衔接",
            )
        else:
            raise RuleError(
                rule.where,
                f"{rule.name} 读取的 {name} 不存在{self.catalogue.nearest(name)}",
                "它应是 facts.yaml 里的事实、standards/ 里的标准，或另一条规则",
            )
        if isinstance(read, Over) and entity != "person":
            raise RuleError(
                rule.where, f"{name} 不是成员的变量，不能汇总", "汇总只用于成员事实和 @person 规则"
            )
        if isinstance(read, str) and rule.entity == "household" and entity == "person":
            raise RuleError(
                rule.where,
                f"{rule.name} 是家庭规则，却直接读取成员的 {name}",
                f"写成 {arg}=total(“{name}”)、count、any_of 或 all_of",
            )


def _ordered(active: Mapping[str, Rule]) -> list[str]:
    """Every rule after those it reads; a circle is refused by naming it."""
    order: list[str] = []
    state: dict[str, int] = {}

    def visit(name: str, path: tuple[str, ...]) -> None:
        if state.get(name) == 2:
            return
        if state.get(name) == 1:
            circle = [*path[path.index(name) :], name]
            raise RuleError(active[name].where, f"规则绕成了一圈：{' → '.join(circle)}", "去掉其中一步的依赖")
        state[name] = 1
        for read in active[name].args.values():
            target = read.name if isinstance(read, Over) else read
            if target in active:
                visit(target, (*path, name))
        state[name] = 2
        order.append(name)

    for name in active:
        visit(name, ())
    return order
