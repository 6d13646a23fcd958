"""Who it is: an unknown person becomes a Person only here, on evidence; a match is thought of by one and decided by another."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction

from minzheng.business.rescue.apart import move_by_true_age
from minzheng.business.rescue.matching import compare
from minzheng.business.rescue.models import (
    Identity,
    Match,
    MatchState,
    MissingReport,
    ReportState,
    Stay,
    Way,
)
from minzheng.business.rescue.search_over import end_search
from minzheng.business.rescue.tasks import MATCH
from minzheng.foundation.accounts.behind import another_person, person_of
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.events.bus import emit
from minzheng.foundation.people.exact import person_with
from minzheng.foundation.people.id_numbers import IdNumber, IdNumberError, parse_id_number
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks, withdraw_tasks

WRITE, CONFIRM = "rescue.write", "rescue.confirm"


def read_number(access: Any, id_no: str) -> IdNumber:
    try:
        return parse_id_number(id_no, access.today)
    except IdNumberError as error:
        raise Refused({"id_no": str(error)}) from None


def link_person(access: Any, stay: Stay, *, name: str, id_no: str, basis: str) -> Stay:
    """Tie the stay to the one record of this number, made where there is none; says so when it cannot be them."""
    read = read_number(access, id_no)
    if read.sex != stay.sex:
        raise Refused({"id_no": "这个身份证号的性别与登记的不同，请核对是不是同一个人。"})
    person = person_with(read.number)
    if person is not None and person.name != name.strip():
        raise Refused({"id_no": "这个身份证号登记的是另一个姓名，请与公安机关核对。"})
    if person is not None and person.died_on is not None and stay.way != Way.DIED:
        raise Refused({"id_no": "这个身份证号的人已经登记死亡，请与公安机关核对。"})
    if person is None:
        home = Region.objects.filter(code=read.number[:6].ljust(12, "0")).first()
        person = Person.objects.create(
            name=name.strip(), id_no=read.number, sex=read.sex, birth_date=read.birth_date,
            region_id=home.code if home else stay.region_id,
        )  # fmt: skip
    earlier = Stay.objects.filter(person=person).exclude(pk=stay.pk).order_by("-arrived_on", "-pk").first()
    stay.person, stay.called, stay.identity = person, person.name, Identity.VERIFIED
    stay.identity_basis, stay.previous = basis.strip()[:120], earlier
    try:
        with transaction.atomic():
            stay.save(update_fields=["person", "called", "identity", "identity_basis", "previous"])
    except IntegrityError as clash:
        if "one_open_stay_per_person" not in str(clash):
            raise
        raise Refused("这个人正在救助站，没有离站。请在“救助”里找到原来的记录。") from None
    return stay


def found_out(access: Any, stay: Stay, *, name: str, id_no: str, basis: str) -> Stay:
    """Of somebody who has stayed here unknown: the true age decides where to live, and a death here is everybody's."""
    link_person(access, stay, name=name, id_no=id_no, basis=basis)
    end_search(access, stay, "身份已查明")
    if stay.person is not None and stay.person.birth_date is not None:
        move_by_true_age(access, stay, stay.person.birth_date)
    certify_death(access, stay)
    return stay


def certify_death(access: Any, stay: Stay) -> None:
    """The hospital's certificate reaches the funeral line as a source of its own rank, once it is known whose it is."""
    if stay.way == Way.DIED and stay.person_id is not None and stay.left_on is not None:
        emit(
            "death.certified", person=stay.person_id, source="hospital", document_no=stay.death_no,
            died_on=stay.left_on.isoformat(), region=stay.region_id, on=access.today.isoformat(),
        )  # fmt: skip


@action("rescue.identify", "登记身份查明", permission=WRITE, persons=lambda stay: stay.persons)
def identify(access: Any, stay: Stay, *, name: str, id_no: str, basis: str) -> Stay:
    """By a police result, a DNA result, a card. An identity once verified is not changed here."""
    now = Stay.objects.select_for_update(of=["self"]).select_related("station").get(pk=stay.pk)
    if now.identity == Identity.VERIFIED:
        raise Refused("身份已经查明。登记有误的，请联系县级核实后更正。")
    if not basis.strip():
        raise Refused({"basis": "请写明凭什么查明，例如公安机关的查询回执编号。"})
    return found_out(access, now, name=name, id_no=id_no, basis=basis)


@action("rescue.match_propose", "初核寻亲比对", permission=WRITE, persons=lambda stay: stay.persons)
def propose_match(access: Any, stay: Stay, report: MissingReport, *, basis: str) -> Match:
    """An officer thinks that these two are one. The points are kept as they were on this day."""
    now = Stay.objects.select_for_update(of=["self"]).get(pk=stay.pk)
    if now.identity == Identity.VERIFIED:
        raise Refused("身份已经查明，不用再比对。")
    if report.state != ReportState.OPEN:
        raise Refused(f"这份走失报告{report.get_state_display()}，不能比对。")
    found = compare(now, report, access.today)
    if found is None:
        raise Refused("性别不同，或走失晚于入站，不可能是同一个人。请核对两边的登记。")
    try:
        with transaction.atomic():
            made = Match.objects.create(
                stay=now, report=report, region_id=now.region_id, score=found.score, reasons=found.as_kept(),
                basis=basis.strip()[:200], proposed_by=person_of(access), proposed_on=access.today,
            )  # fmt: skip
    except IntegrityError:
        raise Refused("这两份记录已经有人初核过，请在“寻亲比对”里查看。") from None
    draft = TaskDraft(
        origin=f"rescue_match:{made.pk}",
        region=now.region_id,
        title=MATCH.title,
        reason=f"{now.number}与{report.number}",
    )
    open_tasks(MATCH.code, [draft], access.today, actor=access.user)
    return made


@action("rescue.match_decide", "核定寻亲比对", permission=CONFIRM, persons=lambda one: one.stay.persons)
def decide_match(access: Any, match: Match, *, same: bool, note: str) -> Match:
    """By another person than who proposed it. Yes: the report is closed, and the identity stands if the number is known."""
    now = Match.objects.select_for_update(of=["self"]).select_related("stay", "report").get(pk=match.pk)
    if now.state != MatchState.PROPOSED:
        raise Refused(f"这次比对已经核定：{now.get_state_display()}。")
    decider = another_person(access, now.proposed_by_id, did="初核", does="核定")
    if not note.strip():
        raise Refused({"note": "请写明凭什么认定，例如亲属视频辨认、DNA比对结果。"})
    now.state = MatchState.CONFIRMED if same else MatchState.REJECTED
    now.decided_by, now.decided_on, now.note = decider, access.today, note.strip()[:200]
    now.save()
    withdraw_tasks([f"rescue_match:{now.pk}"], "已核定", actor=access.user)
    if same:
        _found(access, now)
    return now


def _found(access: Any, match: Match) -> None:
    report = MissingReport.objects.select_for_update().get(pk=match.report_id)
    stay = (
        Stay.objects.select_for_update(of=["self"]).select_related("station", "person").get(pk=match.stay_id)
    )
    if stay.person is not None and report.id_no and stay.person.id_no != report.id_no:
        raise Refused("本人的身份已另行查明，与走失报告上的身份证号不同。请选“否”，或与公安机关核对。")
    report.state, report.closed_on = ReportState.FOUND, access.today
    report.save(update_fields=["state", "closed_on"])
    if stay.person is not None:
        return  # found out meanwhile by another way: the report is closed, the identity stays as it was verified
    if report.id_no:
        found_out(
            access, stay, name=report.name, id_no=report.id_no, basis=f"寻亲比对，走失报告{report.number}"
        )
    else:  # a name without a number: said by the family, to be verified
        stay.called, stay.identity = report.name, Identity.STATED
        stay.save(update_fields=["called", "identity"])
