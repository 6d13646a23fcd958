"""Asking the departments: nobody without consent, each request under one id, and every misbehaviour ends as unknown."""

import datetime as dt
import json
import logging

import pytest
from django.utils import timezone

from minzheng.business.assistance.tests.families import CHILD, FATHER
from minzheng.datacenter.verification.actions import ask_again, go_on, start_for_case
from minzheng.datacenter.verification.asking import ask_due
from minzheng.datacenter.verification.consents import consent_of_obligor, withdraw
from minzheng.datacenter.verification.models import Answer, Check, Request, SourceHealth
from minzheng.datacenter.verification.tests.conftest import EVERYBODY, MOTHER
from minzheng.foundation.actions import Refused
from minzheng.foundation.exchange.models import ExchangeCall
from minzheng.foundation.people.models import Person

NOW = dt.datetime(2026, 3, 3, 10, tzinfo=timezone.get_default_timezone())
BANK = "bank.deposits"


@pytest.fixture
def check(journey, departments):
    return start_for_case(journey.as_("reviewer"), journey.case)


def later(**span):
    return NOW + dt.timedelta(**span)


def of(check, source=BANK):
    return check.requests.get(source=source)


def test_it_asks_all_departments_at_once_about_everybody_who_consented(check, departments):
    departments.behaviour = dict.fromkeys(departments.keys, "slow")
    departments.slow = 0.3
    ask_due(check, NOW)
    assert departments.most_at_once == 6
    assert all(set(about[0]) == EVERYBODY for about in departments.people.values())
    assert {one.state for one in check.requests.all()} == {"answered"}
    check.refresh_from_db()
    assert check.state == Check.State.READY
    father = Answer.objects.get(source=BANK, person__id_no=FATHER)
    assert (father.state, father.values["deposits"]) == ("found", 320_050)
    assert father.valid_until == dt.date(2026, 3, 3) + dt.timedelta(days=181)


def test_it_asks_nobody_while_one_member_has_not_consented(journey, departments):
    member = journey.case.persons.get(id_no=FATHER)
    journey.case.authorisations.filter(person=member.person).delete()
    journey.case.persons.filter(pk=member.pk).update(authorised_on=None)
    with pytest.raises(Refused, match="吴永贵没有有效的核对授权"):
        start_for_case(journey.as_("reviewer"), journey.case)
    assert departments.asked == {} and not Request.objects.exists()


def test_it_covers_a_minor_by_the_signature_of_the_parent_who_applied(check):
    child = check.case.authorisations.get(person__id_no=CHILD)
    assert (child.role, child.signed_by.id_no, child.sha256) == ("minor", MOTHER, "0" * 64)


def test_it_asks_about_an_obligor_outside_the_family_only_with_that_persons_own_consent(journey, departments):
    son = Person.objects.create(name="吴大志", id_no="431227200001010017", region=journey.case.region)
    first = start_for_case(journey.as_("reviewer"), journey.case)
    assert son.pk not in first.requests.first().persons
    ask_due(first, NOW)
    consent_of_obligor(journey.as_("reviewer"), journey.case, son, journey.photo("reviewer"))
    second = start_for_case(journey.as_("reviewer"), journey.case)
    assert son.pk in second.requests.first().persons


def test_it_sends_nothing_after_a_consent_is_withdrawn_and_leaves_an_answer_on_its_way_unused(
    check, departments, access
):
    departments.behaviour[BANK] = "later"
    ask_due(check, NOW)
    father = check.case.authorisations.get(person__id_no=FATHER)
    with pytest.raises(Refused, match="请写明谁在什么时候怎样提出撤回"):
        withdraw(access("clerk", NOW.date()), father)
    withdraw(access("clerk", NOW.date()), father, "本人3月3日到窗口提出")
    for minutes in (1, 2, 3):
        ask_due(check, later(minutes=minutes))
    assert of(check).state == "answered"
    assert set(Answer.objects.filter(source=BANK).values_list("person__id_no", flat=True)) == {MOTHER, CHILD}
    with pytest.raises(Refused, match="吴永贵没有有效的核对授权"):
        start_for_case(access("reviewer", NOW.date()), check.case)


def test_it_stops_asking_when_all_have_withdrawn(check, departments, access):
    for one in check.case.authorisations.all():
        withdraw(access("clerk", NOW.date()), one, "到窗口提出")
    ask_due(check, NOW)
    assert departments.asked == {}
    assert {one.state for one in check.requests.all()} == {"cancelled"}


# What each department does in one and the same check, the state of its request, and what the officer reads.
TROUBLES = [
    [
        ("down", "waiting", "对方系统故障（503）"),
        ("off", "waiting", "连不上对方系统"),
        ("busy", "waiting", "对方繁忙"),
        ("later", "waiting", "对方已受理"),
        ("garbage", "waiting", "不是完整的 JSON"),
    ],
    [
        ("truncated", "waiting", "连不上对方系统（IncompleteRead）"),
        ("twice", "waiting", "同一人反馈了两次"),
        ("wrong_kind", "waiting", "的值不对"),
        ("forged", "failed", "签名不符，未采用"),
        ("wrong_person", "failed", "不是所查的人，全部未采用"),
    ],
    [
        ("conflict", "failed", "请重新发起核对"),
        ("unknown", "partial", "3 人没有查到结果，按未知处理"),
        ("partial", "partial", "2 人没有查到结果，按未知处理"),
        ("slow", "waiting", "秒内没有答复"),
        ("good", "answered", ""),
    ],
]
TROUBLED = ("police.hukou", "police.vehicles", "hr.insurance", "land.property", BANK)


@pytest.mark.parametrize("troubles", TROUBLES, ids=["no answer", "no use", "not all"])
def test_it_says_what_went_wrong_and_keeps_what_is_not_told_as_unknown(check, departments, troubles):
    for source, (how, _, _) in zip(TROUBLED, troubles, strict=True):
        departments.behave(source, how)
    ask_due(check, NOW)
    for source, (how, state, said) in zip(TROUBLED, troubles, strict=True):
        request = of(check, source)
        assert (how, request.state) == (how, state) and said in request.problem
        assert (request.next_try_at is not None) == (state == "waiting")
        known = Answer.objects.filter(source=source).exclude(state="unknown").count()
        assert (how, known) == (how, {"good": 3, "partial": 1}.get(how, 0))
    assert of(check, "market.business").state == "answered"  # the others are not held up


def test_it_tries_again_under_the_same_id_and_keeps_the_answer_once(check, departments):
    bad = dict(zip(TROUBLED, ("slow", "busy", "later", "down", "truncated"), strict=True))
    for source, how in bad.items():
        departments.behave(source, how)
    ask_due(check, NOW)
    assert ask_due(check, later(seconds=1)) == 0  # not before its time
    for source, how in bad.items():
        departments.behaviour[source] = "later" if how == "later" else "good"
    for minutes in (1, 2, 3):
        ask_due(check, later(minutes=minutes))
    for source in bad:
        assert of(check, source).state == "answered"
        assert len(set(departments.asked[source])) == 1 < len(departments.asked[source])
        assert Answer.objects.filter(source=source).count() == 3


def test_it_gives_up_as_unknown_after_so_many_tries_and_never_says_none(check, departments):
    departments.behave(BANK, "off")
    for hours in range(8):
        ask_due(check, later(hours=hours))
    check.refresh_from_db()
    assert (of(check).state, of(check).tries, check.state) == ("unknown", 6, "ready")
    assert not Answer.objects.filter(source=BANK).exists()


def test_it_gives_up_on_an_accepted_enquiry_after_three_days(check, departments):
    departments.behaviour[BANK] = "never"
    ask_due(check, NOW)
    ask_due(check, later(days=2, hours=23))
    assert of(check).state == "waiting"
    ask_due(check, later(days=3))
    assert of(check).state == "unknown"


def test_it_leaves_a_source_alone_for_a_while_after_three_failures_in_a_row(check, departments, journey):
    departments.behaviour[BANK] = "down"
    for minutes in (0, 5, 10):
        ask_due(check, later(minutes=minutes))
    knocks = len(departments.asked[BANK])
    assert SourceHealth.objects.get(pk=BANK).closed_until == later(minutes=11)
    Request.objects.filter(pk=of(check).pk).update(next_try_at=later(minutes=10))
    ask_due(check, later(minutes=10, seconds=59))
    assert len(departments.asked[BANK]) == knocks and "暂停查询" in of(check).problem
    departments.behaviour[BANK] = "good"
    ask_due(check, later(minutes=11))
    assert of(check).state == "answered" and SourceHealth.objects.get(pk=BANK).closed_until is None


def test_it_claims_a_request_before_sending_so_that_a_killed_worker_leaves_no_second_question(
    check, departments
):
    class Killed(Exception):
        pass

    def killed(enquiry):
        raise Killed

    with pytest.raises(Killed):
        ask_due(check, NOW, killed)
    ids = dict(check.requests.values_list("source", "request_id"))
    assert ask_due(check, later(minutes=4)) == 0  # still held by the dead worker
    ask_due(check, later(minutes=5))
    assert {source: asked[0] for source, asked in departments.asked.items()} == ids
    assert ExchangeCall.objects.filter(outcome="unknown", finished_at=None).count() == 6


def test_it_discards_what_arrives_after_the_case_is_closed(check, departments):
    departments.behaviour[BANK] = "later"
    ask_due(check, NOW)
    Check.objects.filter(pk=check.pk).update(state=Check.State.CANCELLED)
    assert ask_due(check, later(minutes=1)) == 0
    assert not Answer.objects.filter(source=BANK).exists()


def test_it_lets_the_officer_go_on_without_a_source_and_ask_it_again_later(check, departments, journey):
    departments.behaviour[BANK] = "down"
    ask_due(check, NOW)
    officer = journey.as_("reviewer")
    with pytest.raises(Refused, match="请写明不再等待的理由"):
        go_on(officer, check, " ")
    go_on(officer, check, "银行系统停机，已看存折")
    check.refresh_from_db()
    assert (check.state, of(check).state, of(check).problem) == ("ready", "unknown", "决定不再等待")
    departments.behaviour[BANK] = "good"
    ask_again(officer, check)
    ask_due(check, later(minutes=1))
    check.refresh_from_db()
    assert (check.state, of(check).state) == ("ready", "answered")
    assert len(set(departments.asked[BANK])) == 1


def test_it_logs_each_call_with_purpose_consents_and_period_and_nobodys_name_or_number(
    check, caplog, departments
):
    departments.behaviour[BANK] = "wrong_person"
    with caplog.at_level(logging.DEBUG):
        ask_due(check, NOW)
    call = ExchangeCall.objects.get(source=BANK)
    assert (call.purpose, call.outcome, call.persons_count) == ("check", "failed", 3)
    assert call.authorisation.startswith("核对授权 3 份；办件 431227")
    assert (call.period_from, call.period_until) == (dt.date(2025, 3, 3), dt.date(2026, 3, 3))
    written = caplog.text + json.dumps(list(ExchangeCall.objects.values()), default=str, ensure_ascii=False)
    assert not any(private in written for private in (*EVERYBODY, "杨秀英", "吴永贵"))
    assert call.request_id in departments.asked[BANK]


def test_it_says_that_no_department_is_connected(journey, settings, tmp_path):
    settings.SOURCES = tmp_path / "none.json"
    with pytest.raises(Refused, match="还没有接入任何部门"):
        start_for_case(journey.as_("reviewer"), journey.case)
    settings.SOURCES.write_text('{"bank.deposits": {"url": "ftp://x"}}')
    with pytest.raises(Refused, match="部门接入参数有误"):
        start_for_case(journey.as_("reviewer"), journey.case)
