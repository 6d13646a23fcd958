"""What is published names nobody, and no small number can be worked out from it."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minzheng.business.assistance.reports import DIBAO_MONTHLY as TABLE
from minzheng.datacenter.statistics.build import Content, Line
from minzheng.datacenter.statistics.open_data import csv_of, dictionary_of, hidden_cells, published, rows_of
from minzheng.foundation.people.models import Person

WHATS, KINDS = ("persons", "households", "spending"), ("urban_", "rural_")


def table_of(numbers):
    """A county from (urban families, urban people more, rural families, rural people more) of each township."""
    lines = []
    for place, (urban, urban_more, rural, rural_more) in enumerate(numbers):
        cells = {
            "dibao.urban_households": urban, "dibao.urban_persons": urban + min(urban_more, urban * 9),
            "dibao.rural_households": rural, "dibao.rural_persons": rural + min(rural_more, rural * 9),
            "dibao.urban_spending": urban * 50_000, "dibao.rural_spending": rural * 30_000,
        }  # fmt: skip
        for what in WHATS:
            cells[f"dibao.{what}"] = sum(cells[f"dibao.{kind}{what}"] for kind in KINDS)
        lines.append(Line(str(place), f"第{place}乡", cells))
    total = {code: sum(line.cells[code] for line in lines) for code in TABLE.codes}
    return Content(Line("全县", "全县", total), lines, [])


def derivable(content, what, hide):
    """Hidden cells of persons, families or money that the published ones fix, by Gaussian elimination in fractions."""
    codes = [f"dibao.{kind}{what}" for kind in ("", *KINDS)]
    lines = [content.total, *content.lines]
    unknown = [(line.code, code) for line in lines for code in codes if (line.code, code) in hide]
    place = {cell: number for number, cell in enumerate(unknown)}
    sums = [[(line.code, codes[0]), (line.code, codes[1]), (line.code, codes[2])] for line in lines]
    sums += [[(line.code, code) for line in lines] for code in codes]
    matrix = [
        [Fraction((1 if cell == one[0] else -1) if cell in one else 0) for cell in unknown] for one in sums
    ]
    row = 0
    for column in range(len(unknown)):
        pivot = next((r for r in range(row, len(matrix)) if matrix[r][column]), None)
        if pivot is None:
            continue
        matrix[row], matrix[pivot] = matrix[pivot], matrix[row]
        matrix[row] = [value / matrix[row][column] for value in matrix[row]]
        for other in range(len(matrix)):
            if other != row and matrix[other][column]:
                factor = matrix[other][column]
                matrix[other] = [a - factor * b for a, b in zip(matrix[other], matrix[row], strict=True)]
        row += 1
    return {
        next(cell for cell in unknown if line[place[cell]])
        for line in matrix
        if sum(1 for value in line if value) == 1
    }


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(*[st.integers(0, 12)] * 4), min_size=2, max_size=7), st.sampled_from([3, 5, 10]))
def test_no_small_cell_follows_from_what_is_published(numbers, least):
    content = table_of(numbers)
    hide = hidden_cells(TABLE, content, least)
    families = {
        (line.code, f"dibao.{kind}{what}")
        for line in (content.total, *content.lines)
        for kind in ("", *KINDS)
        if 0 < line.cells[f"dibao.{kind}households"] < least
        for what in WHATS
    }
    assert families <= hide
    for what in WHATS:
        assert not derivable(content, what, hide) & families


def test_large_cells_are_all_published():
    assert hidden_cells(TABLE, table_of([(9, 9, 8, 8), (7, 7, 30, 3)]), 5) == set()


@pytest.mark.django_db
def test_only_the_latest_frozen_version_is_published_and_it_names_nobody(frozen, county):
    assert [report.pk for report in published()] == [frozen.pk]
    text = csv_of(TABLE, frozen)
    assert "431227107000,晃洲镇,14,7,2800.07" in text
    assert not [person.name for person in Person.objects.all() if person.name in text]


@pytest.mark.django_db
def test_a_draft_is_not_published(draft):
    assert list(published()) == []


@pytest.mark.django_db
def test_few_families_are_left_out_with_their_money_and_their_complement(
    county, maker, checker, regions, settings
):
    from minzheng.datacenter.indicators.tests.conftest import VILLAGE
    from minzheng.datacenter.statistics import actions
    from minzheng.datacenter.statistics.tests.conftest import COUNTY, OCTOBER
    from minzheng.foundation.people.models import Category

    for _ in range(3):
        county(VILLAGE, category=Category.URBAN, since=OCTOBER)
    draft = actions.start_report(maker, TABLE, regions[COUNTY], OCTOBER)
    rows = {row[1]: dict(zip(TABLE.codes, row[2:], strict=True)) for row in rows_of(TABLE, draft)}
    assert rows["晃洲镇"]["dibao.urban_households"] == "不公开"
    assert rows["晃洲镇"]["dibao.urban_spending"] == "不公开"
    assert (
        rows["波洲镇"]["dibao.urban_households"] == "不公开"
    )  # nine in all less six would give the three away


def test_every_column_is_in_the_dictionary():
    assert [name for name, _, _ in dictionary_of(TABLE)][2:] == [column.heading for column in TABLE.columns]
