"""F2, F3, F5, and Qingming: reward by two persons, a certificate in a day, a filing for a year, order before the crowd."""

import pytest

from minzheng.business.funeral.filings import (
    ask_filing,
    ask_reward,
    ask_transport,
    file_agent,
    grant_reward,
    issue_reception,
)
from minzheng.business.funeral.memorials import judge_words, open_memorial, pay_tribute, publish
from minzheng.business.funeral.models import Agent, Council, EcoBurial, Memorial, Transport, Tribute
from minzheng.business.funeral.tests.making import COUNTY, VILLAGE, day, facility, home, person
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.models import User
from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.booking.actions import Guest, book, open_counter
from minzheng.foundation.booking.models import Booking, Counter, Hours, Slot
from minzheng.foundation.certificates.models import Issued
from minzheng.foundation.people.actions import record_life_event, register_household
from minzheng.foundation.people.models import Household, LifeEventKind
from minzheng.foundation.tasks.models import Task

pytestmark = pytest.mark.django_db


@pytest.mark.covers("S-155", by="minzheng/business/funeral/filings.py", screen="/desk/registers/eco_burials/")
def test_an_eco_burial_is_rewarded_once_and_by_another_person(at):
    clerk, boss = at("2026-10-20"), at("2026-10-21", "approver")
    dead, family = person(), person()
    eco = EcoBurial(
        person=dead, family=family, region_id=VILLAGE, method="tree", done_on=day("2026-10-18"), proof_no="树1"
    )  # fmt: skip
    with pytest.raises(Refused, match="没有死亡登记"):
        ask_reward(clerk, eco)
    dead.died_on = day("2026-10-15")
    dead.save()
    assert ask_reward(clerk, eco).due_on == day("2026-11-17")  # 20 working days
    eco.maker = boss.user.person
    eco.save()
    with pytest.raises(Refused, match="不能是同一个人"):
        grant_reward(boss, eco, finding="属实")
    eco.maker = clerk.user.person
    eco.save()
    assert grant_reward(boss, eco, finding="属实").reward_fen == 100_000
    right = Entitlement.objects.get(benefit="eco_burial")
    assert (right.payee, right.until_month) == (family, day("2026-10-01"))
    with pytest.raises(Refused, match="不用再办"):
        grant_reward(boss, eco, finding="属实")
    again = EcoBurial(
        person=dead, family=family, region_id=VILLAGE, method="sea", done_on=day("2026-10-19"), proof_no="2"
    )
    with pytest.raises(Refused, match="一人只有一次"):
        ask_reward(clerk, again)


def test_a_body_from_elsewhere_is_received_by_certificate_within_a_day(at):
    clerk, where, dead = at("2026-10-20"), home(), person(hukou="431228000000")
    with pytest.raises(Refused, match="殡仪馆"):
        ask_transport(
            clerk,
            Transport(person=dead, person_name=dead.name, to_home=facility("ash_hall"), certificate_no="1"),
        )
    asked = ask_transport(
        clerk,
        Transport(
            person=dead, person_name=dead.name, to_home=where, from_place="广东东莞", certificate_no="粤1"
        ),
    )
    assert asked.due_on == day("2026-10-21")
    issue_reception(clerk, asked)
    assert Issued.objects.get(kind="body_transport").name == dead.name
    with pytest.raises(Refused, match="已经办过"):
        issue_reception(clerk, asked)


def test_an_agent_is_filed_for_a_year(at):
    clerk, owner = at("2026-10-20"), facility("ash_hall").organisation
    filed = file_agent(
        clerk, ask_filing(clerk, Agent(organisation=owner, region_id=COUNTY, services="代办手续"))
    )
    assert (filed.due_on, filed.valid_until) == (day("2026-11-03"), day("2027-10-20"))
    with pytest.raises(Refused, match="还有效"):
        file_agent(clerk, filed)
    assert file_agent(at("2027-09-20"), filed).valid_until == day("2028-10-20")


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
