"""Counter, population and an independent walk of the tree agree row for row on generated facts with unknowns."""

import functools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minzheng.foundation.rules import default_counter
from minzheng.foundation.rules.counter import compile_counter
from minzheng.foundation.rules.examples import in_bulk
from minzheng.foundation.rules.facts_document import Facts
from minzheng.foundation.rules.plan import plan_for

from .generated import RELAXED, STANDARDS, TOY, families, same
from .toy import counter


def compare(desk, made, on, standards, want=None):
    facts = [
        Facts(on, region, standards, household, members, tuple(str(i) for i in range(len(members))))
        for household, members, region in made
    ]
    bulk = [in_bulk(desk, facts, want, compiled=compiled) for compiled in (True, False)]
    for one, *rows in zip(facts, *bulk, strict=True):
        decision = desk.decide(one, want)
        for household, members in rows:
            assert same(household, decision.values)
            assert all(same(a, b) for a, b in zip(members, decision.member_values, strict=True))
        for name, value in decision.values.items():
            assert decision.walk.value(name, None) == value
            assert (value is None) == bool(decision.missing(name))
        for i, member in enumerate(decision.member_values):
            assert {name: decision.walk.value(name, i) for name in member} == member


@RELAXED
@given(st.data())
def test_the_readings_agree_on_a_book_with_every_operator(data):
    withheld = data.draw(st.sets(st.sampled_from(sorted(STANDARDS)), max_size=2))
    desk = counter(TOY, **{name: value for name, value in STANDARDS.items() if name not in withheld})
    on = data.draw(st.sampled_from([20210901, 20230228, 20240228, 20240229, 20240301]))
    compare(desk, data.draw(families(desk.book.catalogue, "43", on)), on, "toy")


def rules_by_line(law):
    """The rules that each line states, by its folder."""
    lines = {}
    for name in law.order:
        lines.setdefault(Path(law.rules[name].where).parent.name, []).append(name)
    return lines


# One kernel for each line, as each line asks for its own: that of all lines together takes longer to compile.
LAW = default_counter().book.law(20220501)
LINES = rules_by_line(LAW)


@pytest.mark.parametrize("line", LINES)
def test_the_readings_agree_on_every_rule_of_every_line(line):
    desk, want = default_counter(), tuple(LAW.closure(LINES[line]))
    plan = plan_for(LAW, want)
    read = [LAW.catalogue[name] for name in (*plan.household_facts, *plan.person_facts)]

    @settings(RELAXED, max_examples=50)
    @given(made=families(read, "431227", 20220501))
    def agree(made):
        compare(desk, made, 20220501, "demo-variants", want)

    agree()


@functools.cache
def both_functions(plan):
    return compile_counter(plan, complete=True), compile_counter(plan, complete=False)


@RELAXED
@given(made=families(default_counter().book.catalogue, "431227", 20220501))
def test_the_plain_function_agrees_with_the_one_that_carries_flags(made):
    desk = default_counter()
    law = desk.book.law(20220501)
    plan = plan_for(law, law.order)
    plain, flagged = both_functions(plan)
    row = desk.standards("demo-variants").row("431227", 20220501)
    standards = tuple(row[name].value if name in row else 1 for name in plan.standards)  # all is known here
    for household, members, _ in made:
        whole = tuple(household[name] or 0 for name in plan.household_facts)
        each = [tuple(member[name] or 0 for name in plan.person_facts) for member in members]
        assert plain(whole, each, standards, 20220501) == flagged(whole, each, standards, 20220501)
