"""A population in columns: whatever the threads, the width of the columns and the flags, one answer."""

import numpy as np
import pytest

from minzheng.foundation.rules import Population

from .generated import STANDARDS, TOY
from .toy import HEAD, counter


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
