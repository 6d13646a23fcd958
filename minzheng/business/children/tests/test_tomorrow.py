"""C6 明天计划: hospital chosen, bill checked by another person, paid from its own settlement, visited later (S-116)."""

from __future__ import annotations

import datetime as dt

import pytest

from minzheng.business.children.handlers import send_what_is_due
from minzheng.business.children.models import Treatment
from minzheng.business.children.tests.journey import OPINION, VILLAGE, a_child
from minzheng.business.children.tomorrow.keeping import recall
from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.benefits.timeline import owed_in
from minzheng.foundation.cases.api import add_material, do_move, open_case, save_draft, submit
from minzheng.foundation.documents.models import Document
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.people.models import FactSheet
from minzheng.foundation.regions.models import Region
from minzheng.foundation.services.settle import confirm_settlement, draw_up
from minzheng.foundation.services.tests.workplace import Workplace
from minzheng.foundation.tasks.models import Task
from minzheng.foundation.tasks.visits import Position, VisitDraft, record_visit

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 2)
HOME = dt.date(2026, 4, 10)
HOSPITAL = "怀化市第一人民医院"
ARRANGED = {"hospital": HOSPITAL, "plan": "先天性心脏病，介入手术。", "ceiling": 3_000_000, "heard": True}
BILL = {
    "admitted_on": "2026-03-20", "discharged_on": "2026-04-10", "total": 6_800_000, "insured": 4_100_000,
    "helped": 200_000,
}  # fmt: skip


@pytest.fixture
def hospital(cast):
    firm = Workplace(HOSPITAL, 7).provider
    return Facility.objects.create(
        kind="tomorrow_hospital", name=HOSPITAL, region_id=VILLAGE, organisation=firm, opened_on=dt.date(2000, 1, 1)
    )  # fmt: skip


def picture_of(access, name):
    return Document.objects.create(
        kind="材料", name=name, content_type="image/jpeg", uploaded_by=access.user, size=1, sha256="0" * 64
    )


class Plan:
    def __init__(self, access):
        self.access, self.on = access, DAY
        child = a_child(id_no="431227201603100012")
        FactSheet.objects.create(
            person=child, values={"recognised_as": "孤儿"}, source="台账移交", since=dt.date(2020, 1, 1)
        )
        helper = access("helper", DAY)
        self.case = open_case(helper, "C6", child, child.region, "desk")
        answers = {
            "illness": "先天性心脏病", "help_kinds": ["手术和住院治疗"], "guardian_name": "杨大年",
            "guardian_relation": "祖父", "phone": "14400001234", "consent": True, "promise": True,
        }  # fmt: skip
        save_draft(helper, self.case, answers)
        add_material(helper, self.case, "diagnosis", picture_of(helper, "诊断.jpg"))
        submit(helper, self.case)

    def go(self, who, key, record=None):
        self.case.refresh_from_db()
        return do_move(self.access(who, self.on), self.case, key, record or {})

    def confirmed(self):
        self.go("clerk", "accept")
        self.go("reviewer", "arrange", ARRANGED)
        self.go("reviewer", "propose", OPINION)
        self.go("approver", "grant", OPINION)
        return self

    def billed(self, **bill):
        self.on = HOME
        paper = picture_of(self.access("reviewer", HOME), "结算单.jpg")
        self.go("reviewer", "bill", BILL | bill | {"invoices": [paper.pk]})
        return self


@pytest.mark.covers(
    "S-116", by="minzheng/business/children/tomorrow", screen="/desk/registers/tomorrow_plan/"
)
def test_the_hospital_is_paid_what_insurance_left_over_and_the_child_is_visited(access, cast, hospital):
    plan = Plan(access).confirmed()
    treatment = Treatment.objects.get()
    assert (treatment.hospital, treatment.ceiling_fen) == (hospital.organisation, 3_000_000)
    plan.billed()
    with pytest.raises(Refused, match="另一位"):
        plan.go("reviewer", "settle", OPINION)
    plan.go("approver", "settle", OPINION)
    plan.case.refresh_from_db()
    treatment.refresh_from_db()
    assert (plan.case.status, treatment.own_fen, treatment.next_visit) == (
        "helped",
        2_500_000,
        dt.date(2026, 7, 10),
    )

    county, april = Region.objects.get(code="431227000000"), dt.date(2026, 4, 1)
    run = draw_up(access("reviewer", HOME), county, benefit="tomorrow_plan", month=april)
    confirm_settlement(access("approver", HOME), run, expected_fen=2_500_000)
    right = Entitlement.objects.get(benefit="tomorrow_plan")
    assert (right.organisation, owed_in(right, april)) == (hospital.organisation, 2_500_000)
    next_month = dt.date(2026, 5, 4)
    again = draw_up(
        access("reviewer", next_month), county, benefit="tomorrow_plan", month=dt.date(2026, 5, 1)
    )
    assert again.total_fen == 0

    send_what_is_due(day="2026-07-09")
    assert not Task.objects.filter(kind="children.recovery").exists()
    send_what_is_due(day="2026-07-10")
    send_what_is_due(day="2026-07-11")
    task = Task.objects.get(kind="children.recovery")
    seen = VisitDraft(outcome="well", answers={"recovery": "能跑能跳"}, position=Position(missing="没有信号"))
    record_visit(access("supervisor", dt.date(2026, 7, 12)), task, seen)
    treatment.refresh_from_db()
    assert treatment.visited_on is not None
    assert treatment.recovery == "能跑能跳"


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"hospital": "某某诊所"}, "定点医院"),
        ({"ceiling": 5_000_001}, r"超过每次上限 50,?000\.00"),
    ],
)
def test_an_arrangement_needs_a_designated_hospital_and_stays_under_the_cap(
    access, cast, hospital, changed, why
):
    plan = Plan(access)
    plan.go("clerk", "accept")
    plan.go("reviewer", "arrange", ARRANGED | changed)
    with pytest.raises(Refused, match=why):
        plan.go("reviewer", "propose", OPINION)
    plan.go("reviewer", "arrange", ARRANGED | {"ceiling": 5_000_000})
    plan.go("reviewer", "propose", OPINION)


@pytest.mark.parametrize(
    ("bill", "why"),
    [
        ({"discharged_on": "2026-03-19"}, "早于入院"),
        ({"helped": 2_700_001}, "超过总费用"),
        ({"total": 7_300_001}, "超过核定额度"),
    ],
)
def test_a_bill_that_cannot_be_right_is_sent_back_and_mended(access, cast, hospital, bill, why):
    plan = Plan(access).confirmed().billed(**bill)
    with pytest.raises(Refused, match=why):
        plan.go("approver", "settle", OPINION)
    plan.go("approver", "redo", {"reason": "请核对"})
    assert Treatment.objects.get().state == "treated"
    plan.billed(total=7_300_000).go("approver", "settle", OPINION)
    assert Treatment.objects.get().own_fen == 3_000_000


def test_no_second_treatment_begins_while_one_runs_and_a_child_not_recognised_is_refused(
    access, cast, hospital
):
    plan = Plan(access).confirmed()
    plan.go("reviewer", "give_up", {"reason": "转院"})
    assert Treatment.objects.get().state == "given_up"
    Treatment.objects.update(state="treated")
    child = plan.case.applicant
    other = open_case(access("helper", DAY), "C6", child, child.region, "desk")
    assert recall(other, DAY) == {"tomorrow_running": True}
    assert recall(plan.case, DAY) == {"tomorrow_running": False}
