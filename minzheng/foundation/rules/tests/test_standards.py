"""Dated values by region: the nearest region goes first, a floor may be raised but not lowered."""

import pytest

from minzheng.foundation.rules import (
    QuestionError,
    RuleError,
    StandardsError,
    default_counter,
    load_standards,
)
from minzheng.foundation.rules.standards import FOLDER

CATALOGUE = default_counter().book.catalogue


def write(folder, name="one", head="title: 试验\n", text=""):
    (folder / name).mkdir()
    (folder / name / "set.yaml").write_text(head, encoding="utf-8")
    (folder / name / "values.yaml").write_text(text, encoding="utf-8")


LINE = """
line:
  label: 试验标准
  type: money
  unit: fen/year
  floor: true
  values:
    - {region: "43", from: 2021-01-01, value: 550元/月, cite: 甲文}
    - {region: "431227", from: 2021-01-01, value: VALUE, cite: 乙文}
    - {region: "43", from: 2022-01-01, value: 600元/月, cite: 丙文}
    - {region: "431227", from: 2022-01-01, value: 610元/月, cite: 丁文}
"""


def load(tmp_path, text, name="one"):
    write(tmp_path, name, text=text)
    return load_standards(name, CATALOGUE, tmp_path)


def test_it_takes_the_nearest_region_and_the_latest_day(tmp_path):
    standards = load(tmp_path, LINE.replace("VALUE", "560元/月"))

    def value(region, on):
        row = standards.row(region, on)
        return row["line"].value if "line" in row else None

    assert value("431227", 20201231) is None
    assert value("431227", 20210101) == 672000
    assert value("431227001", 20211231) == 672000
    assert value("431228", 20211231) == 660000
    assert value("431228", 20220101) == 720000
    assert value("431227", 20220101) == 732000
    assert value("44", 20220101) is None


def test_it_accepts_a_child_equal_to_its_parent_and_refuses_one_fen_less(tmp_path):
    load(tmp_path, LINE.replace("VALUE", "550元/月"), "equal")
    with pytest.raises(StandardsError, match=r"低于上级 43 的 6600\.00元/年（甲文）") as error:
        load(tmp_path, LINE.replace("VALUE", "6599.99元/年"), "lower")
    assert "只能提高不能降低" in error.value.remedy


def test_it_refuses_a_child_that_a_raised_parent_has_overtaken(tmp_path):
    text = LINE.replace("VALUE", "560元/月").replace(
        '    - {region: "431227", from: 2022-01-01, value: 610元/月, cite: 丁文}\n', ""
    )
    with pytest.raises(StandardsError, match="丙文"):
        load(tmp_path, text)


def test_it_extends_another_set(tmp_path):
    write(tmp_path, "base", text=LINE.replace("VALUE", "560元/月"))
    text = 'line:\n  values: [{region: "431227", from: 2023-01-01, value: 700元/月, cite: 戊文}]\n'
    write(tmp_path, "child", head="title: 子集\nextends: [base]\n", text=text)
    assert load_standards("child", CATALOGUE, tmp_path).row("431227", 20230101)["line"].value == 840000
    assert load_standards("base", CATALOGUE, tmp_path).row("431227", 20230101)["line"].value == 732000


def test_it_refuses_sets_that_extend_each_other(tmp_path):
    write(tmp_path, "a", head="title: 甲\nextends: [b]\n")
    write(tmp_path, "b", head="title: 乙\nextends: [a]\n")
    with pytest.raises(StandardsError, match="绕成了一圈"):
        load_standards("a", CATALOGUE, tmp_path)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("line: {values: []}", "没有 label"),
        ("line: {label: 甲, type: float}", "type 不能是 float"),
        ("line: {label: 甲, type: money}", "没有写明单位"),
        ("line: {label: 甲, type: choices, of: colour}", "事实 colour 不存在"),
        ("line: {label: 甲, type: int, colour: 红}", "colour"),
        ("line: {label: 甲, type: int, values: [{from: 2021-01-01, value: 1}]}", "没有 cite"),
        ("line: {label: 甲, type: int, values: [{value: 1, cite: 乙}]}", "没有 from"),
        ("line: {label: 甲, type: int, values: [{from: 2021-01-01, value: 多, cite: 乙}]}", "值读不懂"),
        (
            "line: {label: 甲, type: int, values: [{region: 湘, from: 2021-01-01, value: 1, cite: 乙}]}",
            "地区代码",
        ),
        (
            "line: {label: 甲, type: int, values: [{from: 2021-01-01, value: 1, cite: 乙}, {from: 2021-01-01, value: 2, cite: 丙}]}",
            "写了两次",
        ),
    ],
)
def test_it_refuses_a_broken_entry_by_file_and_name(tmp_path, text, problem):
    with pytest.raises(RuleError, match=problem) as error:
        load(tmp_path, text)
    assert "values.yaml 的 line" in error.value.where
    assert error.value.remedy


def test_it_names_the_sets_there_are():
    with pytest.raises(QuestionError, match="从 demo、"):
        load_standards("atlantis", CATALOGUE)


def test_every_shipped_set_loads_and_cites_every_value():
    for head in FOLDER.glob("*/set.yaml"):
        standards = load_standards(head.parent.name, CATALOGUE)
        assert standards.title
        for history in standards.values.values():
            assert all(value.cite and value.mark in ("V", "K", "U") for value in history)


def test_invented_values_say_so_in_every_set():
    for head in FOLDER.glob("*/set.yaml"):
        standards = load_standards(head.parent.name, CATALOGUE)
        invented = [
            value for history in standards.values.values() for value in history if "虚构" in value.cite
        ]
        assert bool(invented) == standards.invented


def test_it_notices_that_a_null_ends_a_national_value():
    standards = load_standards("national", CATALOGUE)
    assert standards.row("431227", 20260630)["edge_percent"].value == 150
    assert "edge_percent" not in standards.row("431227", 20260701)
