"""Registers of searching: reports of missing people, attempts, notices, matches, settlement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse

from minzheng.business.rescue.identity import decide_match
from minzheng.business.rescue.models import (
    Match,
    MatchState,
    MissingReport,
    NoticeState,
    PublicNotice,
    ReportState,
    Search,
    SearchResult,
    Settlement,
    SettlementState,
)
from minzheng.business.rescue.searching import answer_search, decide_notice, take_down, withdraw_report
from minzheng.business.rescue.settlement import settle, withdraw
from minzheng.foundation.forms import Question
from minzheng.foundation.registers import Block, Column, Filter, Register, RowAction
from minzheng.foundation.registers import Search as Box

READ, WRITE, CONFIRM = "rescue.read", "rescue.write", "rescue.confirm"
RIGHTS: dict[str, Any] = {"read": READ, "write": WRITE, "export": "rescue.export", "reveal": WRITE}


def of_stay(rows: Sequence[Any]) -> Iterable[int]:
    return {row.stay.person_id for row in rows if row.stay.person_id}


REPORT = (
    Column("number", "编号", "code"),
    Column("name", "走失人", "name"),
    Column("sex", "性别", "choice"),
    Column("birth_year", "出生年份（约）", "number"),
    Column("lost_on", "走失日期", "date", sortable=True),
    Column("lost_at", "走失地点"),
    Column("source", "报告人", "choice"),
    Column(
        "state", "状态", "badge",
        tones={ReportState.OPEN: "warn", ReportState.FOUND: "ok", ReportState.WITHDRAWN: "neutral"},
    ),
)  # fmt: skip
MISSING = Register(
    code="missing_reports",
    title="走失人员",
    covers=("S-164",),
    model=MissingReport,
    icon="user-search",
    unit="人",
    help="亲属、公安机关报来的走失人员。与在站的身份不明人员比对，由人判断，再由另一人核定。",
    **RIGHTS,
    name=str,
    columns=REPORT,
    filters=(
        Filter("state", "状态", "choice"),
        Filter("source", "报告人", "choice"),
        Filter("sex", "性别", "choice"),
        Filter("lost", "走失日期", "dates", "lost_on"),
    ),
    search=(Box("name"), Box("number", "exact"), Box("lost_at", "contains"), Box("home", "contains")),
    search_hint="姓名（从姓开始）、编号、走失地点或家庭住址",
    actions=(
        RowAction(
            "withdraw", "已回家，撤回", withdraw_report, WRITE, "不再与在站人员比对，记录保留。",
            is_open=lambda one: one.state == ReportState.OPEN,
        ),
    ),
    details=(
        Block(
            "走失人员",
            (
                *REPORT,
                Column("id_no", "身份证号", "id_no"),
                Column("home", "家庭住址"),
                Column("dialect", "口音"),
                Column("height_cm", "身高（厘米）", "number"),
                Column("features", "体貌、衣着"),
                Column("reporter_name", "联系人", "name"),
                Column("reporter_relation", "与走失人关系"),
                Column("reporter_phone", "联系电话", "phone"),
                Column("police_no", "报警回执"),
                Column("reported_on", "报告日期", "date"),
                Column("closed_on", "办结日期", "date"),
            ),
        ),
    ),
)  # fmt: skip
SEARCHES = Register(
    code="rescue_searches",
    title="寻亲查询",
    covers=("S-164",),
    model=Search,
    rows=lambda: Search.objects.select_related("stay"),
    icon="search",
    unit="次",
    help="每一次查询的时间、方式、编号（DNA样本号、公安回执）和结果。",
    **RIGHTS,
    persons=of_stay,
    columns=(
        Column("stay", "救助编号", "code", "stay__number"),
        Column("at", "时间", "moment", sortable=True),
        Column("way", "方式", "choice"),
        Column("asked_of", "向谁查询（发布）"),
        Column("reference", "编号", "code"),
        Column("result", "结果", "choice"),
        Column("answered_on", "反馈日期", "date"),
    ),
    filters=(Filter("way", "方式", "choice"), Filter("result", "结果", "choice")),
    search=(Box("reference", "exact"), Box("stay__number", "exact")),
    search_hint="DNA样本号、回执号或救助编号",
    actions=(
        RowAction(
            "answer", "登记反馈", answer_search, WRITE, "登记公安、DNA实验室或户籍地的反馈。",
            questions=(
                Question("result", "结果", "choice", options=tuple(SearchResult.choices)[1:]),
                Question("note", "说明", "long_text", required=False, max=300),
            ),
            is_open=lambda one: one.result == SearchResult.WAITING,
            bulk=False,
        ),
    ),
)  # fmt: skip
NOTICES = Register(
    code="rescue_notices",
    title="寻亲公告",
    covers=("S-164",),
    model=PublicNotice,
    rows=lambda: PublicNotice.objects.select_related("stay", "drafted_by", "decided_by"),
    icon="speakerphone",
    unit="份",
    help="另一位同志审核以后公开，期满、离站或查明身份自动撤下。",
    **RIGHTS,
    persons=of_stay,
    columns=(
        Column("stay", "救助编号", "code", "stay__number"),
        Column("text", "公告内容"),
        Column("drafted_by", "起草人", "text", "drafted_by__name"),
        Column("drafted_on", "起草日期", "date", sortable=True),
        Column("published_on", "发布日期", "date"),
        Column("until", "公告截止", "date"),
        Column(
            "state", "状态", "badge",
            tones={NoticeState.DRAFT: "warn", NoticeState.PUBLISHED: "ok", NoticeState.RETURNED: "bad"},
        ),
        Column("reason", "退回或撤下原因", shown=False),
    ),
    filters=(Filter("state", "状态", "choice"), Filter("published", "发布日期", "dates", "published_on")),
    search=(Box("stay__number", "exact"), Box("text", "contains")),
    search_hint="救助编号或公告里的词",
    actions=(
        RowAction(
            "decide", "审核公告", decide_notice, CONFIRM, "发布后任何人不登录都能看到。请先看有没有不该公开的内容。",
            questions=(
                Question("publish", "发布吗？", "yes_no"),
                Question("reason", "退回的原因", "text", required=False, max=120),
            ),
            is_open=lambda one: one.state == NoticeState.DRAFT,
            bulk=False,
        ),
        RowAction(
            "down", "撤下", take_down, WRITE, "公众不再看到，记录保留。",
            questions=(Question("reason", "原因", "text", min=2, max=120),),
            is_open=lambda one: one.state == NoticeState.PUBLISHED,
            danger=True,
        ),
    ),
)  # fmt: skip
MATCHES = Register(
    code="rescue_matches",
    title="寻亲比对",
    covers=("S-164",),
    model=Match,
    rows=lambda: Match.objects.select_related("stay", "report", "proposed_by", "decided_by"),
    icon="users",
    unit="件",
    help="系统只排先后、说理由，是不是同一个人由两位同志先后判断。",
    **RIGHTS,
    persons=of_stay,
    columns=(
        Column("stay", "救助编号", "code", "stay__number"),
        Column("report", "走失报告", "code", "report__number"),
        Column("score", "相符程度", "number"),
        Column("basis", "初核意见"),
        Column("proposed_by", "初核人", "text", "proposed_by__name"),
        Column("proposed_on", "初核日期", "date", sortable=True),
        Column("state", "状态", "badge", tones={MatchState.PROPOSED: "warn", MatchState.CONFIRMED: "ok"}),
        Column("decided_by", "核定人", "text", "decided_by__name"),
    ),
    filters=(Filter("state", "状态", "choice"), Filter("proposed", "初核日期", "dates", "proposed_on")),
    search=(Box("stay__number", "exact"), Box("report__number", "exact")),
    search_hint="救助编号或走失报告编号",
    links=lambda one: [("对照并核定", reverse("desk:rescue:match", args=[one.pk]))],
    actions=(
        RowAction(
            "decide", "核定", decide_match, CONFIRM, "认定是同一个人的，走失报告办结，身份随之登记。",
            questions=(
                Question("same", "是同一个人吗？", "yes_no"),
                Question("note", "凭什么认定", "text", min=2, max=200),
            ),
            is_open=lambda one: one.state == MatchState.PROPOSED,
            bulk=False,
        ),
    ),
)  # fmt: skip
SETTLEMENTS = Register(
    code="rescue_settlements",
    title="落户安置",
    covers=("S-161",),
    model=Settlement,
    rows=lambda: Settlement.objects.select_related("stay", "home_region"),
    icon="home-heart",
    unit="人",
    help="满三个月仍查不明身份：列入名单、公安登记户口、县级核准。核准当时建立人员和家庭档案，并派人核查特困。",
    **RIGHTS,
    persons=of_stay,
    columns=(
        Column("stay", "救助编号", "code", "stay__number"),
        Column("listed_on", "列入日期", "date", sortable=True),
        Column("name", "登记姓名", "name"),
        Column("police_on", "户口登记日期", "date"),
        Column("home_region", "落户地", "region"),
        Column("place", "安置机构（住处）"),
        Column(
            "state", "状态", "badge",
            tones={SettlementState.LISTED: "warn", SettlementState.REGISTERED: "info", SettlementState.SETTLED: "ok"},
        ),
    ),
    filters=(Filter("state", "状态", "choice"), Filter("listed", "列入日期", "dates", "listed_on")),
    search=(Box("stay__number", "exact"), Box("name"), Box("id_no", "exact")),
    search_hint="救助编号、登记姓名（从姓开始）或完整身份证号",
    links=lambda one: [("办理", reverse("desk:rescue:stay", args=[one.stay_id]))],
    actions=(
        RowAction(
            "settle", "核准安置", settle, CONFIRM, "核准当时建立人员和家庭档案，办理离站，派人核查特困、低保。",
            is_open=lambda one: one.state == SettlementState.REGISTERED,
            bulk=False,
        ),
        RowAction(
            "withdraw", "撤回", withdraw, WRITE, "查到亲属等原因，不再安置。",
            questions=(Question("note", "原因", "text", min=2, max=200),),
            is_open=lambda one: one.state in (SettlementState.LISTED, SettlementState.REGISTERED),
            danger=True,
            bulk=False,
        ),
    ),
)  # fmt: skip
