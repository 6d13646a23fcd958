"""寻亲: each attempt with its time, a notice that a second person lets out, reports of people who are missed."""

from __future__ import annotations

import datetime as dt
import re
import secrets
from typing import Any

from django.utils import timezone

from minzheng.business.rescue.intake import locked, whose
from minzheng.business.rescue.models import (
    MissingReport,
    NoticeState,
    PublicNotice,
    ReportState,
    Search,
    SearchResult,
    Stay,
)
from minzheng.business.rescue.tasks import NOTICE
from minzheng.foundation.accounts.behind import another_person, person_of
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.cases.models import NumberSeries
from minzheng.foundation.documents.models import Document
from minzheng.foundation.items.figures import figures
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks, withdraw_tasks

WRITE, CONFIRM = "rescue.write", "rescue.confirm"
NUMBERS = re.compile(r"\d{7,}|\d{3,4}-\d{7,8}")


@action("rescue.search", "登记寻亲查询", permission=WRITE, persons=whose)
def record_search(
    access: Any,
    stay: Stay,
    *,
    way: str,
    asked_of: str,
    result: str,
    reference: str = "",
    note: str = "",
    at: dt.datetime | None = None,
) -> Search:
    """`at`: when it was asked; now, unless it is written down later."""
    now = locked(stay)
    made = Search.objects.create(
        stay=now, region_id=now.region_id, at=at or timezone.now(), way=way, asked_of=asked_of.strip()[:60],
        reference=reference.strip()[:60], result=result, note=note, by=access.user,
        answered_on=None if result == SearchResult.WAITING else access.today,
    )  # fmt: skip
    withdraw_tasks([f"rescue_search:{now.pk}"], "已开展寻亲", actor=access.user)
    return made


@action("rescue.search_answer", "登记查询反馈", permission=WRITE, persons=lambda one: one.stay.persons)
def answer_search(access: Any, search: Search, *, result: str, note: str = "") -> Search:
    """What the police, the DNA laboratory or a place answered."""
    now = Search.objects.select_for_update(of=["self"]).get(pk=search.pk)
    if now.result != SearchResult.WAITING:
        raise Refused("这次查询已经登记过反馈。再次查询的请另登一条。")
    if result == SearchResult.WAITING:
        raise Refused({"result": "请选反馈的结果。"})
    now.result, now.answered_on = result, access.today
    now.note = f"{now.note}\n{note}".strip()[:500]
    now.save()
    return now


@action("rescue.photo", "补传照片", permission=WRITE, persons=whose)
def add_photo(access: Any, stay: Stay, photo: Document) -> Stay:
    """One taken after the intake, in place of an earlier one. A notice keeps the photo that the second person looked at."""
    now = locked(stay)
    if not now.is_unknown:
        raise Refused("身份已经查明，不再需要寻亲的照片。请返回救助页面。")
    if not photo.is_picture:
        raise Refused({"photo": "这不是照片。请上传 JPG 或 PNG 格式的图片。"})
    now.photo = photo
    now.save(update_fields=["photo"])
    return now


@action("rescue.notice_draft", "起草寻亲公告", permission=WRITE, persons=whose)
def draft_notice(access: Any, stay: Stay, *, text: str, found_at: str, shows_photo: bool) -> PublicNotice:
    """What may be published and no more: looks, speech, when and where. No number, no illness."""
    now = locked(stay)
    if not now.is_unknown:
        raise Refused("身份已经查明，不用发布寻亲公告。")
    if NUMBERS.search(text):
        raise Refused({"text": "公告里不能有号码。联系电话用救助站的，系统自动加上。"})
    if shows_photo and now.photo_id is None:
        raise Refused({"shows_photo": "还没有照片。请先在救助页面补传照片，或选“否”。"})
    if now.notices.filter(state__in=[NoticeState.DRAFT, NoticeState.PUBLISHED]).exists():
        raise Refused("已经有一份公告在审核或公开中。要改的先撤下，再起草。")
    made = PublicNotice.objects.create(
        token=secrets.token_urlsafe(12), stay=now, region_id=now.region_id, sex=now.sex, age=now.age,
        found_on=now.found_on, found_at=found_at.strip()[:60], text=text.strip(), drafted_by=person_of(access),
        drafted_on=access.today, photo=now.photo if shows_photo else None,
    )  # fmt: skip
    draft = TaskDraft(
        origin=f"rescue_notice:{made.pk}", region=now.region_id, title=NOTICE.title, reason=now.number
    )
    open_tasks(NOTICE.code, [draft], access.today, actor=access.user)
    return made


@action("rescue.notice_decide", "审核寻亲公告", permission=CONFIRM)
def decide_notice(access: Any, notice: PublicNotice, *, publish: bool, reason: str = "") -> PublicNotice:
    """Out for the declared days, by another person than who wrote it; or back with a reason."""
    now = PublicNotice.objects.select_for_update(of=["self"]).select_related("stay").get(pk=notice.pk)
    if now.state != NoticeState.DRAFT:
        raise Refused(f"这份公告{now.get_state_display()}，不用再审核。")
    decider = another_person(access, now.drafted_by_id, did="起草", does="审核")
    if publish and not (now.stay.is_open and now.stay.is_unknown):
        raise Refused("本人已经离站或身份已查明，不再发布。请选“否”退回。")
    if not publish and not reason.strip():
        raise Refused({"reason": "请写明退回的原因，起草人会看到。"})
    now.decided_by, now.reason = decider, reason.strip()[:120]
    if publish:
        days = int(figures(access.today, now.region_id)("rescue_notice_days"))
        now.state, now.published_on = NoticeState.PUBLISHED, access.today
        now.until = access.today + dt.timedelta(days=days)
    else:
        now.state = NoticeState.RETURNED
    now.save()
    withdraw_tasks([f"rescue_notice:{now.pk}"], "已审核", actor=access.user)
    return now


@action("rescue.notice_down", "撤下寻亲公告", permission=WRITE)
def take_down(access: Any, notice: PublicNotice, *, reason: str) -> PublicNotice:
    now = PublicNotice.objects.select_for_update().get(pk=notice.pk)
    if now.state != NoticeState.PUBLISHED:
        raise Refused(f"这份公告{now.get_state_display()}，不用撤下。")
    now.state, now.down_on, now.reason = NoticeState.DOWN, access.today, reason.strip()[:120]
    now.save(update_fields=["state", "down_on", "reason"])
    return now


def _number(access: Any, report: MissingReport) -> None:
    if report.lost_on > access.today:
        raise Refused({"lost_on": "走失日期晚于今天，请核对。"})
    serial = NumberSeries.next(f"missing-{report.region_id[:6]}-{access.today.year}")
    report.number = f"ZS{report.region_id[:6]}{access.today.year}{serial:05d}"
    report.reported_on, report.made_by = access.today, access.user
    report.save(force_insert=True)


@action("rescue.missing", "登记走失人员", permission=WRITE)
def report_missing(access: Any, report: MissingReport) -> MissingReport:
    """Handed in by relatives or the police at a counter."""
    _number(access, report)
    return report


@action("rescue.missing_online", "网上登记走失人员")
def report_missing_online(access: Any, report: MissingReport) -> MissingReport:
    """By somebody of the family, logged in as themselves. The police are told by the family first: this is no alarm."""
    me = person_of(access)
    if MissingReport.objects.filter(reporter=me, name=report.name, state=ReportState.OPEN).exists():
        raise Refused("您已经登记过这个人，正在查找。要补充的请打救助站电话。")
    report.reporter, report.reporter_name = me, me.name
    _number(access, report)
    return report


@action("rescue.missing_close", "撤回走失报告")
def withdraw_report(access: Any, report: MissingReport, *, reason: str = "") -> MissingReport:
    """By whoever handed it in, or the station: the person came home."""
    mine = access.user is not None and access.user.person_id == report.reporter_id
    if not mine:
        access.require(WRITE, report.region_id)
    now = MissingReport.objects.select_for_update().get(pk=report.pk)
    if now.state != ReportState.OPEN:
        raise Refused(f"这份报告{now.get_state_display()}，不用撤回。")
    now.state, now.closed_on = ReportState.WITHDRAWN, access.today
    now.save(update_fields=["state", "closed_on"])
    return now


def searched(stay: Stay) -> bool:
    """Police or DNA asked, and a notice once published: what the list of settlement asks for."""
    asked = stay.searches.filter(way__in=["police", "dna"]).exists()
    return asked and stay.notices.filter(published_on__isnull=False).exists()
