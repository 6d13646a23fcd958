"""Children's organisations: labelled, supported, evaluated."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet, Sum

from minzheng.business.children.bodies.actions import evaluate, evaluations_of, support, unlabel
from minzheng.business.children.bodies.models import FIELDS, SUPPORT, BodySupport, ChildBody
from minzheng.foundation.forms import Form, Question, Section
from minzheng.foundation.forms.questions import when
from minzheng.foundation.registers import Block, Column, Filter, Import, Register, Related, RowAction, Search
from minzheng.foundation.scoring.models import Assessment

WHERE = Filter("region", "服务地", "region", "region_id")


def bodies() -> QuerySet[ChildBody]:
    return ChildBody.objects.annotate(given=Sum("supports__amount_fen"))


def supports_of(body: ChildBody, on: dt.date) -> QuerySet[BodySupport]:
    return body.supports.order_by("-given_on")


def judged(body: ChildBody, on: dt.date) -> QuerySet[Assessment]:
    found: QuerySet[Assessment] = evaluations_of(body)
    return found


def is_labelled(body: ChildBody) -> bool:
    return body.until is None


FACTS = (
    Column("name", "名称", "name", "organisation__name"),
    Column("uscc", "统一社会信用代码", "code"),
    Column("region", "服务地", "region"),
    Column(
        "fields", "服务领域", read=lambda one: "、".join(dict(FIELDS).get(key, key) for key in one.fields)
    ),
    Column("staff", "专职人员", "number"),
    Column("given", "支持资金合计", "money"),
    Column("labelled_on", "标识日期", "date", sortable=True),
    Column("until", "取消标识", "date", shown=False),
    Column("ended_for", "取消原因", shown=False),
)
SUPPORT_FACTS = (
    Column("body", "社会组织", "name", "body__organisation__name"),
    Column("region", "服务地", "region"),
    Column("kind", "支持方式", "choice", options=SUPPORT),
    Column("content", "内容"),
    Column("amount_fen", "金额", "money"),
    Column("given_on", "日期", "date", sortable=True),
    Column("document_no", "依据文号"),
)
BODIES = Register(
    code="child_bodies",
    title="儿童服务类社会组织",
    covers=("S-127",),
    model=ChildBody,
    rows=bodies,
    icon="award",
    unit="家",
    help="单位先在“单位”台账登记，这里标识服务儿童的社会组织，记下给了哪些支持，定期评估。",
    columns=FACTS,
    filters=(
        WHERE,
        Filter("labelled", "标识有效", "yes_no", "until__isnull"),
        Filter("since", "标识日期", "dates", "labelled_on"),
    ),
    search=(Search("organisation__name", "contains"), Search("uscc", "exact")),
    search_hint="名称或完整的统一社会信用代码",
    form=Form(
        (
            Section(
                "body",
                "社会组织",
                (
                    Question("uscc", "统一社会信用代码", min=18, max=24, hint="在“单位”台账里已经登记的。"),
                    Question("region", "在哪里服务", "region", level=3),
                    Question("fields", "服务领域", "choices", options=FIELDS),
                    Question("staff", "专职人员", "number", unit="人", min=0, max=9999),
                    Question("labelled_on", "标识日期", "date", tense="past"),
                ),
            ),
        )
    ),
    imports=Import(key=("uscc",)),
    actions=(
        RowAction(
            "support", "登记支持", support, "register.write", "付款另走合同和发放，这里记清给了什么。",
            questions=(
                Question("kind", "支持方式", "choice", options=SUPPORT),
                Question("content", "内容", max=200),
                Question("amount_fen", "金额", "money", required=False, min=1, show_if=when("kind", "purchase", "fund")),
                Question("document_no", "合同（文件）文号", required=False, max=60, show_if=when("kind", "purchase", "fund")),
                Question("given_on", "日期", "date", tense="past"),
            ),
            is_open=is_labelled, bulk=False,
        ),
        RowAction(
            "evaluate", "开始评估", evaluate, "rating.apply", "在“等级评定”里自评、现场评分、表决。",
            is_open=is_labelled, bulk=False,
        ),
        RowAction(
            "unlabel", "取消标识", unlabel, "register.write", "不再列为儿童服务类社会组织，记录保留。",
            questions=(Question("until", "取消日期", "date", tense="past"), Question("ended_for", "原因", max=120)),
            is_open=is_labelled, danger=True, bulk=False,
        ),
    ),
    details=(
        Block("社会组织", FACTS),
        Related("得到的支持", SUPPORT_FACTS[2:], supports_of, register="child_body_supports", empty="还没有登记支持"),
        Related(
            "评估",
            (
                Column("opened_on", "开始", "date"),
                Column("state", "状态", "choice"),
                Column("total", "总分", "number"),
                Column("valid_until", "有效期至", "date"),
            ),
            judged,
            empty="还没有评估",
        ),
    ),
)  # fmt: skip
SUPPORTS = Register(
    code="child_body_supports",
    title="社会组织支持记录",
    covers=("S-127",),
    model=BodySupport,
    icon="heart-handshake",
    unit="次",
    help="在社会组织的页面登记。",
    columns=SUPPORT_FACTS,
    filters=(
        WHERE,
        Filter("kind", "支持方式", "choice", options=SUPPORT),
        Filter("given", "日期", "dates", "given_on"),
    ),
    search=(Search("body__organisation__name", "contains"),),
    search_hint="社会组织名称",
)
