"""Writes of the protection centre: taking in, leaving, following up; reports of harm; conferences; guardians' credit."""

from __future__ import annotations

import datetime as dt
from typing import Any

from minzheng.business.children.actions import whose
from minzheng.business.children.models import ChildFile, Conference, Duty, GuardianCredit, HarmReport, Intake
from minzheng.business.children.models.protection import CareState, CreditState, ReportState
from minzheng.business.children.tasks import FOLLOW_UP
from minzheng.business.children.visits import report_harm
from minzheng.foundation.accounts.behind import refuse_same_person
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks, withdraw_tasks

WRITE = "protection.write"


def in_care(intake: Intake) -> Intake:
    row = Intake.objects.select_for_update().get(pk=intake.pk)
    if row.state != CareState.IN_CARE:
        raise Refused(f"这名未成年人{row.get_state_display()}，不能这样办理。请刷新页面后再看。")
    return row


@action("child_intake.health", "登记健康检查", permission=WRITE)
def check_health(access: Any, intake: Intake, *, health_on: str, health: str) -> None:
    row = in_care(intake)
    row.health_on, row.health = dt.date.fromisoformat(str(health_on)), health
    row.save()


@action("child_intake.search", "登记查找身份和父母", permission=WRITE)
def search_family(
    access: Any, intake: Intake, *, police_on: str = "", dna_on: str = "", notice_on: str = "", name: str = ""
) -> None:
    """What was done to find out who it is: police, DNA, a notice; what is left empty stays as it was."""
    row = in_care(intake)
    for field, stated in (("police_on", police_on), ("dna_on", dna_on), ("notice_on", notice_on)):
        if stated:
            setattr(row, field, dt.date.fromisoformat(str(stated)))
    row.name = name or row.name
    row.save()


@action("child_intake.leave", "登记离站", permission=WRITE)
def leave_care(access: Any, intake: Intake, *, left_to: str, left_relation: str) -> None:
    """Handed over with a certificate; a visit follows within the standard's days. Refused before the health check."""
    row = in_care(intake)
    if row.health_on is None:
        raise Refused("还没有登记健康检查，不能离站。请先登记健康检查结果。")
    row.state, row.left_on = CareState.LEFT, access.today
    row.left_to, row.left_relation = left_to[:60], left_relation[:20]
    row.save()
    draft = TaskDraft(
        origin=f"child_follow_up:{row.pk}",
        region=row.region_id,
        title=FOLLOW_UP.title,
        reason=f"{access.today:%m月%d日}离站，编号{row.number}",
        detail={"intake": row.pk},
    )
    open_tasks(FOLLOW_UP.code, [draft], access.today, actor=access.user)
    withdraw_tasks([f"child_long_term:{row.pk}"], "已离站", actor=access.user)


@action("child_intake.long_term", "转长期监护", permission=WRITE)
def to_long_term(access: Any, intake: Intake, *, left_to: str) -> None:
    """Nobody was found in months: the welfare institution becomes the guardian."""
    row = in_care(intake)
    if row.police_on is None or row.notice_on is None:
        raise Refused("还没有通报公安查找和发布寻亲公告，不能转长期监护。请先登记查找情况。")
    row.state, row.left_on, row.left_to = CareState.LONG_TERM, access.today, left_to[:60]
    row.save()
    withdraw_tasks([f"child_long_term:{row.pk}"], "已转长期监护", actor=access.user)


@action("child_intake.follow_up", "登记离站回访", permission=WRITE)
def follow_up(access: Any, intake: Intake, *, follow_up_on: str, follow_up: str) -> None:
    row = Intake.objects.select_for_update().get(pk=intake.pk)
    day = dt.date.fromisoformat(str(follow_up_on))
    if row.state != CareState.LEFT or row.left_on is None or day < row.left_on:
        raise Refused("回访在离站以后登记，日期不能早于离站日期。请核对。")
    row.follow_up_on, row.follow_up = day, follow_up
    row.save()
    withdraw_tasks([f"child_follow_up:{row.pk}"], "已回访", actor=access.user)


@action("harm_report.police", "登记报告公安", permission=WRITE)
def told_police(access: Any, report: HarmReport, *, police_on: str, police_no: str) -> None:
    row = HarmReport.objects.select_for_update().get(pk=report.pk)
    if row.state != ReportState.NEW:
        raise Refused(f"这条线索{row.get_state_display()}，不用重复登记。")
    row.state, row.police_on, row.police_no = (
        ReportState.POLICE,
        dt.date.fromisoformat(str(police_on)),
        police_no,
    )
    row.save()
    withdraw_tasks([f"child_harm:{row.pk}"], "已报告公安", actor=access.user)


@action("harm_report.close", "办结侵害线索", permission=WRITE)
def close_report(access: Any, report: HarmReport, *, result: str) -> None:
    row = HarmReport.objects.select_for_update().get(pk=report.pk)
    if row.state != ReportState.POLICE:
        raise Refused("侵害线索先报告公安、登记回执，才能办结。")
    row.state, row.closed_on, row.result = ReportState.CLOSED, access.today, result
    row.save()


@action("child_conference.duty", "交办会商任务", permission=WRITE)
def assign_duty(access: Any, conference: Conference, *, agency: str, work: str, due_on: str) -> Duty:
    row = Conference.objects.select_for_update().get(pk=conference.pk)
    due = dt.date.fromisoformat(str(due_on))
    if row.closed_on is not None:
        raise Refused("这次会商已经办结，不能再交办。")
    if due < row.held_on:
        raise Refused({"due_on": "完成期限早于会商日期，请核对。"})
    return row.duties.create(region=row.region, agency=agency, work=work, due_on=due)


@action("child_duty.done", "登记会商任务完成", permission=WRITE)
def finish_duty(access: Any, duty: Duty, *, result: str) -> None:
    row = Duty.objects.select_for_update().get(pk=duty.pk)
    if row.done_on is not None:
        raise Refused("这项任务已经登记完成。")
    row.done_on, row.result = access.today, result[:200]
    row.save()
    withdraw_tasks([f"child_duty:{row.pk}"], "已完成", actor=access.user)


@action("child_conference.close", "办结会商", permission=WRITE)
def close_conference(access: Any, conference: Conference) -> None:
    """Only when every office has done its part."""
    row = Conference.objects.select_for_update().get(pk=conference.pk)
    left = list(row.duties.filter(done_on=None).values_list("agency", flat=True))
    if row.closed_on is not None:
        raise Refused("这次会商已经办结。")
    if left:
        raise Refused(f"还有没完成的任务：{'、'.join(left)}。都完成以后再办结。")
    row.closed_on = access.today
    row.save()


@action("guardian_credit.record", "记入监护信用", permission=WRITE, persons=whose)
def record_credit(
    access: Any, file: ChildFile, *, name: str, id_no: str, conduct: str, basis: str
) -> GuardianCredit:
    """On the basis of a document: a judgment, a warning, a punishment."""
    return GuardianCredit.objects.create(
        file=file, region=file.region, name=name, id_no=id_no, conduct=conduct, basis=basis,
        recorded_on=access.today, recorded_by=access.user,
    )  # fmt: skip


@action("harm_report.make", "强制报告", permission="child.write", persons=whose)
def report_by_hand(access: Any, file: ChildFile, *, story: str) -> HarmReport:
    """What was seen is sealed; from here on only the protection centre reads it (未成年人保护法 第十一条)."""
    made = report_harm(file, access.today, "儿童主任、督导员报告")
    made.story = story
    made.save(update_fields=["story"])
    return made


@action("guardian_credit.object", "登记监护信用异议", permission=WRITE)
def object_to(access: Any, credit: GuardianCredit, *, objection: str) -> None:
    row = GuardianCredit.objects.select_for_update().get(pk=credit.pk)
    if row.state != CreditState.RECORDED:
        raise Refused(f"这条记录{row.get_state_display()}，不能提出异议。")
    row.state, row.objected_on, row.objection = CreditState.OBJECTED, access.today, objection[:200]
    row.save()


@action("guardian_credit.settle", "处理监护信用异议", permission=WRITE)
def settle_objection(access: Any, credit: GuardianCredit, *, upheld: bool, settled_why: str) -> None:
    """Another person than the one who recorded it: withdrawn when the objection is right, else it stands."""
    row = GuardianCredit.objects.select_for_update().get(pk=credit.pk)
    if row.state != CreditState.OBJECTED:
        raise Refused("这条记录没有待处理的异议。")
    refuse_same_person(access, row.recorded_by, did="记录", does="处理异议")
    row.state = CreditState.WITHDRAWN if upheld else CreditState.RECORDED
    row.settled_on, row.settled_by, row.settled_why = access.today, access.user, settled_why[:200]
    row.save()


@action("guardian_credit.repair", "监护信用修复", permission=WRITE)
def repair(access: Any, credit: GuardianCredit, *, settled_why: str) -> None:
    row = GuardianCredit.objects.select_for_update().get(pk=credit.pk)
    if row.state != CreditState.RECORDED:
        raise Refused(f"这条记录{row.get_state_display()}，不能修复。")
    refuse_same_person(access, row.recorded_by, did="记录", does="修复")
    row.state, row.settled_on, row.settled_by = CreditState.REPAIRED, access.today, access.user
    row.settled_why = settled_why[:200]
    row.save()
