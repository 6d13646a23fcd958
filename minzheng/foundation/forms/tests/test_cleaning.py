"""Cleaning a whole form: each answer, rows, conditions, and what contradicts an identity number."""

import datetime as dt

import pytest

from minzheng.foundation.forms import Form, Group, Question, Section, clean, warnings, when

TODAY = dt.date(2026, 11, 2)
XIUYING = "431227197903080026"
MEMBERS = Group(
    "members",
    "共同生活的家庭成员",
    (
        Question("name", "姓名", "name"),
        Question("id_no", "身份证号", "id_no", fills=("birth_date", "sex")),
        Question("birth_date", "出生日期", "date", tense="past"),
        Question("sex", "性别", "choice", options=(("1", "男"), ("2", "女"))),
        Question("is_ill", "有重病吗？", "yes_no"),
        Question("illness", "什么病？", show_if=when("is_ill", True)),
    ),
    row="家庭成员",
    min=1,
    max=2,
)
FORM = Form(
    (
        Section("members", "家庭成员", (MEMBERS,)),
        Section(
            "property",
            "财产",
            (
                Question("has_car", "家里有车吗？", "yes_no"),
                Group("cars", "车辆", (Question("plate", "车牌号"),), min=1, show_if=when("has_car", True)),
                Question("deposits", "存款", "money"),
                Question("phone", "电话", "phone", required=False),
            ),
        ),
    ),
    checks=(lambda answers: [("deposits", "请核对存款。")] if answers["deposits"] == 4_00 else [],),
)
MEMBER = {"name": "杨秀英", "id_no": XIUYING, "is_ill": "no"}
GOOD = {"members": [MEMBER], "has_car": "no", "deposits": "0"}


def errors_of(**changes):
    return clean(FORM, GOOD | changes, today=TODAY)[1]


def test_it_returns_json_and_fills_birth_date_and_sex_from_the_number():
    cleaned, errors = clean(FORM, GOOD, today=TODAY)
    assert errors == {}
    assert cleaned == {
        "members": [
            {"name": "杨秀英", "id_no": XIUYING, "birth_date": "1979-03-08", "sex": "2", "is_ill": False}
        ],
        "has_car": False,
        "deposits": 0,
    }
    assert clean(FORM, cleaned, today=TODAY) == (cleaned, {})


def test_it_says_where_a_birth_date_or_sex_contradicts_the_number():
    errors = errors_of(members=[MEMBER | {"birth_date": "1979-03-09", "sex": "1"}])
    assert "号码里的出生日期是1979年3月8日" in errors["members.0.birth_date"]
    assert "号码里的性别是“女”" in errors["members.0.sex"]


def test_it_points_at_each_missing_answer_by_its_row():
    errors = errors_of(members=[MEMBER, {}], deposits="")
    assert errors["deposits"] == "请填写：存款。"
    assert errors["members.1.name"] == "请填写：姓名。"
    assert errors["members.1.is_ill"] == "请选择：有重病吗。"
    assert "members.1.illness" not in errors, "not asked, so not missing"


def test_it_keeps_the_good_answers_beside_the_bad_ones():
    cleaned, errors = clean(FORM, GOOD | {"deposits": "-3"}, today=TODAY)
    assert set(errors) == {"deposits"}
    assert cleaned["members"][0]["name"] == "杨秀英"


@pytest.mark.parametrize(
    ("rows", "says"), [([], "至少填写1个"), ([MEMBER] * 3, "最多填写2个家庭成员，现在有3个")]
)
def test_it_counts_rows(rows, says):
    assert says in errors_of(members=rows)["members"]


def test_it_asks_for_a_car_only_if_there_is_one_and_forgets_a_hidden_answer():
    assert "cars" not in clean(FORM, GOOD | {"cars": [{"plate": "湘N12345"}]}, today=TODAY)[0]
    assert "至少填写1个" in errors_of(has_car="yes")["cars"]
    assert errors_of(has_car="yes", cars=[{"plate": "湘N12345"}]) == {}


def test_it_accepts_gaps_in_a_draft_but_no_nonsense():
    assert clean(FORM, {}, today=TODAY, partial=True) == ({"members": []}, {})
    assert set(clean(FORM, {"deposits": "-1"}, today=TODAY, partial=True)[1]) == {"deposits"}


def test_it_runs_the_forms_own_checks_last():
    assert errors_of(deposits="4") == {"deposits": "请核对存款。"}
    assert set(errors_of(deposits="4", has_car="")) == {"has_car"}


def test_it_warns_of_an_unknown_old_division_without_refusing(regions):
    data = GOOD | {"members": [MEMBER | {"id_no": "439999197903080023"}]}
    assert clean(FORM, data, today=TODAY)[1] == {}
    assert "439999" in warnings(FORM, data)["members.0.id_no"]


@pytest.mark.parametrize(
    "rubbish", [{"members": "x"}, {"members": [None]}, {"deposits": {}}, {"has_car": ["a"]}]
)
def test_it_survives_rubbish(rubbish):
    assert clean(FORM, GOOD | rubbish, today=TODAY)[1]
