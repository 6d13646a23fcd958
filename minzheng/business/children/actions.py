"""Writes on children's files and on the rosters of those who look after them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from minzheng.business.children.models import (
    CareAgreement,
    ChildFile,
    Officer,
    OpeningDay,
    RecordCheck,
    Training,
)
from minzheng.business.children.models.files import FileState, Risk
from minzheng.business.children.models.officers import Finding, Post
from minzheng.business.children.visits import visits_of
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.calendar import add_months
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.items.figures import figures
from minzheng.foundation.tasks.opening import withdraw_tasks


def whose(file: ChildFile) -> list[int]:
    return [file.person_id] if file.person_id else []


def in_file(file: ChildFile, *states: FileState) -> ChildFile:
    """The locked row, in one of the states."""
    row = ChildFile.objects.select_for_update().get(pk=file.pk)
    if row.state not in states:
        raise Refused(f"这份档案{row.get_state_display()}，不能这样办理。请刷新页面后再看。")
    return row


@action("child_file.approve", "核准儿童档案", permission="child.approve", persons=whose)
def approve_file(access: Any, file: ChildFile) -> None:
    """The township keeps the file; from now on the visits are due."""
    row = in_file(file, FileState.DRAFT)
    row.state, row.approved_on = FileState.KEPT, access.today
    row.save()
    withdraw_tasks([f"child_file:{row.pk}"], "档案已核准", actor=access.user)


@action("child_file.risk", "调整风险等级", permission="child.approve", persons=whose)
def set_risk(access: Any, file: ChildFile, *, risk: str, risk_reason: str) -> None:
    """A new grade counts for the next visit: the one already sent out is called back and opened anew by night."""
    row = in_file(file, FileState.KEPT)
    row.risk, row.risk_reason = Risk(risk), risk_reason[:200]
    row.save()
    withdraw_tasks(visits_of(row.pk), "风险等级已调整，按新的间隔走访", actor=access.user, for_good=False)


@action("child_file.assign", "指派儿童主任", permission="child.approve", persons=whose)
def assign_officer(access: Any, file: ChildFile, *, name: str) -> None:
    """Only one whose yearly check is clear and still counts (未成年人保护法 第六十二条)."""
    row = in_file(file, FileState.DRAFT, FileState.KEPT)
    here = Officer.objects.filter(post=Post.DIRECTOR, region=row.region, until=None, name=name.strip())
    officer = here.first()
    if officer is None:
        raise Refused({"name": f"{row.region.name}没有在任的儿童主任“{name.strip()}”，请先在名册里登记。"})
    valid = officer.check_until(access.today)
    if valid is None or valid < access.today:
        raise Refused({"name": f"{officer.name}没有有效的违法犯罪记录查询结果，请先查询并登记，再指派。"})
    row.officer = officer
    row.save()


@action("child_file.close", "销册", permission="child.approve", persons=whose)
def close_file(access: Any, file: ChildFile, *, close_reason: str) -> None:
    row = in_file(file, FileState.DRAFT, FileState.KEPT)
    row.state, row.closed_on, row.close_reason = FileState.CLOSED, access.today, close_reason[:120]
    row.save()
    withdraw_tasks([f"child_file:{row.pk}", *visits_of(row.pk)], "档案已销册", actor=access.user)


@action("child_file.agreement", "登记委托照护协议", permission="child.write", persons=whose)
def sign_agreement(access: Any, file: ChildFile, **stated: Any) -> CareAgreement:
    """Keep what was signed. Refused when an agreement is in force, or nobody has asked the child."""
    row = in_file(file, FileState.DRAFT, FileState.KEPT)
    signed, until = (dt.date.fromisoformat(str(stated[key])) for key in ("signed_on", "until"))
    if until <= signed:
        raise Refused({"until": "到期日期应晚于签订日期，请对照协议核对。"})
    if row.agreements.filter(ended_on=None, until__gte=signed).exists():
        raise Refused("还有没到期的委托照护协议。换人照护的，请先终止原协议。")
    return CareAgreement.objects.create(file=row, region=row.region, **stated)


@action("care_agreement.end", "终止委托照护协议", permission="child.write")
def end_agreement(access: Any, agreement: CareAgreement) -> None:
    row = CareAgreement.objects.select_for_update().get(pk=agreement.pk)
    if row.ended_on is not None:
        raise Refused("这份协议已经终止。")
    row.ended_on = access.today
    row.save()


@action("child_officer.check", "登记违法犯罪记录查询", permission="child.approve")
def record_check(
    access: Any, officer: Officer, *, checked_on: str, finding: str, reply_no: str
) -> RecordCheck:
    """Valid for the standard's months. Somebody with a record leaves the post at once, and the files are free again."""
    row = Officer.objects.select_for_update().get(pk=officer.pk)
    day = dt.date.fromisoformat(str(checked_on))
    months = int(figures(day, row.region_id, settings.STANDARDS_SET)("child_check_months"))
    try:
        with transaction.atomic():
            made = row.checks.create(
                region=row.region,
                checked_on=day,
                finding=finding,
                reply_no=reply_no,
                valid_until=add_months(day, months) - dt.timedelta(days=1),
            )
    except IntegrityError:
        raise Refused("这一天的查询已经登记过，不用重复登记。") from None
    if finding == Finding.RECORD:
        row.until = max(access.today, row.since + dt.timedelta(days=1))
        row.save()
        row.files.exclude(state=FileState.CLOSED).update(officer=None)
    withdraw_tasks(check_origins(row), "查询结果已登记", actor=access.user)
    return made


def check_origins(officer: Officer) -> list[str]:
    from minzheng.foundation.tasks.models import IS_TO_DO, Task

    begun = f"child_check:{officer.pk}:"
    return list(Task.objects.filter(IS_TO_DO, origin__startswith=begun).values_list("origin", flat=True))


@action("child_officer.training", "登记培训", permission="child.write")
def add_training(
    access: Any, officer: Officer, *, held_on: str, subject: str, hours: int, passed: bool | None = None
) -> Training:
    made, is_new = Training.objects.get_or_create(
        officer=officer,
        held_on=held_on,
        subject=subject,
        defaults={"region": officer.region, "hours": hours, "passed": passed},
    )
    if not is_new:
        raise Refused("这次培训已经登记过，不用重复登记。")
    return made


@action("child_officer.leave", "离任", permission="child.approve")
def leave_post(access: Any, officer: Officer, *, until: str) -> None:
    row = Officer.objects.select_for_update().get(pk=officer.pk)
    last = dt.date.fromisoformat(str(until))
    if row.until is not None or last <= row.since:
        raise Refused("离任日期应晚于任职日期，已离任的不用再登记。")
    row.until = last
    row.save()
    row.files.exclude(state=FileState.CLOSED).update(officer=None)


@action("child_home.opening", "登记儿童之家开放", permission="child.write")
def log_opening(
    access: Any, home: Facility, *, day: str, hours: int, children: int, activity: str
) -> OpeningDay:
    stated = {"hours": hours, "children": children, "activity": activity, "region": home.region}
    made, is_new = OpeningDay.objects.get_or_create(home=home, day=day, defaults=stated)
    if not is_new:
        raise Refused("这一天已经登记过开放。")
    return made
