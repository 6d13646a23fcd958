"""F1 … F6 as the family, the village and the agency see them; Qingming: order before the crowd."""

import pytest
from django.core.exceptions import PermissionDenied

from minzheng.business.funeral.bills import make_bill
from minzheng.business.funeral.handlers import look_after_the_dead
from minzheng.business.funeral.memorials import judge_words, open_memorial, pay_tribute, publish
from minzheng.business.funeral.models import Agent, Council, EcoBurial, Memorial, Place, Transport, Tribute
from minzheng.business.funeral.tests.making import (
    COUNTY,
    VILLAGE,
    account,
    body,
    burn,
    day,
    facility,
    home,
    person,
    quantities,
)
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.models import User
from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.booking.actions import Guest, book, open_counter
from minzheng.foundation.booking.models import Booking, Counter, Hours, Slot
from minzheng.foundation.cases.api import do_move, open_case, save_draft, submit
from minzheng.foundation.certificates.models import Issued
from minzheng.foundation.documents.models import Document
from minzheng.foundation.people.actions import record_life_event, register_household
from minzheng.foundation.people.models import Household, LifeEventKind, Person
from minzheng.foundation.regions.models import Region
from minzheng.foundation.tasks.models import Task

pytestmark = pytest.mark.django_db


def applied(who, code, answers, on="2026-10-20", papers=(), **more):
    """Handed in on the portal by the person's own account."""
    own = Access(User.objects.create(username=f"x{who.pk}-{code}", person=who), day(on))
    case = open_case(own, code, who, Region.objects.get(code=VILLAGE))
    return handed_in(own, case, answers, papers)


def handed_in(own, case, answers, papers=()):
    save_draft(own, case, answers)
    for key in papers:
        paper = Document.objects.create(kind=key, name="证明.pdf", uploaded_by=own.user, size=1)
        case.materials.create(document=paper, key=key, added_on=own.today)
    return submit(own, case)


def stated(dead, **more):
    contact = {"relation": "子女", "phone": "13974512340", "promise": True}
    return {"deceased_name": dead.name, "deceased_id_no": dead.id_no} | contact | more


def eco(dead):
    return stated(
        dead, method="tree", done_on="2026-10-18", proof_no="树1", bank_name="新晃农商行", bank_account="6217000010001234567"
    )  # fmt: skip


@pytest.mark.covers("S-155", by="minzheng/business/funeral/items.py", screen="/portal/items/F2/")
def test_an_eco_burial_is_rewarded_once_and_by_another_person(at):
    dead, family = person("龙老伯"), person()
    case = applied(family, "F2", eco(dead), papers=["proof"])
    assert case.due_on == day("2026-11-17")  # 20 working days
    with pytest.raises(PermissionDenied):
        do_move(at("2026-10-21", "approver"), case, "verify", {"finding": "属实"})
    do_move(at("2026-10-21"), case, "verify", {"finding": "属实"})
    with pytest.raises(Refused, match="没有死亡登记"):
        do_move(at("2026-10-21", "approver"), case, "file")
    case.refresh_from_db()
    dead.died_on = day("2026-10-15")
    dead.save()
    do_move(at("2026-10-21", "approver"), case, "file")
    right, kept = Entitlement.objects.get(benefit="eco_burial"), EcoBurial.objects.get()
    assert (right.payee, right.until_month, kept.reward_fen) == (family, day("2026-10-01"), 100_000)
    assert Person.objects.get(pk=family.pk).bank_account == "6217000010001234567"
    again = applied(person(), "F2", eco(dead), papers=["proof"])
    do_move(at("2026-10-22"), again, "verify", {"finding": "属实"})
    with pytest.raises(Refused, match="一人只有一次"):
        do_move(at("2026-10-22", "approver"), again, "file")
    again.refresh_from_db()
    do_move(at("2026-10-22", "approver"), again, "refuse", {"reason": "已经领过"})
    assert again.status == "refused" and EcoBurial.objects.count() == 1


def test_a_body_from_elsewhere_is_received_by_certificate_within_a_day(at):
    clerk, dead = at("2026-10-20"), person("龙老伯", hukou="431228000000")
    case = applied(
        person(), "F3", stated(dead, from_place="广东东莞", certificate_no="粤1"), papers=["death"]
    )
    assert case.due_on == day("2026-10-21")
    with pytest.raises(Refused, match="没有查到要接收的殡仪馆"):
        do_move(clerk, case, "file")
    case.refresh_from_db()
    where = home()
    do_move(clerk, case, "file")
    assert Issued.objects.get(kind="body_transport").name == dead.name
    assert Transport.objects.get().to_home == where
    twice = applied(
        person(), "F3", stated(dead, from_place="广东东莞", certificate_no="粤1"), papers=["death"]
    )
    with pytest.raises(Refused, match="已经开具过"):
        do_move(clerk, twice, "file")


def of_organisation(code, owner, answers, place=None, on="2026-10-20", papers=()):
    own = Access(User.objects.create(username=f"o{owner.pk}{on}", person=person()), day(on))
    own.user.assignments.create(
        role="institution", region_id=COUNTY, organisation=owner, since=day("2020-01-01")
    )
    case = open_case(own, code, owner, (place or owner).region, facility=place)
    return handed_in(own, case, {"handler_name": "龙经办", "handler_phone": "13974512340"} | answers, papers)


def test_an_agent_is_filed_for_a_year(at):
    owner = facility("ash_hall").organisation
    case = of_organisation("F5", owner, {"services": "代办手续", "promise": True})
    assert case.due_on == day("2026-11-03")  # ten working days
    do_move(at("2026-10-21"), case, "file")
    filed = Agent.objects.get()
    assert (filed.region_id, filed.valid_until) == (COUNTY, day("2027-10-21"))
    look_after_the_dead(day="2027-09-21")
    assert Task.objects.filter(kind="funeral.agent").count() == 1
    case = of_organisation("F5", owner, {"services": "代办手续", "promise": True}, on="2027-09-22")
    do_move(at("2027-09-23"), case, "file")
    assert Agent.objects.get().valid_until == day("2028-10-21")


@pytest.mark.covers("S-153", by="minzheng/business/funeral/items.py", screen="/portal/items/F4/")
def test_a_villages_cemetery_is_filed_by_the_village_before_anybody_rests_there(at):
    ground, clerk = facility("village_cemetery"), at("2026-10-20")
    what = {"planned": 60, "area": 800, "land_no": "林地审〔2026〕3号", "villagers_only": True}
    case = of_organisation("F4", ground.organisation, what, ground, papers=["plan", "land"])
    assert case.due_on == day("2026-11-17")  # 20 working days
    do_move(clerk, case, "file", {"filing_no": "新民墓备〔2026〕1号"})
    filed = Place.objects.get(facility=ground)
    assert (filed.filing, filed.approval_no, filed.planned) == ("filed", "新民墓备〔2026〕1号", 60)


def test_what_the_family_sent_in_is_done_with_when_the_counter_has_done_it(at):
    clerk, where, dead, family = at("2026-10-20"), home(), person("龙老伯"), person()
    asked = applied(family, "F1", stated(dead, services=["遗体火化"]))
    other = applied(family, "F6", stated(dead, place_name="骨灰堂", years=20))
    received = body(clerk, where, dead, "2026-10-19")
    burn(clerk, received, "2026-10-20")
    counter = Access(account(where), day("2026-10-20"))
    make_bill(counter, received, quantities(where, cremation=1))
    asked.refresh_from_db()
    other.refresh_from_db()
    assert (asked.status, other.status) == ("done", "submitted")
    assert asked.moves.last().record["note"] == f"已在{where.name}结算"


@pytest.mark.covers("S-158", by="minzheng/business/funeral/memorials.py", screen="/portal/memorials/")
def test_a_family_opens_a_memorial_and_words_wait_for_a_reader(at):
    clerk, dead, family, stranger = at("2026-10-20"), person(), person(), person()
    home_of = Household(region_id=VILLAGE, category="rural", head=dead, since=day("2000-01-01"))
    register_household(clerk, home_of, [(dead, "户主"), (family, "子")])
    accounts = [
        Access(User.objects.create(username=f"c{one.pk}", person=one), day("2026-10-20"))
        for one in (family, stranger)
    ]
    record_life_event(clerk, dead, LifeEventKind.DEATH, day("2026-10-01"), "公安注销")
    with pytest.raises(Refused, match="同住"):
        open_memorial(accounts[1], Memorial(person=dead, opened_by=stranger, story="…"))
    made = open_memorial(accounts[0], Memorial(person=dead, opened_by=family, story="一生勤劳。"))
    with pytest.raises(Refused, match="还没有开放"):
        pay_tribute(accounts[1], Tribute(memorial=made, by=stranger, kind="flower"))
    publish(clerk, made)
    pay_tribute(accounts[1], Tribute(memorial=made, by=stranger, kind="flower"))
    with pytest.raises(Refused, match="明天再来"):
        pay_tribute(accounts[1], Tribute(memorial=made, by=stranger, kind="flower"))
    words = pay_tribute(accounts[1], Tribute(memorial=made, by=stranger, kind="words", words="想您"))
    assert words.state == "waiting"
    assert judge_words(clerk, words, shown=True).state == "open"


def test_a_time_that_is_nearly_full_calls_for_order_once(at):
    clerk = at("2026-10-20")
    counter = Counter(kind="grave_visit", region_id=VILLAGE, name="骨灰堂祭扫", address="新村")
    hours = Hours(since=day("2026-10-20"), starts="08:00", ends="09:00", minutes=60, quota=5)
    open_counter(clerk, counter, [hours])
    slot = Slot.objects.filter(counter=counter).first()
    for number in range(5):
        who = person()
        book(clerk, Booking(slot_id=slot.pk), [Guest(who.name, who.id_no)])
        assert Task.objects.filter(kind="funeral.crowd").count() == (number >= 3), "four of five are 80 %"
    with pytest.raises(Refused, match="约满"):
        book(clerk, Booking(slot_id=slot.pk), [Guest((who := person()).name, who.id_no)])


@pytest.mark.covers(
    "S-160", by="minzheng/business/funeral/registers_filings.py", screen="/desk/registers/custom_councils/"
)
def test_a_village_has_one_council_and_a_clerk_keeps_its_row(client, cast):
    client.force_login(cast["clerk"], backend="django.contrib.auth.backends.ModelBackend")
    answers = {
        "region": VILLAGE, "head_name": "龙大山", "members": "7", "founded_on": "2019-06-01", "charter_on": "",
        "limits": "宴席不超过十五桌", "filed_on": "",
    }  # fmt: skip
    assert client.post("/desk/registers/custom_councils/add", answers).status_code == 302
    assert client.post("/desk/registers/custom_councils/add", answers).status_code == 422
    assert Council.objects.get().members == 7
