"""Reception, cremation, and what a death does at once: papers asked for, storage counted, benefits ended, day ranked."""

import pytest
from django.core.exceptions import PermissionDenied

from minzheng.business.funeral.deaths import add_statement
from minzheng.business.funeral.handlers import look_after_the_dead
from minzheng.business.funeral.models import DeathStatement, Reception, WaiverOffer
from minzheng.business.funeral.night import end_lives
from minzheng.business.funeral.receptions import extend_storage, hand_on
from minzheng.business.funeral.tests.making import (
    COUNTY,
    account,
    body,
    burn,
    day,
    facility,
    home,
    person,
)
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.actions import grant
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.benefits.timeline import Why
from minzheng.foundation.certificates.models import Issued
from minzheng.foundation.events.models import Event
from minzheng.foundation.life_events.actions import undo_life_event
from minzheng.foundation.people.models import LifeEvent
from minzheng.foundation.tasks.models import Task

pytestmark = pytest.mark.django_db


@pytest.mark.covers("S-154", by="minzheng/business/funeral/receptions.py", screen="/desk/funeral/")
def test_from_reception_to_the_cremation_certificate(at, client):
    where, dead = home(), person()
    held = body(at("2026-10-18"), where, dead, "2026-10-17", "2026-10-18")
    assert held.storage_until == day("2026-10-21")  # three days, the day of reception not counted
    assert LifeEvent.objects.get(person=dead).happened_on == day("2026-10-17")
    done = burn(at("2026-10-20"), held, "2026-10-20")
    assert done.cremation_no.startswith("HH2026") and done.video_until == day("2027-01-18")
    paper = Issued.objects.get(kind="cremation")
    assert paper.person == dead and ["火化编号", done.cremation_no] in paper.rows
    shown = client.get(f"/verify/{paper.token}/").content.decode()
    assert "<dt>逝者</dt>" in shown and "持证人" not in shown
    assert dead.id_no[6:14] not in str(paper.public) + str(Event.objects.values_list("payload", flat=True))
    assert Event.objects.filter(kind="person.died", payload__person=dead.pk).count() == 1
    assert WaiverOffer.objects.get(person=dead).died_on == day("2026-10-17")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"certificate_no": " "}, "没有死亡证明"),
        ({"received": "2026-10-16"}, "死亡日期之后"),
        ({"received": "2026-10-19"}, "今天之前"),
    ],
)
def test_without_its_papers_no_body_is_received(at, change, reason):
    dead = person()
    with pytest.raises(Refused, match=reason):
        body(at("2026-10-18"), home(), dead, "2026-10-17", **{"received": "2026-10-18"} | change)
    dead.refresh_from_db()
    assert dead.died_on is None and not Reception.objects.exists()


def test_no_cremation_without_the_confirmation_form_and_none_twice(at):
    held = body(at("2026-10-18"), home(), person(), "2026-10-17", "2026-10-18")
    from minzheng.business.funeral.receptions import cremate

    with pytest.raises(Refused, match="确认书"):
        cremate(at("2026-10-19"), held, confirmation_no="", cremated_on="2026-10-19")
    burn(at("2026-10-19"), held, "2026-10-19")
    with pytest.raises(Refused, match="已火化"):
        burn(at("2026-10-19"), held, "2026-10-19")
    with pytest.raises(Refused, match="不要重复接收"):
        body(at("2026-10-20"), home(), held.person, "2026-10-17", "2026-10-20")


def test_storage_runs_out_after_three_days_and_is_longer_only_with_a_reason(at):
    where = home()
    held = body(at("2026-10-18"), where, person(), "2026-10-17", "2026-10-18")
    look_after_the_dead(day="2026-10-21")
    assert not Task.objects.filter(kind="funeral.storage").exists()
    for _ in range(2):
        look_after_the_dead(day="2026-10-22")
    assert Task.objects.filter(kind="funeral.storage").count() == 1
    with pytest.raises(Refused, match="最多延长7日"):
        extend_storage(at("2026-10-22"), held, days=8, reason="等家属")
    with pytest.raises(Refused, match="原因"):
        extend_storage(at("2026-10-22"), held, days=7, reason=" ")
    assert extend_storage(at("2026-10-22"), held, days=7, reason="公安未出结论").storage_until == day(
        "2026-10-28"
    )
    abroad = {"reason": "运回原籍贵州玉屏", "leaves_county": True}
    with pytest.raises(Refused, match="接收证明"):
        hand_on(at("2026-10-23"), held, **abroad)
    assert hand_on(at("2026-10-23"), held, **abroad, certificate_no="玉殡接1号").state == "handed_on"


def grant_two(access, dead):
    """The two subsidies of a disabled person, from January on."""
    why = Why("granted", "测试", day("2025-12-05"))
    return [
        grant(access, dead, code=code, amount_fen=7_000, why=why, applied_on=day("2026-01-03"))
        for code in ("living_subsidy", "nursing_subsidy")
    ]


@pytest.mark.covers(
    "S-159", by="minzheng/business/funeral/handlers.py", screen="/desk/registers/death_statements/"
)
def test_two_benefits_end_with_the_month_of_death_and_a_surer_source_moves_it_once(at):
    """DC7; rank: medical certificate > cremation > police > village."""
    dead = person()
    rights = grant_two(at("2026-01-05", "approver"), dead)

    def last_months():
        return [Entitlement.objects.get(pk=right.pk).until_month for right in rights]

    held = body(at("2026-10-02"), home(), dead, "2026-10-01", "2026-10-02", source="village")
    assert last_months() == [day("2026-10-01")] * 2
    burn(at("2026-10-03"), held, "2026-10-03")
    first = DeathStatement.objects.get(source="village")
    add_statement(at("2026-10-04"), first, source="hospital", document_no="医1", died_on="2026-09-30")
    assert last_months() == [day("2026-09-01")] * 2
    dead.refresh_from_db()
    assert dead.died_on == day("2026-09-30")
    add_statement(at("2026-10-05"), first, source="police", document_no="警1", died_on="2026-10-01")
    assert last_months() == [day("2026-09-01")] * 2, "a lower rank is kept on record and changes nothing"
    amended = Event.objects.filter(kind="entitlement.amended").count()
    add_statement(at("2026-10-06"), first, source="hospital", document_no="医1", died_on="2026-09-30")
    assert Event.objects.filter(kind="entitlement.amended").count() == amended, "said twice, done once"
    assert Event.objects.filter(kind="person.death_corrected").count() == 1


def test_a_later_day_gives_back_the_months_that_were_lived(at):
    dead = person()
    rights = grant_two(at("2026-01-05", "approver"), dead)
    body(at("2026-10-20"), home(), dead, "2026-09-30", "2026-10-20", source="police")
    first = DeathStatement.objects.get()
    add_statement(at("2026-10-21"), first, source="hospital", document_no="医1", died_on="2026-10-19")
    assert {Entitlement.objects.get(pk=right.pk).until_month for right in rights} == {day("2026-10-01")}


def test_the_night_ends_what_a_bulk_of_cremations_left_running_and_twice_is_once(at):
    dead = person()
    rights = grant_two(at("2026-01-05", "approver"), dead)
    Reception.objects.create(
        number="旧1", home=home(), region_id=COUNTY, person=dead, source="police", certificate_no="警9",
        died_on=day("2026-10-01"), received_on=day("2026-10-01"), storage_until=day("2026-10-04"), family_name="龙",
        family_relation="子女", family_phone="13900000000", confirmation_no="确9", cremation_no="HH9",
        cremated_on=day("2026-10-02"), ended_on=day("2026-10-02"), state="cremated",
    )  # fmt: skip
    assert (end_lives(day("2026-10-03")), end_lives(day("2026-10-04"))) == (1, 0)
    assert {Entitlement.objects.get(pk=right.pk).until_month for right in rights} == {day("2026-10-01")}


def test_a_death_that_was_undone_is_not_recorded_again_by_the_night_nor_is_anybody_cremated_under_it(at):
    where, burnt, held = home(), person(), person()
    burn(at("2026-10-19"), body(at("2026-10-18"), where, burnt, "2026-10-17", "2026-10-18"), "2026-10-19")
    lies = body(at("2026-10-18"), where, held, "2026-10-17", "2026-10-18")
    for wrong in (burnt, held):
        undo_life_event(at("2026-10-20", "township"), wrong.life_events.get(kind="death"), "登记错了人")
    assert end_lives(day("2026-10-20")) == 0
    burnt.refresh_from_db()
    assert burnt.died_on is None
    with pytest.raises(Refused, match="核对遗体身份"):
        burn(at("2026-10-20"), lies, "2026-10-20")
    hand_on(at("2026-10-20"), lies, reason="身份有误，重新接收")
    right = person()
    assert (
        burn(at("2026-10-20"), body(at("2026-10-20"), where, right, "2026-10-17"), "2026-10-20").person
        == right
    )


def test_a_home_works_on_its_own_bodies_alone(at):
    where, dead = home(), person()
    own = Access(account(where), day("2026-10-18"))
    other = Access(account(facility("funeral_home")), day("2026-10-18"))
    held = body(own, where, dead, "2026-10-17", "2026-10-18")
    with pytest.raises(PermissionDenied):
        extend_storage(other, held, days=1, reason="不是我们的")
    with pytest.raises(PermissionDenied):
        burn(at("2026-10-18", "outsider"), held, "2026-10-18")
