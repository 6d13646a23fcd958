"""A law whose standards are settled asks for fewer facts and answers the same."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minzheng.foundation.rules import Population
from minzheng.foundation.rules.counter import compile_counter
from minzheng.foundation.rules.narrowing import narrow, settled
from minzheng.foundation.rules.plan import plan_for

from .generated import RELAXED, STANDARDS, TOY, families, same
from .toy import HEAD, PERSON, counter

SWITCHES = {
    "strict": st.booleans(),
    "percent": st.sampled_from([0, 33, 100]),
    "grant_monthly": st.sampled_from([0, 3]),
    "fee_limit": st.sampled_from([0, 100]),
    "months": st.sampled_from([0, 6]),
}


@RELAXED
@given(st.data())
def test_the_law_narrowed_to_its_standards_gives_the_same_answers_by_fewer_facts(data):
    values = {name: data.draw(value) for name, value in SWITCHES.items()}
    withheld = data.draw(st.sets(st.sampled_from(sorted(values)), max_size=1))
    given_values = STANDARDS | {name: value for name, value in values.items() if name not in withheld}
    for name in withheld:
        del given_values[name]
    desk = counter(TOY, **given_values)
    law = desk.book.law(20210901)
    row = desk.standards("toy").row("43", 20210901)
    plan = plan_for(law, ("gifts", "rank", "someone"))
    lean = plan_for(narrow(law, settled(law.kinds, [row])), plan.want)
    assert set(lean.person_facts) <= set(plan.person_facts)
    assert set(lean.rules) <= set(plan.rules)

    def answers(one, household, members):
        read = (
            tuple(household[name] for name in one.household_facts),
            [tuple(member[name] for name in one.person_facts) for member in members],
            tuple(row[name].value if name in row else None for name in one.standards),
        )
        values = compile_counter(one, complete=False)(*read, 20210901)[0]
        names = [name for level in one.levels if level.entity == "household" for name in level.rules]
        return {name: value for name, value in zip(names, values, strict=True) if name in one.want}

    for household, members, _ in data.draw(families(desk.book.catalogue, "43", 20210901)):
        assert same(answers(plan, household, members), answers(lean, household, members))


def test_a_standard_that_settles_a_rule_saves_reading_its_facts():
    desk = counter(
        f"{PERSON}def extra(fee, percent):\n    return fee if percent > 0 else 0\n\n"
        f'{HEAD}def sum_of_all(rent, t=total("extra")):\n    return rent + t\n',
        percent=0,
    )
    population = Population(desk, None, "2021-09-01", "toy")
    narrowed = population.narrowed(["43"])
    assert (population.plan.person_facts, narrowed.plan.person_facts) == (("fee",), ())
    rent = {"rent": (np.array([5, 6]), np.array([True, False]))}
    place = (np.array([1, 2]), np.zeros(2, int), ["43"])
    for compiled in (True, False):
        values, known = narrowed.run(rent, {}, *place, compiled=compiled)["sum_of_all"]
        assert (values[0], known.tolist()) == (5, [True, False])


def test_a_narrowed_law_refuses_a_region_with_other_standards():
    desk = counter(f"{HEAD}def r(hall, strict):\n    return hall and strict\n", strict=False)
    narrowed = Population(desk, None, "2021-09-01", "toy").narrowed(["43"])
    narrowed.given = (("strict", True),)
    with pytest.raises(ValueError, match="43 的标准"):
        narrowed.run({}, {}, np.array([1]), np.zeros(1, int), ["43"])
