"""A decision keeps the whole way to it, for ever."""

import json
import re

import pytest

from minzheng.foundation.rules import QuestionError, RuleError, StandardsError, decide, default_counter
from minzheng.foundation.rules.deciding import PACKAGE, line_folders
from minzheng.foundation.rules.examples import read_examples

COUNTER = default_counter()
EXAMPLES = {example.title.split()[0]: example for example in read_examples(line_folders(), COUNTER)}


def decision(title):
    return COUNTER.decide(EXAMPLES[title].facts)


def test_it_keeps_every_variable_with_its_value_label_citation_source_and_inputs():
    trace = {step["name"]: step for step in decision("EX01").as_json()["trace"]}
    assert len(trace) == len(COUNTER.book.law(20210901).about_families)
    step = trace["dibao"]
    assert (step["value"], step["text"], step["label"]) == (True, "是", "低保家庭")
    assert step["cite"] == "民发〔2021〕57号 第三条"
    assert step["inputs"] == ["size", "income_below_standard", "property_within_limits"]
    assert trace["size"]["inputs"] == ["count(counted)"]
    assert trace["counted"]["values"] == [True, True, True]
    file, line = step["source"].split(":")
    assert "def dibao(" in (PACKAGE.parent / file).read_text(encoding="utf-8").splitlines()[int(line) - 1]


def test_it_keeps_what_must_not_be_so_apart_from_what_must():
    """A family on dibao is no 低保边缘家庭: whoever reads the decision is shown no failing where there is none."""
    trace = {step["name"]: step for step in decision("EX01").as_json()["trace"]}
    assert trace["edge"]["against"] == ["dibao"]
    assert "against" not in trace["dibao"]


def test_it_names_the_document_of_every_standard_it_used():
    used = {standard["name"]: standard for standard in decision("EX01").as_json()["standards"]}
    assert used["dibao_urban"]["value"] == 660000
    assert used["dibao_urban"]["from"] == "2021-01-01"
    assert "民政工作要点 第8条" in used["dibao_urban"]["cite"]
    assert used["dibao_urban"]["source"] == "standards/hunan/dibao.yaml"


def test_it_gives_the_same_answer_again_from_what_was_stored():
    for example in list(EXAMPLES.values())[::3]:  # each of them is decided in test_examples.py
        stored = json.loads(json.dumps(COUNTER.decide(example.facts).as_json(), ensure_ascii=False))
        again = decide(stored["facts"])
        assert again.as_json() == stored


def test_it_lists_the_reasons_for_a_refusal_with_their_articles():
    assert decision("EX02").reasons == ["家庭人均收入不低于当地最低生活保障标准（民发〔2021〕57号 第三条）"]
    assert decision("EX01").reasons == []


def test_it_never_cites_a_law_before_it_is_in_force():
    """57号 took force on 2021-07-01, 83号 was issued on 2022-10-20, 社会救助法 took force on 2026-07-01."""
    for on, later in ((20210630, "57号 第"), (20221019, "83号"), (20260630, "社会救助法")):
        law = COUNTER.book.law(on)
        assert [rule.where for rule in law.rules.values() if later in rule.cite] == []


def test_it_explains_itself_in_plain_chinese():
    text = decision("EX02").explain()
    assert "低保家庭：否" in text
    assert "不符合的条件" in text
    assert "城市低保标准：6600.00元/年" in text
    assert not re.search(r"\b(True|False|None)\b", text)


def test_it_warns_that_invented_standards_are_not_for_real_use():
    assert "虚构" in COUNTER.decide(EXAMPLES["EX34"].facts).explain().splitlines()[1]
    assert "虚构" not in decision("EX01").explain()


def test_it_works_out_only_what_is_asked_and_what_that_rests_on():
    answer = COUNTER.decide(EXAMPLES["EX01"].facts, ["size"])
    assert answer.results == {"size": 3}
    assert "monthly_payment" not in answer.values


def test_it_asks_for_the_region_when_standards_depend_on_it():
    with pytest.raises(QuestionError, match="没有写明地区"):
        decide({"on": "2021-09-01", "standards": "hunan"})


def test_every_error_says_what_to_do():
    assert issubclass(StandardsError, RuleError)
    assert str(RuleError("甲:1", "坏了", "修好")) == "甲:1：坏了。办法：修好。"
