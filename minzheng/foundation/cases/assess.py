"""Deciding a case by the rules: the whole decision is kept with the case, for ever."""

from __future__ import annotations

import datetime as dt
from typing import Any

from minzheng.foundation.actions import Refused
from minzheng.foundation.cases.facts import facts_document_of
from minzheng.foundation.cases.models import Case
from minzheng.foundation.rules import FactsError, decide


def assess(case: Case, on: dt.date) -> dict[str, Any]:
    """Work out the item's rules for the case on a day; stores the decision (rules' as_json) on `case.assessment`.

    Added to it: `eligible` (True when one of the item's eligibility rules holds, False when none does, None while
    undetermined), `amount_fen` a month, and `waits_for`, what is missing in words. The caller saves the case. Refused, in Chinese, when the facts contradict their own declaration.
    """
    try:
        decision = decide(facts_document_of(case, on))
    except FactsError as error:
        raise Refused([f"家庭情况还不能用于计算：{problem}" for problem in error.problems]) from None
    item = case.service_item
    answers = [decision[rule] for rule in item.eligibility]
    amount = decision[item.amount] if item.amount else None
    waits = [wait for rule in item.eligibility for wait in decision.missing(rule)]
    case.assessment = decision.as_json() | {
        "eligible": True if True in answers else None if None in answers else False,
        "amount_fen": None if amount is None else int(amount),
        "waits_for": [decision.describe(wait) for wait in dict.fromkeys(waits)],
    }
    return case.assessment


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
