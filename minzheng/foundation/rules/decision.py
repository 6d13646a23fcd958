"""A decision: the answers for one household with the whole way to them, kept with the case for ever."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from .book import ON
from .facts_document import Facts
from .grammar import Over
from .kinds import to_date
from .missing import Missing, Walk
from .plan import Plan
from .standards import Standards, Value

FORMAT = 1


class Decision:
    """Values of every variable that was worked out. None is *undetermined*; `missing` says what is waited for.

    `about`: the place of the one member whom the decision concerns; results and reasons are then that member's too.
    """

    def __init__(
        self,
        plan: Plan,
        facts: Facts,
        standards: Standards,
        row: Mapping[str, Value],
        household: tuple,
        passes: list[list[tuple]],
        about: int | None = None,
    ) -> None:
        self.about = about
        self.plan, self.law, self.facts, self.standards, self.row = plan, plan.law, facts, standards, row
        self._household, self._passes = household, passes

    @functools.cached_property
    def values(self) -> dict[str, int | bool | None]:
        """Engine values of the household's rules by name."""
        names = [name for level in self.plan.levels if level.entity == "household" for name in level.rules]
        return dict(zip(names, self._household, strict=True))

    @functools.cached_property
    def member_values(self) -> list[dict[str, int | bool | None]]:
        """Engine values of the members' rules by name, a mapping per member."""
        members: list[dict[str, int | bool | None]] = [{} for _ in self.facts.members]
        levels = [level for level in self.plan.levels if level.entity == "person"]
        for level, rows in zip(levels, self._passes, strict=True):
            for member, row in zip(members, rows, strict=True):
                member.update(zip(level.rules, row, strict=True))
        return members

    def __getitem__(self, name: str) -> int | bool | None:
        """The household's value, or that of the member whom the decision is about."""
        return self._answers[name]

    @functools.cached_property
    def _answers(self) -> dict[str, int | bool | None]:
        return self.values if self.about is None else self.values | self.member_values[self.about]

    @property
    def results(self) -> dict[str, int | bool | None]:
        """The rules that are declared as results, or all that were asked for: the household's, or of whom it is about."""
        chosen = [name for name in self.plan.want if self.law.rules[name].result]
        return {name: self._answers[name] for name in chosen or self.plan.want if name in self._answers}

    @property
    def reasons(self) -> list[str]:
        """Labels of the refusal reasons (rules named reason_…) that hold, for the written notice."""
        return [
            self._reason(name)
            for name, value in self._answers.items()
            if name.startswith("reason_") and value
        ]

    def _reason(self, name: str) -> str:
        rule = self.law.rules[name]
        return f"{rule.label}（{rule.cite}）"

    @functools.cached_property
    def walk(self) -> Walk:
        def read(name: str, member: int | None) -> int | bool | None:
            if name == ON:
                return self.facts.on
            if self.law.is_standard(name):
                return self.row[name].value if name in self.row else None
            return (self.facts.household if member is None else self.facts.members[member]).get(name)

        return Walk(self.law, len(self.facts.members), read)

    def missing(self, name: str | None = None, member: int | None = None) -> list[Missing]:
        """What an undetermined variable waits for; without a name, what all results wait for."""
        names = [name] if name else [one for one, value in self.results.items() if value is None]
        whose = {one: self._whose(one) if member is None else member for one in names}
        return list(dict.fromkeys(wait for one in names for wait in self.walk.missing(one, whose[one])))

    def _whose(self, name: str) -> int | None:
        return self.about if self.law.rules[name].entity == "person" else None

    def describe(self, wait: Missing) -> str:
        """One missing thing in plain words, with what to do."""
        who = "" if wait.member is None else f"{self.facts.who[wait.member]}的"
        if wait.sort == "standard":
            return f"标准“{self.law.label(wait.name)}”在 {self.facts.region or '全国'} 没有 {to_date(self.facts.on)} 的数值，请在标准集中补上"
        if wait.sort == "division":
            return f"{who}“{self.law.label(wait.name)}”的除数为零，请核对相关事实"
        return (
            f"{who}{self.law.label(wait.name)}（{wait.name}），可向{self.law.catalogue[wait.name].source}核实"
        )

    def as_json(self) -> dict[str, Any]:
        """Everything, in a stable form (`format` 1). Amounts are whole fen; null is undetermined."""
        law = self.law
        waits = self.missing()
        return {
            "format": FORMAT,
            "on": str(to_date(self.facts.on)),
            "region": self.facts.region,
            "standards_set": {
                "name": self.standards.name,
                "title": self.standards.title,
                "invented": self.standards.invented,
            },
            "law_version": law.version,
            "results": {name: law.kinds[name].plain(value) for name, value in self.results.items()},
            "reasons": self.reasons,
            "undetermined": [
                {
                    "sort": wait.sort,
                    "name": wait.name,
                    "member": None if wait.member is None else self.facts.who[wait.member],
                    "text": self.describe(wait),
                }
                for wait in waits
            ],
            "trace": [self._step(name) for name in self.plan.rules],
            "standards": [self._standard(name) for name in self.plan.standards],
            "facts": self.facts.plain(law.catalogue),
        }

    def _step(self, name: str) -> dict[str, Any]:
        rule, kind = self.law.rules[name], self.law.kinds[name]
        step: dict[str, Any] = {
            "name": name,
            "label": rule.label,
            "cite": rule.cite,
            "source": rule.where,
            "entity": rule.entity,
            "kind": kind.name,
            "per": kind.per,
            "inputs": [_shown(read) for read in rule.args.values()],
        }
        if against := rule.speaks_against():
            step["against"] = [_shown(read) for name, read in rule.args.items() if name in against]
        if rule.entity == "household":
            step |= {"value": kind.plain(self.values[name]), "text": kind.show(self.values[name])}
        else:
            values = [member[name] for member in self.member_values]
            step |= {
                "values": [kind.plain(value) for value in values],
                "texts": [kind.show(value) for value in values],
            }
            if self.about is not None:
                step |= {"value": step["values"][self.about], "text": step["texts"][self.about]}
        return step

    def _standard(self, name: str) -> dict[str, Any]:
        kind, value = self.law.kinds[name], self.row.get(name)
        if value is None:
            return {"name": name, "label": self.law.label(name), "value": None, "text": "未定"}
        return {
            "name": name,
            "label": self.law.label(name),
            "value": kind.plain(value.value),
            "text": kind.show(value.value),
            "region": value.region,
            "from": str(to_date(value.since)),
            "cite": value.cite,
            "mark": value.mark,
            "confirmed_by": value.confirmed_by,
            "source": value.origin,
        }

    def explain(self) -> str:
        """The decision in Chinese for people: results, reasons, what is missing, then every step and standard."""
        law, facts = self.law, self.facts
        lines = [
            f"办理日期 {to_date(facts.on)}　地区 {facts.region or '（未指定）'}　标准 {self.standards.title}　"
            f"成员 {len(facts.members)} 人"
        ]
        if self.standards.invented:
            lines.append("注意：本标准集为虚构演示数据，不得用于真实业务。")
        lines += ["", "结论"]
        lines += [
            f"  {law.label(name)}：{law.kinds[name].show(value)}" for name, value in self.results.items()
        ]
        if self.reasons:
            lines += ["", "不符合的条件", *(f"  · {reason}" for reason in self.reasons)]
        if waits := self.missing():
            lines += ["", "尚缺（补齐后才能作出结论）", *(f"  · {self.describe(wait)}" for wait in waits)]
        lines += ["", "计算过程"]
        for name in self.plan.rules:
            rule, kind = law.rules[name], law.kinds[name]
            if rule.entity == "household":
                shown = kind.show(self.values[name])
            else:
                shown = "；".join(
                    f"{who} {kind.show(member[name])}"
                    for who, member in zip(facts.who, self.member_values, strict=True)
                )
            lines.append(f"  {rule.label}：{shown}　［{rule.cite}；{rule.where}］")
        lines += ["", "使用的标准"]
        for name in self.plan.standards:
            standard = self._standard(name)
            source = f"　［{standard['cite']}，自 {standard['from']}］" if "cite" in standard else ""
            lines.append(f"  {standard['label']}：{standard['text']}{source}")
        return "\n".join(lines)


def _shown(read: str | Over) -> str:
    return f"{read.how}({read.name})" if isinstance(read, Over) else read
