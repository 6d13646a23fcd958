"""D3, care homes, closed houses, assistive devices: from the need to the month's settlement, and what ends it."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from minzheng.business.disability.aids import lending
from minzheng.business.disability.aids.models import Aid, AidLoan
from minzheng.business.disability.care import actions as care
from minzheng.business.disability.care.models import CareNeed, Placement
from minzheng.business.disability.indicators import counties, serving
from minzheng.business.disability.rehab import keeping
from minzheng.business.disability.rehab.models import Rehab
from minzheng.business.disability.tests.journey import disabled
from minzheng.demo.cast import COUNTY, SIBLING_COUNTY, VILLAGE
from minzheng.foundation.actions import Refused
from minzheng.foundation.calendar import add_months
from minzheng.foundation.cases.api import add_material, do_move, open_case, save_draft, submit
from minzheng.foundation.cases.models import CaseClock
from minzheng.foundation.documents.store import store_document
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.life_events.actions import correct_life_event, undo_life_event
from minzheng.foundation.people.actions import record_life_event
from minzheng.foundation.people.models import FactSheet, LifeEvent, LifeEventKind
from minzheng.foundation.regions.models import Region
from minzheng.foundation.services.models import Order
from minzheng.foundation.services.settle import confirm_settlement, draw_up
from minzheng.foundation.services.tests.workplace import Workplace
from minzheng.foundation.tasks.actions import close_task
from minzheng.foundation.tasks.models import Task
from minzheng.foundation.tasks.visits import Position, VisitDraft, record_visit

pytestmark = pytest.mark.django_db
NOW = dt.date(2026, 3, 2)
APPLIED = {
    "address": "3组", "phone": "14400001234", "mind_diagnosed": True, "hospital": "怀化市第四人民医院",
    "wishes": ["服药训练"], "promise": True,
}  # fmt: skip
OPINION = {"opinion": "符合规定。"}
PLANNED = {
    "mind_diagnosed": True, "level": "medium", "rehab_plan": "每月两次服药训练", "heard": True,
}  # fmt: skip


def picture(user):
    shot = io.BytesIO()
    Image.new("RGB", (8, 8)).save(shot, "JPEG")
    file = SimpleUploadedFile("a.jpg", shot.getvalue(), "image/jpeg")
    return store_document(file, kind="photos", user=user, region_id=COUNTY)


@pytest.fixture
def her(cast):
    return cast["xiuying"].person


@pytest.fixture
def rehab(access, her):
    """Her plan with 夜郎社工, confirmed on the second of March."""
    place = Workplace("夜郎社工", 1, kinds=(keeping.SERVICE,))
    clerk = access("clerk", NOW)
    case = open_case(clerk, "D3", her, her.region, "agent")
    save_draft(clerk, case, APPLIED)
    add_material(clerk, case, "diagnosis", picture(clerk.user))
    submit(clerk, case)
    do_move(clerk, case, "accept")
    do_move(access("township", NOW), case, "plan", PLANNED | {"uscc": place.provider.uscc})
    with pytest.raises(Exception, match="权限"):
        do_move(access("township", NOW), case, "grant", OPINION)
    do_move(access("approver", NOW), case, "grant", OPINION)
    return Rehab.objects.get(case=case)


@pytest.mark.covers("S-136", by="minzheng/business/disability/rehab", screen="/desk/registers/rehabs/")
def test_a_plan_is_served_every_month_checked_every_quarter_and_ends_when_its_goal_is_reached(
    access, her, rehab
):
    assert CaseClock.objects.get(case=rehab.case, key="total").due_on == dt.date(2026, 3, 23), (
        "15 working days"
    )
    assert (rehab.level, rehab.next_check) == ("medium", dt.date(2026, 6, 2))
    assert [keeping.order_the_month(dt.date(2026, 4, day)) for day in (1, 2, 30)] == [1, 0, 0]
    assert keeping.order_the_month(dt.date(2026, 5, 1)) == 1
    assert {order.provider_id for order in Order.objects.filter(person=her)} == {rehab.provider_id}
    assert [keeping.send_checks(dt.date(2026, 6, day)) for day in (1, 2, 3)] == [0, 1, 0]
    task = Task.objects.get(kind=keeping.CHECK)
    answers = {"level": "light", "change": "能自己买菜"}
    record_visit(
        access("township", dt.date(2026, 6, 3)), task,
        VisitDraft("reached", answers=answers, position=Position(27.3, 109.2)),
    )  # fmt: skip
    rehab.refresh_from_db()
    rehab.case.refresh_from_db()
    assert (rehab.level, rehab.until is not None, rehab.case.step) == ("light", True, "ended")


def test_a_death_ends_the_plan_and_its_case(access, her, rehab):
    day = dt.date(2026, 4, 7)
    record_life_event(access("clerk", day), her, LifeEventKind.DEATH, day, "死亡证明")
    rehab.refresh_from_db()
    assert (rehab.until, rehab.case.__class__.objects.get(pk=rehab.case_id).step) == (day, "ended")
    assert keeping.order_the_month(dt.date(2026, 5, 1)) == 0
    undo_life_event(access("reviewer", day), LifeEvent.objects.get(kind="death"), "误登")
    rehab.refresh_from_db()
    assert rehab.until is None and not rehab.case.__class__.objects.get(pk=rehab.case_id).is_finished


def test_a_check_that_was_called_back_or_closed_at_the_desk_comes_again(access, her, rehab):
    day = dt.date(2026, 6, 3)
    assert keeping.send_checks(day) == 1
    record_life_event(access("clerk", day), her, LifeEventKind.DEATH, day, "死亡证明")
    undo_life_event(access("reviewer", day), LifeEvent.objects.get(kind="death"), "误登")
    assert [keeping.send_checks(day), keeping.send_checks(day)] == [1, 0]
    close_task(access("reviewer", day), open_task(keeping.CHECK), reason="本人在省城住院")
    rehab.refresh_from_db()
    assert rehab.last_check is None and rehab.next_check == add_months(timezone.localdate(), 3)
    assert keeping.send_checks(rehab.next_check) == 1


@pytest.mark.covers(
    "S-136",
    by="minzheng/business/disability/indicators.py",
    screen="/desk/indicators/disability.rehab_counties/",
)
def test_a_county_is_covered_in_the_months_in_which_somebody_is_served_there(rehab):
    assert [serving(dt.date(2026, month, 1)).count() for month in (2, 3, 4)] == [0, 1, 1]
    assert serving(dt.date(2026, 3, 1)).get().code == COUNTY
    rehab.until = dt.date(2026, 3, 31)
    rehab.save()
    assert [serving(dt.date(2026, month, 1)).count() for month in (3, 4)] == [1, 0]
    assert counties(dt.date(2026, 3, 1)).count() > 1


@pytest.fixture
def house(cast):
    return Facility.objects.create(
        kind="psychiatric_home", name="新晃县精神卫生福利院", region_id="431227107203",
        opened_on=dt.date(2020, 1, 1), counts={"beds": 1},
    )  # fmt: skip


def open_task(kind):
    return Task.objects.get(kind=kind, state="open")


def need_of(person):
    made = CareNeed(
        name=person.name,
        id_no=person.id_no,
        region=person.region,
        needs=["living_in"],
        carer="母亲",
        assessed_on=NOW,
    )
    made.full_clean()
    made.save()
    return made


STAY = {
    "house": "新晃县精神卫生福利院",
    "bed": "101",
    "ground": "家庭无力照护",
    "guardian": "杨建国",
    "since": NOW,
}


@pytest.mark.covers(
    "S-137", by="minzheng/business/disability/care", screen="/desk/registers/disability-houses/"
)
def test_a_closed_house_takes_nobody_in_and_lets_nobody_go_but_for_treatment(access, cast, her, house):
    clerk, county = access("clerk", NOW), access("approver", NOW)
    need = need_of(her)
    closed = care.close_house(county, house, since=NOW, ordered_by="联防联控指挥部3号", measures="物资代送")
    with pytest.raises(Refused, match="封闭管理"):
        care.place_needy(clerk, need, **STAY)
    care.lift(county, closed, until=NOW)
    stay = care.place_needy(clerk, need, **STAY)
    other = need_of(cast["helper"].person)
    with pytest.raises(Refused, match="已经住满"):
        care.place_needy(clerk, other, **STAY | {"bed": "102"})
    care.close_house(county, house, since=NOW, ordered_by="4号", measures="静默")
    with pytest.raises(Refused, match="封闭管理"):
        care.leave(clerk, stay, until=NOW, left_for="回家")
    assert care.leave(clerk, stay, until=NOW, left_for="转院治疗").until == NOW


@pytest.mark.covers("S-138", by="minzheng/business/disability/care", screen="/desk/registers/care-needs/")
def test_a_need_is_placed_followed_up_every_quarter_and_ends_with_a_death(access, her, house):
    need = need_of(her)
    care.place_needy(access("clerk", NOW), need, **STAY)
    need.refresh_from_db()
    assert (need.state, need.next_visit) == ("placed", dt.date(2026, 6, 2))
    assert [care.send_visits(dt.date(2026, 6, day)) for day in (1, 2, 2)] == [0, 1, 0]
    day = dt.date(2026, 6, 9)
    record_life_event(access("clerk", day), her, LifeEventKind.DEATH, day, "死亡证明")
    need.refresh_from_db()
    assert (need.state, Placement.objects.get().until) == ("done", day)
    assert Task.objects.get(kind=care.VISIT).state == "withdrawn"
    event, earlier = LifeEvent.objects.get(kind="death"), dt.date(2026, 6, 7)
    correct_life_event(access("approver", day), event, earlier, "火化证明")
    assert Placement.objects.get().until == earlier, "the bed was held to the true day"
    undo_life_event(access("approver", day), event, "误登")
    need.refresh_from_db()
    assert (need.state, Placement.objects.get().until) == ("placed", None)
    assert [care.send_visits(day), care.send_visits(day)] == [1, 0], "who is alive is seen"
    close_task(access("township", day), open_task(care.VISIT), reason="已电话核实")
    need.refresh_from_db()
    assert need.seen_on is None and need.next_visit == add_months(timezone.localdate(), 3)
    assert care.send_visits(need.next_visit) == 1


def test_whoever_moves_is_visited_from_the_new_village_and_from_the_old_one_if_it_was_no_move(
    access, regions, her, rehab
):
    day, there = dt.date(2026, 6, 2), Region.objects.get(code=SIBLING_COUNTY)
    care.serve(access("clerk", NOW), need_of(her))

    def offices():
        return [*Task.objects.filter(kind=care.VISIT).order_by("pk").values_list("office_id", "state")]

    care.send_visits(day)
    event = record_life_event(access("clerk", day), her, LifeEventKind.MOVE, day, "公安户籍", to_region=there)
    care.send_visits(day)
    assert offices() == [(VILLAGE, "withdrawn"), (SIBLING_COUNTY, "open")]
    rehab.refresh_from_db()
    assert rehab.region_id == VILLAGE, "the provider's contract is of the old county"
    undo_life_event(access("outsider", day), event, "误登")
    care.send_visits(day)
    assert offices()[1:] == [(SIBLING_COUNTY, "withdrawn"), (VILLAGE, "open")]


@pytest.mark.covers("S-139", by="minzheng/business/disability/aids", screen="/desk/registers/aid-loans/")
def test_a_wheelchair_is_fitted_lent_against_a_deposit_subsidised_and_given_back(access, her):
    station_run_by = Workplace("辅具之家", 2).provider
    Facility.objects.create(
        kind="aid_station", name="晃洲镇辅具站", region_id="431227107203", opened_on=dt.date(2020, 1, 1),
        organisation=station_run_by,
    )  # fmt: skip
    clerk = access("clerk", NOW)
    aid = Aid.objects.create(
        region_id=COUNTY, code="122203", title="手动轮椅", kind="moving", rent_fen=6001, deposit_fen=30_000
    )
    device = lending.stock(access("reviewer", NOW), aid, serial="LY-001", station="晃洲镇辅具站")
    disabled(her)
    FactSheet.objects.create(person=her, values={"on_dibao": True}, source="核对", since=dt.date(2026, 1, 1))
    said = {
        "id_no": her.id_no, "way": "rent", "need": "不能行走", "fitted_on": NOW, "fitted_by": "县残联", "months": 1,
    }  # fmt: skip
    with pytest.raises(Refused, match="先收押金"):
        lending.lend(clerk, device, **said)
    loan = lending.lend(clerk, device, **said, deposit_no="押-1")
    assert (loan.subsidised, loan.due_on) == (True, dt.date(2026, 4, 2))
    with pytest.raises(Refused, match="已租出"):
        lending.lend(clerk, device, **said, deposit_no="押-2")
    assert [lending.remind(dt.date(2026, 4, day)) for day in (2, 3, 4)] == [0, 1, 0]
    later = dt.date(2026, 4, 20)
    with pytest.raises(Refused, match="先退押金"):
        lending.take_back(access("clerk", later), loan, returned_on=later, condition="free")
    lending.take_back(access("clerk", later), loan, returned_on=later, condition="repair", refund_no="退-1")
    assert AidLoan.objects.get().withheld_fen == 0
    county = Region.objects.get(code=COUNTY)
    for month, fen in (((2026, 2), None), ((2026, 3), 3001), ((2026, 4), 3001), ((2026, 5), None)):
        first = dt.date(*month, 1)
        owed = list(lending.due(COUNTY, first))
        assert [one.fen for one in owed] == ([fen] if fen else [])
    made = draw_up(access("reviewer", later), county, benefit="aid_rentals", month=dt.date(2026, 3, 1))
    assert confirm_settlement(access("approver", later), made, expected_fen=made.total_fen).total_fen == 3001
