"""The decision behind a finding: the counter's own, worked out when somebody looks, never stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from minzheng.datacenter.screening.models import Finding, Kind
from minzheng.datacenter.screening.scope import last_day
from minzheng.foundation.benefits.words import Benefit
from minzheng.foundation.people.actions import household_of
from minzheng.foundation.people.facts import facts_document
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.rules import FactsError, default_counter
from minzheng.online.desk.cases.trace import Node, Trace

BY_RULE = {
    Kind.ENTITLED_NOT_RECEIVING,
    Kind.RECEIVING_NOT_ENTITLED,
    Kind.WRONG_AMOUNT,
    Kind.UNDETERMINED,
}


@dataclass(frozen=True)
class Reasons:
    """The clause tree of the benefit's amount, the clauses that are not met, what is still missing."""

    on: dt.date
    tree: Node | None
    sheet: Sequence[Node]
    standards: Sequence[Node]
    refusals: Sequence[str]
    waits: Sequence[str]
    invented: bool
    title: str
    problem: str = ""


def reasons_of(finding: Finding) -> Reasons | None:
    """None where no rule is behind it: who is dead, gone or recorded twice is told by the records themselves."""
    if finding.kind not in BY_RULE or finding.benefit not in shelf(Benefit):
        return None
    benefit, on, counter = shelf(Benefit).get(finding.benefit), last_day(finding.month), default_counter()
    household = finding.household or (household_of(finding.person, on) if finding.person else None)
    if household is None:
        return _none(on, "享受人没有登记在任何家庭中，无法按规则核算。请先在人员台账登记家庭。")
    try:
        facts = counter.facts(facts_document(household, on), standards=settings.STANDARDS_SET)
        decision = counter.decide(facts, [benefit.amount])
    except FactsError as error:
        return _none(on, "登记的事实互相矛盾：" + "；".join(map(str, error.problems)))
    said = decision.as_json()
    trace = Trace(said, counter.book.catalogue)
    return Reasons(
        on=on,
        tree=trace.clause(benefit.amount),
        sheet=trace.sheet,
        standards=trace.standards_used,
        refusals=decision.reasons,
        waits=finding.detail.get("missing", ()),
        invented=said["standards_set"]["invented"],
        title=said["standards_set"]["title"],
    )


def _none(on: dt.date, problem: str) -> Reasons:
    return Reasons(on, None, (), (), (), (), False, "", problem)
