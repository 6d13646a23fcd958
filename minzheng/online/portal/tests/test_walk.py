"""The way through a form: pages in order, conditions, rows, and the page on which a mistake is mended."""

import datetime as dt

from minzheng.foundation.forms import Form, Group, Question, Section, when
from minzheng.online.portal.apply.walk import (
    find_row_stop,
    find_stop,
    is_begun,
    is_done,
    next_stop,
    previous_stop,
    stop_for_path,
    stops,
    stops_of_row,
)

TODAY = dt.date(2026, 11, 2)
XIUYING = "431227197903080026"
MEMBERS = Group(
    "members",
    "共同生活的家庭成员",
    (
        Question("name", "姓名", "name", page="这个人是谁？"),
        Question("id_no", "身份证号", "id_no", page="这个人是谁？", fills=("birth_date", "sex")),
        Question("birth_date", "出生日期", "date", tense="past"),
        Question("sex", "性别", "choice", options=(("1", "男"), ("2", "女"))),
        Question("wage", "每月工资", "money"),
        Question("employer", "在哪里上班？", show_if=when("wage", 100)),
    ),
    min=1,
    max=2,
)
FORM = Form(
    (
        Section("family", "家庭", (Question("address", "住址"), MEMBERS)),
        Section(
            "property",
            "财产",
            (
                Question("has_car", "有车吗？", "yes_no"),
                Group("cars", "车辆", (Question("plate", "车牌"),), min=1, show_if=when("has_car", True)),
                Question("deposits", "存款", "money"),
            ),
        ),
    )
)


def slugs(data):
    return [stop.slug for stop in stops(FORM, data)]


def test_it_leads_through_the_form_in_order_and_asks_for_cars_only_of_those_who_have_one():
    assert slugs({}) == ["address", "members", "has_car", "deposits"]
    assert slugs({"has_car": True}) == ["address", "members", "has_car", "cars", "deposits"]


def test_it_goes_forwards_and_backwards_within_a_section_only():
    data = {"has_car": True}
    walked = [stop := find_stop(FORM, data, "property", "has_car")]
    while stop := next_stop(FORM, stop, data):
        walked.append(stop)
    assert [stop.slug for stop in walked] == ["has_car", "cars", "deposits"]
    assert previous_stop(FORM, walked[2], data) == walked[1]
    assert previous_stop(FORM, walked[0], data) is None


def test_it_does_not_ask_again_what_the_identity_number_says():
    section = FORM.sections[0]
    unknown = [stop.slug for stop in stops_of_row(section, MEMBERS, 0, {})]
    known = [stop.slug for stop in stops_of_row(section, MEMBERS, 0, {"members": [{"id_no": XIUYING}]})]
    assert unknown == ["name", "birth_date", "sex", "wage"]
    assert known == ["name", "wage"]


def test_it_returns_to_the_list_after_the_last_page_about_a_member():
    data = {"members": [{"name": "杨秀英", "id_no": XIUYING}]}
    first = find_row_stop(FORM, data, "members", 0, "name")
    last = next_stop(FORM, first, data)
    assert (last.slug, last.row) == ("wage", 0)
    back = next_stop(FORM, last, data)
    assert (back.slug, back.is_list) == ("members", True)
    assert previous_stop(FORM, first, data).is_list


def test_it_adds_one_row_after_the_last_and_none_beyond():
    data = {"members": [{}]}
    assert find_row_stop(FORM, data, "members", 1, "name").row == 1
    assert find_row_stop(FORM, data, "members", 2, "name") is None
    assert find_row_stop(FORM, {"members": [{}, {}]}, "members", 2, "name") is None, "the group's max is two"


def test_it_has_no_page_for_what_is_not_asked():
    assert find_stop(FORM, {}, "property", "cars") is None
    assert find_row_stop(FORM, {}, "cars", 0, "plate") is None
    assert stop_for_path(FORM, {}, "nonsense") is None


def test_it_finds_the_page_where_a_mistake_is_mended():
    data = {"members": [{"name": "杨秀英"}]}
    found = stop_for_path(FORM, data, "members.0.id_no")
    assert (found.slug, found.row) == ("name", 0)
    assert stop_for_path(FORM, data, "members").is_list
    assert stop_for_path(FORM, data, "deposits").section.key == "property"


def test_it_knows_what_is_begun_and_what_is_done():
    address = find_stop(FORM, {}, "family", "address")
    members = find_stop(FORM, {}, "family", "members")
    assert not is_begun(address, {})
    assert is_done(address, {"address": "二组5号"}, TODAY)
    half = {"members": [{"name": "杨秀英"}]}
    assert is_begun(members, half)
    assert not is_done(members, half, TODAY)
    assert is_done(members, {"members": [{"name": "杨秀英", "id_no": XIUYING, "wage": 0}]}, TODAY)


def test_it_knows_a_page_as_open_that_depends_on_another_page_of_the_same_row():
    data = {"members": [{"name": "杨秀英", "id_no": XIUYING, "wage": 100}]}
    employer = find_row_stop(FORM, data, "members", 0, "employer")
    assert not is_done(employer, data, TODAY)
