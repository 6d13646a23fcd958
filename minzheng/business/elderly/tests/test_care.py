"""E2, E6, E7, E8: from the assessed grade to the bed, the voucher, the works and the visits, and what ends them."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from minzheng.business.elderly.assessment.models import Assessment
from minzheng.business.elderly.homecare import alarms
from minzheng.business.elderly.homecare.models import CareBed, Device
from minzheng.business.elderly.renovation.models import Renovation
from minzheng.business.elderly.signals import false_services
from minzheng.business.elderly.support import vouchers
from minzheng.business.elderly.support.models import Voucher
from minzheng.business.elderly.tests.conftest import graded
from minzheng.business.elderly.visiting import rounds
from minzheng.business.elderly.visiting.models import Visited
from minzheng.demo.cast import COUNTY
from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.benefits.timeline import owed_in
from minzheng.foundation.cases.api import do_move, open_case, save_draft, submit
from minzheng.foundation.documents.store import store_document
from minzheng.foundation.events.bus import emit
from minzheng.foundation.life_events.actions import correct_life_event, undo_life_event
from minzheng.foundation.people.actions import record_life_event
from minzheng.foundation.people.models import LifeEventKind, Person
from minzheng.foundation.regions.models import Region
from minzheng.foundation.services import actions
from minzheng.foundation.services.models import Order
from minzheng.foundation.services.settle import confirm_settlement, draw_up
from minzheng.foundation.services.tests.workplace import Workplace

pytestmark = pytest.mark.django_db
NOW = dt.date(2026, 10, 12)
LATER = dt.date(2026, 11, 3)
OPINION = {"opinion": "符合规定。"}
APPLIED = {"address": "3组", "phone": "14400001234", "promise": True}


@pytest.fixture
def take(access, elder):
    """`take("E6", on)` → an accepted case of the elder, and `go(who, move, record)`."""

    def begin(item, on=NOW, **more):
        clerk = access("clerk", on)
        case = open_case(clerk, item, elder, elder.region, "agent")
        save_draft(clerk, case, APPLIED | more)
        submit(clerk, case)
        do_move(clerk, case, "accept")
        return case, lambda who, key, record=None: do_move(access(who, on), case, key, record or OPINION)

    return begin


def picture(user):
    shot = io.BytesIO()
    Image.new("RGB", (8, 8)).save(shot, "JPEG")
    file = SimpleUploadedFile("a.jpg", shot.getvalue(), "image/jpeg")
    return store_document(file, kind="photos", user=user, region_id=COUNTY).pk


def bed_of(take, cast, provider, on=NOW):
    _, go = take("E6", on)
    installed = {
        "uscc": provider.uscc, "contract_no": "床-1", "contract_until": "2027-10-01", "contact_24h": "14400001111",
        "devices": [{"kind": "call", "serial": "SN-1"}], "photos": [picture(cast["clerk"])],
    }  # fmt: skip
    go("clerk", "install", installed)
    tested = OPINION | {"tested": True, "acceptance_photos": [picture(cast["township"])]}
    with pytest.raises(Refused, match="另一位"):
        go("clerk", "accept_bed", tested)
    go("township", "accept_bed", tested)
    go("approver", "grant")
    return CareBed.objects.get(provider=provider)


def settle(access, benefit, month=dt.date(2026, 10, 1)):
    made = draw_up(access("reviewer", LATER), Region.objects.get(code=COUNTY), benefit=benefit, month=month)
    return confirm_settlement(access("approver", LATER), made, expected_fen=made.total_fen)


@pytest.mark.covers("S-092", by="minzheng/business/elderly/homecare", screen="/desk/registers/care-beds/")
def test_a_bed_at_home_is_accepted_by_another_person_and_paid_for_months_that_were_served(
    access, cast, take, elder
):
    place = Workplace("夜郎社工", 1)
    bed = bed_of(take, cast, place.provider)
    assert (bed.person_id, bed.since, bed.devices.get().serial) == (elder.pk, NOW, "SN-1")
    helper = access("helper", NOW)
    actions.confirm(helper, place.served(helper, elder, NOW, payer="bed", provider=place.provider), rating=5)
    assert settle(access, "care_beds", dt.date(2026, 9, 1)).total_fen == 0
    assert (
        draw_up(
            access("reviewer", LATER),
            Region.objects.get(code=COUNTY),
            benefit="care_beds",
            month=dt.date(2026, 10, 1),
        ).total_fen
        == 0
    ), "one service of the two that the standard asks for"
    actions.confirm(
        helper, place.served(helper, elder, NOW, hour=14, payer="bed", provider=place.provider), rating=5
    )
    assert settle(access, "care_beds").total_fen == 30_000
    right = Entitlement.objects.get(benefit="care_beds")
    assert (right.organisation_id, owed_in(right, dt.date(2026, 10, 1))) == (place.provider.pk, 30_000)


@pytest.mark.parametrize("event", ["death", "admission"])
def test_a_death_or_an_admission_ends_the_bed_the_visits_and_the_case(access, cast, take, elder, event):
    rounds.enrol(COUNTY, NOW)
    bed = bed_of(take, cast, Workplace("夜郎社工", 1).provider)
    day = dt.date(2026, 10, 20)
    if event == "death":
        record_life_event(access("clerk", day), elder, LifeEventKind.DEATH, day, "死亡证明")
    else:
        emit("home.admitted", person=elder.pk, facility=1, on=day.isoformat())
    bed.refresh_from_db()
    assert (bed.until, bed.case.status, Visited.objects.get(person=elder).until) == (day, "ended", day)


def test_a_death_of_another_day_moves_the_end_and_one_that_was_none_takes_it_back(access, cast, take, elder):
    rounds.enrol(COUNTY, NOW)
    bed = bed_of(take, cast, Workplace("夜郎社工", 1).provider)
    day, right_day = dt.date(2026, 10, 20), dt.date(2026, 10, 18)
    event = record_life_event(access("clerk", day), elder, LifeEventKind.DEATH, day, "村里报告")
    correct_life_event(access("township", day), event, right_day, "死亡证明")
    bed.refresh_from_db()
    assert (bed.until, Visited.objects.get(person=elder).until) == (right_day, right_day)
    undo_life_event(access("township", LATER), event, "同名同姓，登记错了人")
    bed.refresh_from_db()
    visited = Visited.objects.get(person=elder)
    assert (bed.until, bed.ended_for, bed.case.status) == (None, "", "active")
    assert (visited.until, visited.next_due >= LATER) == (None, True)


@pytest.mark.covers("S-079", by="minzheng/business/elderly/support", screen="/desk/registers/elder-vouchers/")
def test_a_voucher_comes_every_month_pays_for_orders_and_expires(access, take, elder):
    case, go = take("E2V")
    go("township", "propose_grant")
    go("approver", "grant")
    assert (case.amount_fen, vouchers.balance(elder.pk, NOW), vouchers.issue(NOW)) == (80_000, 80_000, 0)
    helper, place = access("helper", NOW), Workplace("夜郎社工", 1)
    order = actions.ask(helper, elder, kind="bath", channel="helper", payer="voucher")
    assert vouchers.balance(elder.pk, NOW) == 72_000
    actions.cancel(helper, order, reason="改天")
    assert vouchers.balance(elder.pk, NOW) == 80_000
    Voucher.objects.update(spent_fen=75_000)
    with pytest.raises(Refused, match=r"还差 30\.00"):
        actions.ask(helper, elder, kind="bath", channel="helper", payer="voucher")
    assert [
        vouchers.balance(elder.pk, dt.date(2026, 10, 31)),
        vouchers.balance(elder.pk, dt.date(2026, 11, 1)),
    ] == [5000, 0]
    assert [vouchers.issue(dt.date(2026, 11, 1)), vouchers.issue(dt.date(2026, 11, 2))] == [1, 0]
    Assessment.objects.update(valid_until=dt.date(2026, 11, 30))
    assert vouchers.issue(dt.date(2026, 12, 1)) == 0, "the grade is no longer known"
    assert place.contract.pk


@pytest.mark.covers("S-079", by="minzheng/business/elderly/support", screen="/desk/intake/")
def test_the_care_subsidy_goes_by_grade_and_yields_to_a_nursing_subsidy_that_is_not_lower(
    access, cast, take, elder
):
    account = {"bank_name": "农商行", "bank_account": "6217000000000000003"}
    case, go = take("E2", **account)
    go("township", "propose_grant")
    go("approver", "grant")
    assert owed_in(Entitlement.objects.get(benefit="elder_care"), dt.date(2026, 11, 1)) == 6000
    graded(elder, cast, 4, dt.date(2026, 10, 15))
    emit("ability.assessed", person=elder.pk, on="2026-10-15")
    case.refresh_from_db()
    assert (case.step, case.assessment["amount_fen"]) == ("recheck", 20_000)


@pytest.mark.covers("S-106", by="minzheng/business/elderly/renovation", screen="/desk/registers/renovations/")
def test_works_stay_under_the_cap_are_accepted_by_another_person_once_for_each_home_and_paid(
    access, cast, take
):
    firm = Workplace("安居工程", 4).provider
    case, go = take("E8")
    shots = [picture(cast["clerk"])]

    def design(fen):
        return {"works": [{"place": "如厕洗浴", "what": "装扶手", "cost": fen}], "survey_photos": shots}

    go("clerk", "design", design(300_001))
    with pytest.raises(Refused, match=r"超过每户上限 3000\.00"):
        go("reviewer", "approve")
    go("reviewer", "send_back", {"reason": "超了"})
    go("clerk", "design", design(300_000))
    go("reviewer", "approve")
    go("clerk", "finish", {"uscc": firm.uscc, "finished_on": "2026-10-12", "cost": 298_000, "photos": shots})
    accepted = OPINION | {"satisfied": True, "acceptance_photos": [picture(cast["township"])]}
    with pytest.raises(Refused, match="另一位"):
        go("clerk", "grant", accepted | {"acceptance_photos": shots})
    go("township", "grant", accepted)
    assert (case.status, Renovation.objects.get().works) == ("done", ["装扶手"])
    assert settle(access, "renovations").total_fen == 298_000
    assert settle(access, "renovations", dt.date(2026, 11, 1)).total_fen == 0
    again, _ = take("E8", LATER)
    assert again.assessment["eligible"] is False


@pytest.mark.covers("S-100", by="minzheng/business/elderly/homecare", screen="/desk/dispatch/")
def test_an_alarm_rings_once_is_answered_sends_somebody_and_is_reported(access, cast, take, elder):
    bed_of(take, cast, Workplace("夜郎社工", 1, kinds=("urgent", "visit")).provider)
    now = dt.datetime(2026, 10, 20, 3, 0, tzinfo=dt.UTC)
    device = alarms.device_of("SN-1")
    helper = access("helper", NOW)
    alarm = alarms.ring(helper, device, key="m-1", what="按下呼叫", rang_at=now)
    assert alarms.ring(helper, device, key="m-1", what="按下呼叫", rang_at=now).pk == alarm.pk
    assert alarm.answer_by - alarm.rang_at == dt.timedelta(seconds=60)
    alarms.answer(helper, alarm)
    sent = alarms.send(helper, alarm, told="女儿")
    assert (sent.order.kind, sent.order.channel) == ("urgent", "device")
    assert alarms.close(helper, sent, report="滑倒，已送医").state == "closed"
    assert Device.objects.filter(removed_on=None).count() == 1 and alarms.device_of("没有") is None


@pytest.mark.covers("S-065", by="minzheng/business/elderly/signals.py", screen="/desk/signals/services/")
def test_services_to_the_dead_in_two_places_at_once_or_too_far_apart_are_found(access, elder):
    place, helper = Workplace("夜郎社工", 1), access("helper", NOW)
    first = place.served(helper, elder, NOW, hour=9)
    month = NOW.replace(day=1)
    near = place.served(helper, elder, NOW, hour=11)
    assert not false_services(month, "431227")
    Order.objects.filter(pk=near.pk).update(latitude=28.9)
    assert [hit.detail["what"] for hit in false_services(month, "431227")] == ["travel"]
    Order.objects.filter(pk=near.pk).update(started_at=first.started_at + dt.timedelta(minutes=10))
    assert [hit.detail["what"] for hit in false_services(month, "431227")] == ["overlap"]
    Person.objects.filter(pk=elder.pk).update(died_on=NOW - dt.timedelta(days=1))
    assert [hit.detail["what"] for hit in false_services(month, "431227")] == ["dead"]
    assert not false_services(dt.date(2026, 9, 1), "431227")
