"""The rules as a whole: what reads what, and which version holds on a day."""

import pytest

from minzheng.foundation.rules import QuestionError, RuleError
from minzheng.foundation.rules.kinds import read_date

from .toy import HEAD, PERSON, book, counter, document, one


def version(since="", until="", value="rent"):
    dates = "".join(f', {key}="{date}"' for key, date in (("since", since), ("until", until)) if date)
    return f'@household("甲", cite="乙"{dates})\ndef r(rent):\n    return {value}\n\n'


def test_it_refuses_rules_that_go_in_a_circle_and_names_the_circle():
    with pytest.raises(RuleError, match="a → b → a"):
        book(f"{HEAD}def a(b):\n    return b\n\n{HEAD}def b(a):\n    return a\n")


def test_it_refuses_a_circle_through_the_members():
    with pytest.raises(RuleError, match="绕成了一圈"):
        book(f"{PERSON}def a(b, fee):\n    return b + fee\n\n{HEAD}def b(t=total('a')):\n    return t\n")


def test_it_refuses_an_unknown_name_and_suggests_the_nearest():
    with pytest.raises(RuleError, match="是否想写 chairs"):
        one("chair", "chair")


def test_it_refuses_a_family_rule_that_reads_one_member():
    with pytest.raises(RuleError, match="直接读取成员的 fee") as error:
        one("fee", "fee")
    assert "total" in error.value.remedy


def test_it_refuses_to_gather_what_the_household_has():
    with pytest.raises(RuleError, match="不是成员的变量"):
        one("t", "t=total('rent')")


def test_it_refuses_a_rule_named_like_a_fact_or_a_standard():
    for name, what in (("rent", "事实"), ("percent", "标准"), ("on", "on 是办理日期")):
        with pytest.raises(RuleError, match=what):
            book(f"{HEAD}def {name}(hall):\n    return hall\n")


def test_it_refuses_versions_that_overlap_by_one_day():
    with pytest.raises(RuleError, match="重叠") as error:
        book(version(until="2021-07-02") + version(since="2021-07-01"))
    assert "2021-07-01" in error.value.remedy


def test_it_accepts_versions_that_meet():
    made = counter(
        version(until="2021-07-01", value="rent") + version(since="2021-07-01", value="rent + rent")
    )
    facts = {"household": {"rent": "100元/年"}}
    before = made.decide(made.facts({**document(**facts, on="2021-06-30")}))
    after = made.decide(made.facts({**document(**facts, on="2021-07-01")}))
    assert (before["r"], after["r"]) == (100_00, 200_00)


def test_it_refuses_a_rule_that_reads_one_not_yet_in_force():
    with pytest.raises(RuleError, match="同一时期没有版本"):
        book(version(since="2021-07-01") + f"{HEAD}def s(r):\n    return r\n")


def test_it_refuses_versions_for_different_objects():
    with pytest.raises(RuleError, match="对象不同"):
        book(
            version(until="2021-07-01")
            + '@person("甲", cite="乙", since="2021-07-01")\ndef r(fee):\n    return fee\n'
        )


def test_it_says_when_a_rule_is_not_in_force_on_the_day_or_does_not_exist():
    made = book(version(since="2021-07-01"))
    law = made.law(read_date("2021-06-30"))
    with pytest.raises(QuestionError, match="还没有或已不再适用"):
        made.wanted(law, ["r"])
    with pytest.raises(QuestionError, match="不存在，也从未适用"):
        made.wanted(law, ["q"])


def test_it_gives_a_law_the_same_version_until_a_rule_changes():
    same = [book(version()).law(20210901).version for _ in range(2)]
    other = book(version(value="rent + rent")).law(20210901).version
    assert same[0] == same[1] != other
