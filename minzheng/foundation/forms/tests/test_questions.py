"""A form's declaration is judged at start-up."""

import pytest

from minzheng.foundation.forms import Form, Group, Question, Section, pages_of, when


def form(*parts):
    return Form((Section("s", "一节", parts),))


def test_it_accepts_a_good_form():
    good = form(
        Question("has_car", "有车吗？", "yes_no"),
        Group("cars", "车辆", (Question("plate", "车牌"),), show_if=when("has_car", True)),
    )
    assert list(good.problems()) == []


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ((Question("a", "甲"), Question("a", "乙")), "两个“a”"),
        ((Question("a", "甲", "colour"),), "不认识"),
        ((Question("a", "甲", "choice"),), "options"),
        ((Question("a", "甲", show_if=when("b", True)),), "没有的问题“b”"),
        ((Question("a", "甲", "date", tense="yesterday"),), "tense"),
        ((Question("id_no", "号码", "id_no", fills=("birth_date", "sex")),), "birth_date、sex"),
        ((Group("g", "组", (Question("a", "甲"),), row_title="b"),), "row_title"),
        ((Group("g", "组", (Question("a", "甲"), Question("a", "乙"))),), "分组 g"),
    ],
)
def test_it_names_the_fault_and_the_remedy(parts, says):
    (problem,) = form(*parts).problems()
    assert says in problem


def test_it_asks_one_question_a_page_unless_they_share_a_heading():
    asked = (
        Question("name", "姓名", page="这个人是谁？"),
        Question("id_no", "身份证号", page="这个人是谁？"),
        Question("phone", "手机号码"),
    )
    assert [(heading, [q.key for q in qs]) for heading, qs in pages_of(asked)] == [
        ("这个人是谁？", ["name", "id_no"]),
        ("手机号码", ["phone"]),
    ]


def test_it_starts_a_new_page_for_what_depends_on_the_page_before():
    asked = (
        Question("works", "有工作吗？", "yes_no", page="工作和上学"),
        Question("wage", "工资", "money", page="工作和上学", show_if=when("works", True)),
        Question("school", "在上学吗？", "yes_no", page="工作和上学"),
    )
    assert [[q.key for q in qs] for _, qs in pages_of(asked)] == [["works"], ["wage", "school"]]


def test_it_shows_a_question_by_the_answer_of_its_own_row_before_the_forms():
    depends = when("ill", True)
    assert depends.holds({"ill": True}, {"ill": False})
    assert not depends.holds({"ill": False}, {"ill": True})
    assert depends.holds({}, {"ill": True})
    assert when("reasons", "illness").holds({}, {"reasons": ["illness", "other"]})
