"""低保边缘家庭 (A2), 刚性支出困难家庭 (A3), a single person's dibao (EX06), and the county's spot check (S-034)."""

from __future__ import annotations

import datetime as dt

import pytest

from minzheng.business.assistance.models import Recognition, SpotDraw
from minzheng.business.assistance.spot_checks import draw_delegated, take_in_spot_check
from minzheng.business.assistance.tests.families import FATHER, application, identity, member, monthly
from minzheng.business.assistance.tests.journey import Journey
from minzheng.foundation.cases.jobs import make_due_moves
from minzheng.foundation.people.facts import facts_document
from minzheng.foundation.tasks.models import Task

pytestmark = pytest.mark.django_db
ADULT_SON = identity("43122719980501003")


class LabelJourney(Journey):
    """The same way as dibao's, to a label."""

    def __init__(self, access, data, item):
        self.item = item
        super().__init__(access, {key: data[key] for key in data if not key.startswith("bank_")})


def family(own: str, wage: int, **more):
    working = member("杨秀英", own, "本人", income_kinds=["wage"], wage=monthly(wage), employed=True)
    return application([working, member("吴永贵", FATHER, "配偶", labour_ability="无")], **more)


@pytest.mark.covers("S-036", by="minzheng/business/assistance/labels", screen="/desk/registers/recognitions/")
@pytest.mark.covers(
    "S-038", by="minzheng/business/assistance/rules_labels.py", screen="/desk/registers/recognitions/"
)
def test_the_couple_of_ex02_is_an_edge_family_for_a_year_and_then_applies_anew(cast, access):
    way = LabelJourney(access, family(cast["xiuying"].person.id_no, 1100, edge_asked=True), "A2").granted()
    held = Recognition.objects.get()
    assert (held.label, held.since, held.until) == ("edge", way.today, way.today.replace(year=2027))
    document = facts_document(held.household, way.today)
    assert all(one["on_edge"] is True for one in document["members"])
    last = held.until - dt.timedelta(days=1)
    assert not make_due_moves(last) and make_due_moves(held.until)["认定期满"] == 1
    way.case.refresh_from_db()
    assert way.case.step == "ended"
    assert "on_edge" not in facts_document(held.household, held.until)["members"][0]


def test_who_could_have_dibao_is_told_to_ask_for_it(cast, access):
    way = LabelJourney(access, family(cast["xiuying"].person.id_no, 900, edge_asked=True), "A2")
    way.submit().accept().survey().conclude().propose("propose_refuse").decide("refuse")
    assert way.case.reasons == ["符合最低生活保障条件，应当申请低保（民发〔2021〕57号 第三条、第八条）"]


@pytest.mark.covers("S-037", by="minzheng/business/assistance/labels", screen="/desk/registers/recognitions/")
def test_half_of_the_income_spent_on_medicine_makes_a_label_that_others_read(cast, access):
    data = family(cast["xiuying"].person.id_no, 2000, rigid_asked=True) | {
        "spending_medical": 1_200_100, "spending_education": 0, "spending_other": 0,
        "rigid_living": 0, "rigid_rehabilitation": 0,
    }  # fmt: skip
    way = LabelJourney(access, data, "A3")
    way.case.materials.create(document=way.photo("xiuying"), key="receipts", added_on=way.today)
    way.granted()
    held = Recognition.objects.get()
    assert held.label == "rigid"
    assert facts_document(held.household, way.today)["household"]["rigid_spending_recognised"] is True
    way.later(30).move("approver", "cancel", {"reason": "家庭收入增加"})
    held.refresh_from_db()
    assert (held.until, held.end_reason) == (way.today, "家庭收入增加")


@pytest.mark.covers("S-035", by="minzheng/business/assistance/rules_edge.py", screen="/portal/apply/A1/")
def test_a_disabled_son_of_an_edge_family_gets_dibao_alone(cast, access):
    """EX06: 780 a head; the son, physical grade 2, unemployed: 550.00 for one; the others stay edge."""
    son = member(
        "吴小宝",
        ADULT_SON,
        "子女",
        labour_ability="无",
        disability_type="肢体",
        disability_grade="二级",
        independent=False,
    )
    data = family(cast["xiuying"].person.id_no, 2340)
    data["members"].append(son)
    case = Journey(access, data).granted().case
    assert case.amount_fen == 55_000
    assert case.assessment["results"]["dibao"] is False and case.assessment["results"]["edge"] is True


@pytest.mark.covers(
    "S-034", by="minzheng/business/assistance/spot_checks.py", screen="/desk/registers/spot_draws/"
)
def test_what_a_township_confirmed_is_drawn_and_an_error_brings_it_back_for_review(journey):
    case = journey().granted().case
    case.track = "delegated"
    draw_delegated(case, dt.date(2026, 4, 1))
    draw_delegated(case, dt.date(2026, 4, 2))
    task = Task.objects.get(kind="dibao.spot")  # the first of the year is always chosen, and drawn once
    assert task.office_id == "431227000000"
    take_in_spot_check(task.origin, "wrong", dt.date(2026, 4, 10))
    drawn = SpotDraw.objects.get()
    assert (drawn.finding, drawn.checked_on) == ("有差错", dt.date(2026, 4, 10))
    case.refresh_from_db()
    assert case.step == "review"
