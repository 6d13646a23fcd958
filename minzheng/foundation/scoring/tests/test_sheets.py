"""What the sheets of the documents say: means, grades, parts that keep one from a grade, mistakes in a file."""

from __future__ import annotations

import pytest

from minzheng.demo.cast import COUNTY
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.scoring.grading import grading_of, mean
from minzheng.foundation.scoring.reading import read_sheets
from minzheng.foundation.scoring.tests.making import DAY
from minzheng.foundation.scoring.words import ScoreSheet

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("points", "expected"), [((3, 4), 4), ((3, 3), 3), ((2, 2, 3), 2), ((2, 3, 3), 3)])
def test_it_takes_the_mean_of_the_assessors_halves_upward(points, expected):
    assert mean(points) == expected


@pytest.mark.covers(
    "S-102", "S-120", "S-149", "S-162", by="standards/scoring/others.yaml", screen="/desk/ratings/"
)
@pytest.mark.parametrize(
    ("sheet", "part_percent", "grade"),
    [
        ("rural_home_works", 59, 0), ("rural_home_works", 60, 1), ("rural_home_works", 75, 2), ("rural_home_works", 90, 3),
        ("minor_protection", 84, 0), ("minor_protection", 85, 1),
        ("marriage_registry", 69, 0), ("marriage_registry", 70, 3), ("marriage_registry", 80, 4), ("marriage_registry", 90, 5),
        ("rescue_station", 59, 0), ("rescue_station", 60, 1), ("rescue_station", 75, 2), ("rescue_station", 90, 3),
    ],
)  # fmt: skip
def test_it_grades_by_each_sheets_own_table_and_says_what_is_missing(sheet, part_percent, grade):
    word = shelf(ScoreSheet).get(sheet)
    version = word.versions[0]
    least = min((one.total for one in version.grades), default=0)
    sums = {part.code: part.most * part_percent // 100 for part in version.parts}
    short = part_percent - sum(sums.values())
    sums[version.parts[0].code] += max(0, short)  # the total stands exactly at the limit, or one below it
    given = grading_of(word, version, sums, COUNTY, DAY)
    assert (given["grade"], given["total"]) == (grade, part_percent)
    assert grade or f"总分 {part_percent}，低于 {least}" in given["clauses"][-1]["text"]


def test_it_says_which_part_keeps_a_sheet_from_its_grade():
    word = shelf(ScoreSheet).get("rural_home_works")
    given = grading_of(
        word,
        word.versions[0],
        {"safety": 9, "clean": 20, "warmth": 20, "culture": 20, "rehab": 20},
        COUNTY,
        DAY,
    )
    assert (given["grade"], given["total"]) == (0, 89)
    assert "安全工程得 9 分，不到 20 分的 50%" in given["clauses"][-1]["text"]


def test_it_tells_which_field_of_a_sheet_is_wrong(tmp_path):
    file = tmp_path / "wrong.yaml"
    file.write_text(
        "x:\n  title: 甲\n  subject: 乙\n  versions:\n    - {from: 2020-01-01, cite: 丙, parts: [{code: a, title: 丁, most: 9, items: [戊: 10]}]}\n",
        encoding="utf-8",
    )
    (sheet,) = read_sheets(tmp_path)
    said = "".join(sheet.problems())
    assert "line：没有填写" in said and "丁 各项合计 10 分，文件规定 9 分" in said and "没有 grades" in said
    assert [problem for sheet in shelf(ScoreSheet) for problem in sheet.problems()] == []
