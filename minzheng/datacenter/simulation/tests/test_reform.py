"""A reform file: what is wrong with it is said at once, in Chinese, with what to write instead."""

from pathlib import Path

import pytest

from minzheng.datacenter.simulation.reform import ReformError, load_reform, read_reform, reformed
from minzheng.datacenter.simulation.tests.families import reform_of
from minzheng.foundation.rules import default_counter, load_standards

GOOD = {
    "title": "提高",
    "base": "demo",
    "region": "431227",
    "from": "2026-10-01",
    "changes": {"dibao_rural": "4800元/年"},
}


def refused(**changes):
    with pytest.raises(ReformError) as error:
        read_reform({**GOOD, **changes}, default_counter())
    return str(error.value)


def test_it_reads_money_by_month_and_by_year_and_writes_it_back():
    reform = reform_of(
        dibao_urban="620元/月", pay_mode="差额", central_pension_uncounted=True, topup_percent_elder=10
    )
    assert reform.changes["dibao_urban"] == 744_000
    document = reform.as_json(default_counter().standards("demo"))
    assert read_reform(document, default_counter()) == reform


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": ""}, "缺少 title"),
        ({"changes": {}}, "缺少 changes"),
        ({"ab": 1}, "不认识的栏目 ab"),
        ({"base": "hunna"}, "没有名为“hunna”的标准集"),
        ({"region": "4312270"}, "地区代码 4312270 不对"),
        ({"from": "2026-13-01"}, "真实存在的日期"),
        ({"changes": {"dibao_rurall": "1元/年"}}, "是否想写 dibao_rural（农村低保标准）"),
        ({"changes": {"dibao_rural": 4800}}, "金额要写明单位"),
        ({"changes": {"dibao_rural": "4800元"}}, "期间不对"),
        ({"changes": {"pay_mode": "定额"}}, "差额、分档"),
        ({"changes": "dibao_rural"}, "一行写一项标准"),
    ],
)  # fmt: skip
def test_it_refuses_with_a_remedy(wrong, said):
    assert said in refused(**wrong)


def test_it_tells_all_faults_of_a_file_at_once():
    said = refused(region="1", changes={"nothing_like_it": 1, "dibao_rural": "多一点"})
    assert "地区代码" in said and "nothing_like_it" in said and "金额要写明单位" in said


@pytest.mark.parametrize(("yuan", "is_refused"), [("4299.99", True), ("4300", False), ("4300.01", False)])
def test_it_lets_a_county_raise_but_not_lower_what_the_province_sets(yuan, is_refused):
    changes = {"dibao_rural": f"{yuan}元/年"}
    if is_refused:
        said = refused(changes=changes)
        assert "低于上级 43" in said and "只能提高不能降低" in said
    else:
        read_reform({**GOOD, "changes": changes}, default_counter())


def value_at(standards, name, region, day):
    return standards.row(region, day)[name].value


def test_it_holds_from_its_day_and_in_its_region_only():
    base = default_counter().standards("demo")
    new = reformed(base, reform_of(since="2026-10-01"))
    assert value_at(new, "dibao_rural", "431227107203", 20260930) == 430_000
    assert value_at(new, "dibao_rural", "431227107203", 20261001) == 480_000
    assert value_at(new, "dibao_rural", "431228000000", 20261001) == 430_000
    assert value_at(new, "dibao_urban", "431227107203", 20261001) == value_at(
        base, "dibao_urban", "43", 20261001
    )


def test_it_lifts_a_county_of_its_own_when_the_province_goes_above_it(tmp_path):
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "set.yaml").write_text("title: 试\nextends: []\n")
    (tmp_path / "own" / "dibao.yaml").write_text(
        "dibao_rural:\n  label: 农村低保标准\n  type: money\n  unit: fen/year\n  floor: true\n  values:\n"
        '    - {region: "43", from: 2021-01-01, value: 4300元/年, cite: 省}\n'
        '    - {region: "431227", from: 2022-01-01, value: 4500元/年, cite: 县}\n'
        '    - {region: "431228", from: 2022-01-01, value: 5000元/年, cite: 县}\n',
        encoding="utf-8",
    )
    base = load_standards("own", default_counter().book.catalogue, tmp_path)
    new = reformed(base, reform_of("43"))
    assert value_at(new, "dibao_rural", "431227", 20260930) == 450_000
    assert value_at(new, "dibao_rural", "431227", 20261001) == 480_000
    assert value_at(new, "dibao_rural", "431228", 20261001) == 500_000


def test_it_says_when_the_file_is_missing_or_no_yaml(tmp_path):
    broken = tmp_path / "broken.yaml"
    broken.write_text("title: [", encoding="utf-8")
    for file, said in ((tmp_path / "no.yaml", "没有找到文件"), (broken, "不是能读的 YAML")):
        with pytest.raises(ReformError, match=said):
            load_reform(file, default_counter())


@pytest.mark.parametrize("file", sorted(Path("docs/reforms").glob("*.yaml")), ids=lambda file: file.stem)
def test_it_reads_every_example_of_the_guide(file):
    assert load_reform(file, default_counter()).changes
