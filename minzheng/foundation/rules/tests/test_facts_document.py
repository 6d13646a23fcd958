"""Bad input gets a clear Chinese message; every fault is told at once."""

import datetime as dt
import json

import pytest

from minzheng.foundation.rules import FactsError, default_counter
from minzheng.foundation.rules.facts_document import load_document, read_facts
from minzheng.foundation.rules.kinds import Kind

YEARLY, MONTHLY, SUM = Kind("money", per="year"), Kind("money", per="month"), Kind("money")


def read(household=None, member=None, **more):
    document = {
        "on": "2021-09-01",
        "region": "431227",
        "household": household or {},
        "members": [member or {}],
        **more,
    }
    return read_facts(document, default_counter().book.catalogue)


def problems(*args, **more):
    with pytest.raises(FactsError) as error:
        read(*args, **more)
    return error.value.problems


@pytest.mark.parametrize(
    ("kind", "written", "fen"),
    [
        (YEARLY, "1020元/月", 1224000),
        (YEARLY, "9460元/年", 946000),
        (YEARLY, "1020.50元/月", 1224600),
        (YEARLY, "0.01元/年", 1),
        (YEARLY, "5分/年", 5),
        (YEARLY, 0, 0),
        (MONTHLY, "630元/月", 63000),
        (SUM, "3万元", None),
        (SUM, "1020.50元", 102050),
        (SUM, "1020.505元", None),
        (SUM, 1020, None),
        (SUM, 1020.5, None),
        (SUM, True, None),
        (YEARLY, 1020, None),
        (YEARLY, "1020元", None),
        (YEARLY, "1020", None),
        (MONTHLY, "7560元/年", None),
        (SUM, "1020元/月", None),
        (SUM, "10000000000.01元", None),
    ],
)
def test_it_reads_amounts_with_their_unit_and_refuses_bare_numbers(kind, written, fen):
    if fen is None:
        with pytest.raises(ValueError, match=r"“|元"):
            kind.read(written)
    else:
        assert kind.read(written) == fen


def test_it_asks_for_the_unit_of_a_flow():
    assert problems(member={"wage": 1020}) == [
        "成员1的工资性收入（wage）金额要写明单位，例如“1020元/月”或“12240元/年”，不能只写“1020”。请改正后再试。"
    ]


def test_it_refuses_a_negative_income_and_a_future_birth_and_an_impossible_date():
    assert "不能小于 0.00元/年" in problems(member={"wage": "-1元/月"})[0]
    assert "不能晚于办理日期" in problems(member={"birth_date": "2021-09-02"})[0]
    assert "真实存在的日期" in problems(member={"birth_date": "2021-02-30"})[0]
    assert read(member={"birth_date": "2021-09-01"}).members[0]["birth_date"] == 20210901


def test_it_lists_the_options_of_a_choice():
    assert "城市、农村" in problems({"category": "镇"})[0]
    assert "是 或 否" in problems(member={"independent": "也许"})[0]
    assert "整数" in problems({"houses": "两套"})[0]


def test_it_suggests_the_fact_that_was_meant():
    assert "是否想写 wage（工资性收入）" in problems(member={"wages": 0})[0]


def test_it_says_when_a_fact_stands_in_the_wrong_place():
    assert "请移到 members 的某名成员 下" in problems({"wage": 0})[0]
    assert "请移到 household 下" in problems(member={"deposits": 0})[0]


def test_it_tells_every_fault_at_once():
    assert len(problems({"category": "镇", "wages": 1}, {"wage": 5, "birth_date": "x"}, color=1)) == 5


def test_it_refuses_a_document_of_another_shape():
    catalogue = default_counter().book.catalogue
    for shape in (
        None,
        [],
        "x",
        {"on": "2021-09-01", "members": {}},
        {"on": "2021-09-01", "household": []},
        {"members": []},
    ):
        with pytest.raises(FactsError):
            read_facts(shape, catalogue)


def test_it_refuses_two_members_with_one_name_and_a_bad_region():
    assert "who 相同" in problems(members=[{"who": "甲"}, {"who": "甲"}])[0]
    assert "地区代码" in problems(region="湖南")[0]


def test_it_takes_dates_as_text_or_as_dates_and_the_key_on_from_any_yaml_reader():
    catalogue = default_counter().book.catalogue
    for key in ("on", True):
        for date in ("2021-09-01", dt.date(2021, 9, 1), dt.datetime(2021, 9, 1, 12, 30)):
            assert read_facts({key: date}, catalogue).on == 20210901


def test_it_shares_what_each_member_has_and_lets_a_member_say_otherwise():
    facts = read(members=[{"wage": "1元/年"}, {}], each_member={"wage": 0})
    assert [member["wage"] for member in facts.members] == [100, 0]


def test_it_does_not_take_silence_for_zero():
    facts = read()
    assert "wage" not in facts.members[0]
    assert facts.members[0]["alive"] is True


def test_it_reads_its_own_plain_form_again():
    catalogue = default_counter().book.catalogue
    facts = read(
        {"category": "城市", "deposits": "5元"},
        {"who": "甲", "wage": "1020元/月", "birth_date": "1980-01-01", "sex": None},
    )
    again = read_facts(json.loads(json.dumps(facts.plain(catalogue))), catalogue)
    assert again == facts


def test_it_says_where_a_file_is_broken(tmp_path):
    broken = tmp_path / "facts.yaml"
    broken.write_text("household: {a: 1\nmembers: [", encoding="utf-8")
    with pytest.raises(FactsError, match="第 2 行不是合法的 YAML"):
        load_document(broken)
    with pytest.raises(FactsError, match="找不到事实文件"):
        load_document(tmp_path / "nothing.yaml")
