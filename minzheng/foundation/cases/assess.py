"""Deciding a case by the rules: the whole decision is kept with the case, for ever."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from minzheng.foundation.actions import Refused
from minzheng.foundation.cases.facts import facts_document_of
from minzheng.foundation.cases.models import Case
from minzheng.foundation.items import ServiceItem
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.rules import Decision, FactsError, decide, default_counter
from minzheng.foundation.rules.kinds import read_date

# Rules that watch everybody (docs/signals.md) or pay everybody once: their trace has no place in a case.
OF_NO_CASE = ("rules_signals.py", "rules_groups.py", "rules_once.py")


def assess(case: Case, on: dt.date) -> dict[str, Any]:
    """Work out the item's rules for the case on a day; stores the decision (rules' as_json) on `case.assessment`.

    Added to it: `eligible` (True when one of the item's eligibility rules holds, False when none does, None while
    undetermined), `amount_fen` a month, and `waits_for`, what is missing in words. The caller saves the case. Refused, in Chinese, when the facts contradict their own declaration.
    """
    item = case.service_item
    try:
        decision = decide_item(item, facts_document_of(case, on))
    except FactsError as error:
        raise Refused([f"家庭情况还不能用于计算：{problem}" for problem in error.problems]) from None
    answers = [decision[rule] for rule in item.eligibility]
    amount = decision[item.amount] if item.amount else None
    waits = [wait for rule in item.eligibility for wait in decision.missing(rule)]
    case.assessment = decision.as_json() | {
        "eligible": True if True in answers else None if None in answers else False,
        "amount_fen": None if amount is None else int(amount),
        "waits_for": [decision.describe(wait) for wait in dict.fromkeys(waits)],
    }
    return case.assessment


def decide_item(item: ServiceItem, document: Mapping[str, Any]) -> Decision:
    """The item's own rules over a facts document: of its line, or, for a personal item, of its applicant alone.

    A personal item's document is cut down to the facts that its rules read: nothing else is kept with the case.
    """
    book = default_counter().book
    on = read_date(document["on"])
    law = book.law(on)
    asked = [*item.eligibility, *([item.amount] if item.amount else [])]
    reasons = [name for name in item.reasons if name in law.rules]
    if not item.is_personal and item.reasons:
        return decide(document, want=[*asked, *reasons])
    if not item.is_personal:
        others = tuple(one.rules for one in shelf(ServiceItem) if one.rules)
        line = item.origin.rpartition(".")[0].replace(".", "/") + "/"
        own = [
            name
            for name in law.order
            if law.rules[name].file.startswith(line)
            and not law.rules[name].file.endswith((*OF_NO_CASE, *others))
        ]
        return decide(document, want=dict.fromkeys([*own, *asked]) or None)
    asked += reasons
    return decide(_cut_down(document, asked, on), want=asked, about=0)


def document_for(case: Case, on: dt.date) -> dict[str, Any]:
    """What the amount rule of a personal case reads, and no more."""
    return _cut_down(facts_document_of(case, on), [case.service_item.amount], read_date(on))


def _cut_down(document: Mapping[str, Any], asked: list[str], on: int) -> dict[str, Any]:
    read = default_counter().facts_read(asked, on)
    members = [
        {name: value for name, value in member.items() if name in read or name == "who"}
        for member in document["members"]
    ]
    household = {name: value for name, value in document["household"].items() if name in read}
    return {**document, "household": household, "members": members}


def eligible(case: Case) -> bool | None:
    """True, False, or None: undetermined or not worked out yet."""
    return (case.assessment or {}).get("eligible")


def amount_fen(case: Case) -> int | None:
    """Whole fen a month by the stored decision; None when undetermined."""
    return (case.assessment or {}).get("amount_fen")


def refusal_reasons(case: Case) -> list[str]:
    """The clauses that are not met, each with its citation, for the written notice."""
    return list((case.assessment or {}).get("reasons", []))


def waits_for(case: Case) -> list[str]:
    """What an undetermined case still lacks, in plain words."""
    return list((case.assessment or {}).get("waits_for", []))
