"""What leaves the simulation names nobody: no small figure is shown, nor follows from what is shown."""

import datetime as dt
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minzheng.datacenter.simulation.publish import _cells, publish
from minzheng.datacenter.simulation.simulate import simulate
from minzheng.datacenter.simulation.sums import FATES, Line, Sums
from minzheng.datacenter.simulation.tests.families import ON, OTHER_VILLAGE, families, family, reform_of
from minzheng.datacenter.small_cells import LEAST
from minzheng.foundation.people.models import Household, Person
from minzheng.foundation.rules import default_counter

DB = pytest.mark.django_db
COUNTS = st.lists(st.integers(0, 12), min_size=len(FATES), max_size=len(FATES))


def lines(matrix, persons_only=False):
    return [
        Line(
            str(number), str(number), [] if persons_only else row, row, 0, 0, sum(row), sum(row), sum(row[:4])
        )
        for number, row in enumerate(matrix)
    ]


def sums_of(matrix):
    """Tables whose regions are the rows; the residences are the same households in one line; one person each."""
    columns = [sum(column) for column in zip(*matrix, strict=True)]
    [total] = lines([columns])
    total = Line(
        "",
        "合计",
        *[getattr(total, f) for f in ("households", "persons", "before", "after")],
        *[sum(columns)] * 2,
        sum(columns[:4]),
    )
    by_fate = [
        Line(code, code, [], [], 0, 0, count, count, count if number < 4 else 0)
        for number, (code, count) in enumerate(zip(FATES, columns, strict=True))
    ]
    bands = [("多", True, columns[0] + columns[2]), ("少", False, columns[1] + columns[3])]
    return Sums(
        total, by_fate, lines(matrix), lines([columns]), lines(matrix, True), lines([columns], True), bands
    )


def shown_households(shown):
    cells = {("total", "", key): count for key, count in shown["total"]["households"].items()}
    for table in ("by_region", "by_residence"):
        for row in shown[table]:
            cells |= {(table, row["code"], key): count for key, count in row["households"].items()}
    return cells


@settings(max_examples=50, deadline=None)
@given(st.lists(COUNTS, min_size=1, max_size=4))
def test_it_shows_no_small_cell_and_nothing_from_which_one_follows(matrix):
    sums = sums_of(matrix)
    true, tied = _cells(sums, "households")
    shown = shown_households(publish(sums))
    unknown = [cell for cell in true if shown[cell] is None]
    assert all(cell in unknown for cell, count in true.items() if 0 < count < LEAST)
    if not unknown:
        return
    # An attacker's view: a hidden cell is fixed by the sums when its own direction lies wholly in their row space.
    system = np.array(
        [[(cell == whole) * 1.0 - (cell in parts) for cell in unknown] for whole, parts in tied]
    )
    known_part = np.diag(np.linalg.pinv(system) @ system)
    fixed = {cell for cell, share in zip(unknown, known_part, strict=True) if share > 1 - 1e-6}
    assert not [cell for cell in fixed if 0 < true[cell] < LEAST]


@DB
def test_it_hides_a_township_of_four_and_the_one_that_would_give_it_away(regions):
    families(4, 0)
    families(9, 0, OTHER_VILLAGE)
    shown = simulate(default_counter(), reform_of(), regions["431227000000"], ON, ON)
    assert shown["total"]["households"]["gain"] == 13
    assert shown["total"]["difference_fen"] == 13 * 4_167
    for row in shown["by_region"]:
        assert (row["households"]["gain"], row["difference_fen"]) == (None, None)


@DB
def test_it_shows_townships_of_five_each_with_its_money(regions):
    families(5, 0)
    families(5, 0, OTHER_VILLAGE)
    shown = simulate(default_counter(), reform_of(), regions["431227000000"], ON, ON)
    found = {row["label"]: (row["households"]["gain"], row["difference_fen"]) for row in shown["by_region"]}
    assert found == {"晃洲镇": (5, 20_835), "波洲镇": (5, 20_835)}


@DB
def test_it_hides_the_money_when_only_one_family_changes_among_many(regions):
    families(20, 430_000 * 2)
    family(0)
    shown = simulate(default_counter(), reform_of(), regions["431227000000"], ON, ON)
    assert (shown["total"]["before_fen"], shown["total"]["difference_fen"]) == (None, None)
    assert shown["total"]["households"]["all"] == 21
    assert shown["total"]["households"]["gain"] is None


@DB
def test_it_counts_which_facts_the_undetermined_wait_for(regions):
    families(6, None)
    families(5, 0, deposits=None)
    shown = simulate(default_counter(), reform_of(), regions["431227000000"], ON, ON)
    assert shown["total"]["households"]["undetermined"] == 11
    assert {one["label"]: one["households"] for one in shown["missing"]} == {"工资性收入": 6, "现金和存款": 5}


@DB
def test_it_keeps_no_row_of_anybody(regions):
    families(6, 0)
    told = json.dumps(
        simulate(default_counter(), reform_of(), regions["431227000000"], ON, ON), ensure_ascii=False
    )
    for person in Person.objects.all():
        assert person.name not in told
    assert len(told) < 20_000 and str(Household.objects.first().pk) + "," not in told


@DB
def test_it_takes_todays_facts_for_a_day_that_lies_ahead(regions):
    families(6, 0)
    ahead = reform_of(since="2027-01-01")
    shown = simulate(default_counter(), ahead, regions["431227000000"], dt.date(2027, 1, 1), ON)
    assert (shown["facts_on"], shown["total"]["households"]["gain"]) == ("2026-10-01", 6)
    assert shown["changes"] == [
        {
            "name": "dibao_rural",
            "label": "农村低保标准",
            "before": "4300.00元/年",
            "cite": "2021年湖南省重点民生实事；新晃县民政局2021年民政工作要点 第8条",
            "after": "4800.00元/年",
        }
    ]
