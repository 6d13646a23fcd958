"""Counter, population and an independent walk of the tree agree row for row on generated facts with unknowns."""

import datetime as dt
import functools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minzheng.foundation.rules import Population, default_counter
from minzheng.foundation.rules.counter import compile_counter
from minzheng.foundation.rules.examples import in_bulk
from minzheng.foundation.rules.facts_document import Facts
from minzheng.foundation.rules.narrowing import narrow, settled
from minzheng.foundation.rules.plan import plan_for

from .toy import HEAD, PERSON, counter

TOY = f"""
{PERSON}def years(born, on):
    return age(born, on)

{PERSON}def low(voice, low_voices):
    return voice in low_voices or voice not in ("高", "中")

{PERSON}def pays(fee, years, months, low, percent, strict, rent):
    return round_half_up(fee * percent, 100) if low and not strict else min(fee, rent) if 1 <= years < 100 else abs(fee - rent)

{HEAD}def fees(t=total("pays")):
    return t

{HEAD}def crowd(n=count("sings"), songs=total("songs")):
    return n + songs - 1

{HEAD}def share(fees, crowd):
    return fees // crowd

{HEAD}def rounded(fees, crowd):
    return round_half_up(fees, 12 * crowd)

{PERSON}def above(share, pays, solo, sings):
    return pays > share or (solo and not sings)

{HEAD}def someone(x=any_of("above")):
    return x

{HEAD}def everyone(x=all_of("above"), y=all_of("sings")):
    return x or y

{PERSON}def gift(above, everyone, rounded, grant_monthly, months, born, on):
    return (rounded if everyone else grant_monthly) * max(months, months_between(born, on)) if above else 0

{HEAD}def gifts(hall, purse, chairs, t=total("gift"), someone_said=any_of("low")):
    return t + purse if hall and chairs != 0 else -t if someone_said else 0

{HEAD}def rank(gifts, purse):
    return "富" if gifts > purse else "中" if gifts == purse else "贫"
"""
STANDARDS = {
    "fee_limit": 100,
    "grant_monthly": 3,
    "months": 6,
    "low_voices": 0b101,
    "percent": 33,
    "strict": False,
}


def birthdays(on):
    """The days on which an age begins on the day `on`, the days before and after, and leap days."""
    day = dt.datetime.strptime(str(on), "%Y%m%d").date()
    turned = [
        day.replace(year=day.year - years, day=min(day.day, 28)) for years in (0, 1, 16, 18, 60, 65, 80, 99)
    ]
    near = [
        date + dt.timedelta(days=days) for date in turned for days in (-1, 0, 1, day.day - min(day.day, 28))
    ]
    return sorted({int(date.strftime("%Y%m%d")) for date in near if date <= day} | {20040229, 19600229})


def value_of(fact, on):
    """Small engine values, so that boundaries and equalities happen often; None is unknown."""
    match fact.kind.name:
        case "bool":
            known = st.booleans()
        case "date":
            known = st.sampled_from(birthdays(on))
        case "choice":
            known = st.integers(0, len(fact.kind.options) - 1)
        case "int":
            known = st.integers(fact.least or 0, 3)
        case _:
            known = st.sampled_from([0, 1, 99, 100, 5500, 55000, 660000, 659999, 660001, 1320000, 10**9])
    return st.one_of(known, known, known, known, st.none())


def families(catalogue, region, on):
    def values(entity):
        return st.fixed_dictionaries(
            {fact.name: value_of(fact, on) for fact in catalogue if fact.entity == entity}
        )

    family = st.tuples(values("household"), st.lists(values("person"), max_size=4))
    return st.lists(family, min_size=1, max_size=8).map(
        lambda made: [(household, tuple(members), region) for household, members in made]
    )


def same(one, other):
    """Equal names and values; the text tells True from 1, which == does not."""
    return repr(sorted(one.items())) == repr(sorted(other.items()))


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


RELAXED = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


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


def test_a_population_gives_one_answer_whatever_the_threads_and_the_width_of_the_columns():
    desk = counter(TOY, **STANDARDS)
    rng = np.random.default_rng(7)
    size = rng.integers(0, 5, 501)
    people = int(size.sum())
    households = {
        "hall": rng.random(501) < 0.5,
        "rent": (rng.integers(0, 9, 501), rng.random(501) < 0.9),
        "purse": rng.integers(0, 99, 501),
        "chairs": rng.integers(0, 3, 501),
    }
    members = {
        "born": np.datetime64("1950-01-01") + rng.integers(0, 20000, people),
        "fee": rng.integers(0, 99, people),
        "songs": rng.integers(0, 3, people),
        "sings": rng.random(people) < 0.5,
        "voice": rng.integers(0, 3, people),
    }
    population = Population(desk, None, "2021-09-01", "toy")
    place = (size, np.zeros(501), ["43"])
    one = population.run(households, members, *place, compiled=True)
    two = population.run(households, members, *place, compiled=True, threads=3)
    at_once = [population.run(households, members, *place, threads=threads) for threads in (1, 3)]
    narrow = {
        name: column.astype(np.int32) if name in ("fee", "songs") else column
        for name, column in members.items()
    }
    three = population.run(households, narrow, *place, compiled=True)
    at_once.append(population.run(households, narrow, *place))
    for name, (values, known) in one.items():
        for other in (two, three, *at_once):
            assert (other[name][1] == known).all()
            assert (other[name][0][known] == values[known]).all()
    assert one["gifts"][1].sum() > 100


def test_a_population_refuses_a_column_of_the_wrong_length():
    desk = counter(TOY, **STANDARDS)
    population = Population(desk, ["fees"], "2021-09-01", "toy")
    try:
        population.run({}, {"fee": np.zeros(3)}, np.array([1, 1]), np.zeros(2), ["43"])
    except ValueError as error:
        assert "有 3 行，应为 2 行" in str(error)
    else:
        raise AssertionError("no refusal")


BOTH = pytest.mark.parametrize("compiled", [True, False], ids=["kernel", "whole columns"])


@BOTH
def test_a_fact_that_is_not_given_is_unknown_unless_it_has_a_default(compiled):
    desk = counter(
        f'{HEAD}def a(x=any_of("solo")):\n    return x\n\n{HEAD}def b(x=any_of("sings")):\n    return x\n'
    )
    population = Population(desk, None, "2021-09-01", "toy")
    results = population.run({}, {}, np.array([1]), np.zeros(1), ["43"], compiled=compiled)
    assert results["a"][1].tolist() == [True]
    assert results["b"][1].tolist() == [False]


def test_a_kernel_without_the_flags_that_nobody_needs_gives_the_same_answers():
    desk = counter(TOY, **STANDARDS)
    rng = np.random.default_rng(8)
    size = rng.integers(0, 5, 300)
    people = int(size.sum())
    households = {"hall": rng.random(300) < 0.5, "rent": (rng.integers(0, 9, 300), rng.random(300) < 0.9)}
    households |= {"purse": rng.integers(0, 99, 300), "chairs": rng.integers(0, 3, 300)}
    members = {"born": rng.integers(1950, 2020, people) * 10000 + 101, "fee": rng.integers(0, 99, people)}
    members |= {"songs": rng.integers(0, 3, people), "sings": rng.random(people) < 0.5}
    members |= {"voice": rng.integers(0, 3, people).astype(np.int8), "solo": rng.random(people) < 0.5}
    population = Population(desk, None, "2021-09-01", "toy")
    place = (size, np.zeros(300), ["43"])
    general = population.run(households, members, *place, compiled=True)
    lean = population.run(households, members, *place, flagged=["rent"])
    for name, (values, known) in general.items():
        assert (lean[name][1] == known).all()
        assert (lean[name][0][known] == values[known]).all()
    with pytest.raises(ValueError, match="rent"):
        population.run(households, members, *place, flagged=[])
