"""Who holds which right, as facts: a fact declared with `held: dibao` in a facts.yaml is answered here.

A household's right is a fact about each of its members of that day. A yearly amount is twelve months of the right's.
"""

from __future__ import annotations

from collections import defaultdict

from minzheng.foundation.people.fact_view import FactView
from minzheng.foundation.rules import default_counter
from minzheng.foundation.rules.catalogue import Fact

HELD = """
    SELECT e.id, {person} AS person_id, CASE e.benefit {cases} END AS values, a.from_month AS since,
           (least(coalesce(a.until_month, 'infinity'), coalesce(e.until_month, 'infinity')) + interval '1 month')::date
               AS until
    FROM benefits_entitlement e
    JOIN benefits_entitlementamount a ON a.entitlement_id = e.id AND a.superseded_at IS NULL AND a.amount_fen > 0
    {members}
    WHERE e.benefit IN ({codes}) AND e.state <> 'void' {whose}
"""
OF_HOUSEHOLD = """JOIN people_membership m ON m.household_id = e.household_id
        AND m.since <= %(on)s AND (m.until IS NULL OR m.until > %(on)s)"""


def rights_as_facts() -> str:
    """SQL over the rights of persons, and over those of households for each member."""
    held: dict[str, list[Fact]] = defaultdict(list)
    for fact in default_counter().book.catalogue:
        if fact.held:
            held[fact.held].append(fact)
    if not held:
        return ""
    cases = " ".join(f"WHEN '{code}' THEN jsonb_build_object({_stated(held[code])})" for code in held)
    codes = ", ".join(f"'{code}'" for code in held)
    of_person = HELD.format(
        person="e.person_id", cases=cases, codes=codes, members="", whose="AND e.household_id IS NULL"
    )
    of_household = HELD.format(person="m.person_id", cases=cases, codes=codes, members=OF_HOUSEHOLD, whose="")
    return f"{of_person} UNION ALL {of_household}"


def _stated(facts: list[Fact]) -> str:
    return ", ".join(f"'{fact.name}', {_value(fact)}" for fact in facts)


def _value(fact: Fact) -> str:
    if fact.kind.name == "bool":
        return "true"
    return "a.amount_fen * 12" if fact.kind.per == "year" else "a.amount_fen"


RIGHTS = FactView(code="rights", title="待遇台账", sql=rights_as_facts)
