"""Who it is: an unknown person becomes a Person only here, on evidence; a match is thought of by one and decided by another."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction

from minzheng.business.rescue.matching import compare
from minzheng.business.rescue.models import Identity, Match, MatchState, MissingReport, ReportState, Stay
from minzheng.business.rescue.tasks import MATCH
from minzheng.foundation.accounts.behind import another_person, person_of
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.people.exact import person_with
from minzheng.foundation.people.id_numbers import IdNumberError, parse_id_number
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks, withdraw_tasks

WRITE, CONFIRM = "rescue.write", "rescue.confirm"


def link_person(access: Any, stay: Stay, *, name: str, id_no: str, basis: str) -> Stay:
    """Tie the stay to the one record of this number, made where there is none; says so when it cannot be them."""
    try:
        read = parse_id_number(id_no, access.today)
    except IdNumberError as error:
        raise Refused({"id_no": str(error)}) from None
    if read.sex != stay.sex:
        raise Refused({"id_no": "这个身份证号的性别与登记的不同，请核对是不是同一个人。"})
    person = person_with(read.number)
    if person is not None and person.name != name.strip():
        raise Refused({"id_no": "这个身份证号登记的是另一个姓名，请与公安机关核对。"})
    if person is not None and person.died_on is not None:
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
    withdraw_tasks([f"rescue_search:{stay.pk}"], "身份已查明", actor=access.user)
    return stay


@action("rescue.identify", "登记身份查明", permission=WRITE, persons=lambda stay: stay.persons)
def identify(access: Any, stay: Stay, *, name: str, id_no: str, basis: str) -> Stay:
    """By a police result, a DNA result, a card. An identity once verified is not changed here."""
    now = Stay.objects.select_for_update(of=["self"]).get(pk=stay.pk)
    if now.identity == Identity.VERIFIED:
        raise Refused("身份已经查明。登记有误的，请联系县级核实后更正。")
    if not basis.strip():
        raise Refused({"basis": "请写明凭什么查明，例如公安机关的查询回执编号。"})
    return link_person(access, now, name=name, id_no=id_no, basis=basis)


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
    report.state, report.closed_on = ReportState.FOUND, access.today
    report.save(update_fields=["state", "closed_on"])
    stay = Stay.objects.select_for_update(of=["self"]).get(pk=match.stay_id)
    if report.id_no:
        link_person(
            access, stay, name=report.name, id_no=report.id_no, basis=f"寻亲比对，走失报告{report.number}"
        )
    else:  # a name without a number: said by the family, to be verified
        stay.called, stay.identity = report.name, Identity.STATED
        stay.save(update_fields=["called", "identity"])
