"""A stored decision as a clerk reads it: each clause with its answer, what it was worked out from, its citation.

The input is the JSON of `rules.Decision.as_json()` (format 1) as kept with the case; nothing is decided anew here,
so an old case shows the very decision that was made, whatever the law says today.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from minzheng.foundation.rules.catalogue import FactCatalogue

OVER_MEMBERS = {"total": "全家合计", "count": "人数", "any_of": "任一成员", "all_of": "每名成员"}
AGAINST = {"yes": "present", "no": "absent"}
OVER = re.compile(r"(\w+)\((\w+)\)")


@dataclass(frozen=True)
class Node:
    """One variable of the decision. `mark` is yes, no or unknown for a clause and empty for a number or date.

    What must not be so is `absent` or `present`; `aside`: does not hold, and the family is entitled all the same.
    """

    label: str
    text: str
    mark: str = ""
    cite: str = ""
    source: str = ""
    note: str = ""
    members: tuple[tuple[str, str], ...] = ()
    children: tuple[Node, ...] = ()
    shown_above: bool = False


class Trace:
    """Reads one decision. Each variable is unfolded once; where it is used again it refers upwards."""

    def __init__(self, decision: Mapping[str, Any], catalogue: FactCatalogue) -> None:
        self.decision, self.catalogue = decision, catalogue
        self.steps = {step["name"]: step for step in decision["trace"]}
        self.standards = {standard["name"]: standard for standard in decision["standards"]}
        self._unfolded: set[str] = set()

    def clause(self, name: str) -> Node:
        """The variable with everything under it."""
        return self._node(name)

    @property
    def sheet(self) -> list[Node]:
        """The calculation sheet: every rule in the order of working, with its rule and citation (57号 第二十三条)."""
        return [self._rule(step) for step in self.decision["trace"]]

    @property
    def standards_used(self) -> list[Node]:
        return [self._standard(name) for name in self.standards]

    def _node(self, read: str) -> Node:
        over = OVER.fullmatch(read)
        name = over[2] if over else read
        if name in self.steps:
            node = self._rule(self.steps[name])
            if name in self._unfolded:
                node = replace(node, shown_above=True)
            else:
                self._unfolded.add(name)
                node = replace(node, children=tuple(self._children(self.steps[name])))
        elif name in self.standards:
            node = self._standard(name)
        else:
            node = self._fact(name)
        return replace(node, label=f"{node.label}（{OVER_MEMBERS[over[1]]}）") if over else node

    def _children(self, step: Mapping[str, Any]) -> Iterator[Node]:
        for read in step["inputs"]:
            node = self._node(read)
            is_against = read in step.get("against", [])  # decisions of before it was kept do not say
            yield replace(node, mark=AGAINST.get(node.mark, node.mark)) if is_against else node

    def _rule(self, step: Mapping[str, Any]) -> Node:
        per_member = "value" not in step  # a decision about one person has that person's value beside all
        return Node(
            label=step["label"],
            text="" if per_member else step["text"],
            mark="" if per_member or step["kind"] != "bool" else _mark(step["value"]),
            cite=step["cite"],
            source=step["source"],
            members=tuple(zip(self._who, step["texts"], strict=True)) if per_member else (),
        )

    def _standard(self, name: str) -> Node:
        standard = self.standards[name]
        since = f"自{standard['from']}起执行" if standard.get("from") else ""
        return Node(
            label=standard["label"],
            text=standard["text"],
            cite=standard.get("cite", ""),
            source=standard.get("source", ""),
            note="，".join(part for part in ("标准", since, standard.get("mark", "")) if part),
        )

    def _fact(self, name: str) -> Node:
        facts = self.decision["facts"]
        if name not in self.catalogue:  # the date of the decision itself
            return Node(label="办理日期", text=self.decision["on"])
        fact = self.catalogue[name]
        if fact.entity == "person" and len(facts["members"]) == 1:
            value = facts["members"][0].get(name)
            mark = _mark(value) if fact.kind.name == "bool" else ""
            return Node(fact.label, self._said(name, value), mark, note=f"事实，来源：{fact.source}")
        if fact.entity == "person":
            rows = tuple((member["who"], self._said(name, member.get(name))) for member in facts["members"])
            return Node(label=fact.label, text="", note=f"事实，来源：{fact.source}", members=rows)
        value = facts["household"].get(name)
        mark = _mark(value) if fact.kind.name == "bool" else ""
        return Node(
            label=fact.label, text=self._said(name, value), mark=mark, note=f"事实，来源：{fact.source}"
        )

    def _said(self, name: str, plain: Any) -> str:
        kind = self.catalogue[name].kind
        return "未定" if plain is None else kind.show(kind.read(plain, fen=True))

    @property
    def _who(self) -> list[str]:
        return [member["who"] for member in self.decision["facts"]["members"]]


def _mark(value: bool | None) -> str:
    return {True: "yes", False: "no", None: "unknown"}[value]
