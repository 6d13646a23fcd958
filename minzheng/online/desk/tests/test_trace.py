"""A stored decision read clause by clause."""

import pytest

from minzheng.foundation.cases.api import assess
from minzheng.online.desk.cases.page import conclusion_of, decision_of
from minzheng.online.desk.tests.families import START, case_at

pytestmark = pytest.mark.django_db


def labels(node):
    yield node.label
    for child in node.children:
        yield from labels(child)


def test_it_says_yes_with_each_clause_and_its_citation(access):
    conclusion = conclusion_of(case_at(access, "concluded"))
    assert (conclusion.mark, conclusion.amount_fen) == ("yes", 63_000)
    clause = next(node for node in conclusion.clauses if node.label == "家庭人均收入低于低保标准")
    assert (clause.mark, clause.cite) == ("yes", "民发〔2021〕57号 第三条")


def test_what_must_not_be_is_no_failing_of_a_family_that_is_entitled(access):
    """“同一事由已经救助过” of a family that is helped: no red cross stands beside it."""
    case = case_at(access, "concluded")
    hindered = [step for step in case.assessment["trace"] if step["name"] == "property_within_limits"]
    hindered[0]["value"] = False
    marks = {node.label: node.mark for node in conclusion_of(case).clauses}
    assert marks["财产状况符合规定"] == "aside" and "no" not in marks.values()


def test_it_says_no_with_the_reason(access):
    case = case_at(access, "visited", wage_fen=165_000)
    assess(case, START)
    conclusion = conclusion_of(case)
    assert conclusion.mark == "no"
    assert "家庭人均收入不低于当地最低生活保障标准（民发〔2021〕57号 第三条）" in conclusion.reasons
    assert [node.mark for node in conclusion.clauses if node.label == "家庭人均收入低于低保标准"] == ["no"]


def test_it_says_undetermined_with_what_is_missing(access):
    case = case_at(access, "accepted")
    del case.data["houses"]
    case.household.fact_sheets.update(values={})
    assess(case, START)
    conclusion = conclusion_of(case)
    assert conclusion.mark == "unknown"
    assert any("房屋套数" in wait for wait in conclusion.waits)


def test_it_unfolds_down_to_facts_and_standards(access):
    tree = decision_of(case_at(access, "concluded"))["tree"]
    seen = {label for node in tree for label in labels(node)}
    assert {"低保家庭", "适用的低保标准", "工资性收入"} <= seen


def test_it_unfolds_each_variable_once(access):
    def unfolded(node):
        if node.children and not node.shown_above:
            yield node.label
        for child in node.children:
            yield from unfolded(child)

    names = [name for node in decision_of(case_at(access, "concluded"))["tree"] for name in unfolded(node)]
    assert len(names) == len(set(names))


def test_it_shows_nothing_before_anything_was_worked_out(access):
    assert conclusion_of(case_at(access, "accepted")) is None
