"""收养申请, 寻亲公告, 收养评估, 登记簿, 查阅记录: numbers, dates and states. Who it is about stands on no list and in no export."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse

from minzheng.business.adoption.models import (
    Adoption,
    Application,
    Dissolution,
    Evaluation,
    SearchNotice,
    Standing,
    State,
    Step,
    Unsealing,
)
from minzheng.foundation.registers import Block, Column, Filter, Register, Search

READ, WRITE = "adoption.read", "adoption.write"
RIGHTS: dict[str, Any] = {"read": READ, "write": WRITE, "export": WRITE, "reveal": WRITE}
STATES = {
    State.OPEN: "info",
    State.REGISTERED: "ok",
    State.REFUSED: "bad",
    State.WITHDRAWN: "neutral",
    State.CLAIMED: "neutral",
}
STANDING = {Standing.VALID: "ok", Standing.DISSOLVED: "neutral", Standing.CANCELLED: "bad"}
STEPS = {Step.RUNNING: "info", Step.PASSED: "ok", Step.FAILED: "bad"}
ENDS = {
    Dissolution.Step.OPEN: "info",
    Dissolution.Step.REGISTERED: "ok",
    Dissolution.Step.REFUSED: "neutral",
}


def parents(rows: Sequence[Application | Adoption]) -> Iterable[int]:
    return {key for row in rows for key in (row.adopter_id, row.spouse_id) if key is not None}


OF_APPLICATION = (
    Column("number", "受理编号", "code"),
    Column("kind", "被收养人类别", "choice"),
    Column("placer", "送养人", "choice"),
    Column("accepted_on", "受理日期", "date", sortable=True),
    Column("state", "状态", "badge", tones=STATES),
    Column("closed_on", "办结日期", "date"),
)
APPLICATIONS = Register(
    code="adoption_applications",
    title="收养登记申请",
    covers=("S-130",),
    model=Application,
    icon="home-heart",
    unit="件",
    help="台账里没有姓名和来历；点“办理”打开申请，每次打开都留痕。",
    **RIGHTS,
    name=lambda one: one.number,
    persons=parents,
    columns=OF_APPLICATION,
    filters=(
        Filter("state", "状态", "choice"),
        Filter("kind", "被收养人类别", "choice"),
        Filter("accepted", "受理日期", "dates", "accepted_on"),
    ),
    search=(Search("number", "exact"),),
    search_hint="受理编号",
    links=lambda one: [("办理", reverse("desk:adoption:application", args=[one.pk]))],
    details=(Block("申请", (*OF_APPLICATION, Column("closed_why", "办结理由"))),),
)
OF_NOTICE = (
    Column("number", "受理编号", "code", "application__number"),
    Column("medium", "刊登媒体"),
    Column("issue_no", "期号或网址"),
    Column("began_on", "公告日期", "date", sortable=True),
    Column("until", "期满日", "date", sortable=True),
)
NOTICES = Register(
    code="adoption_notices",
    title="寻亲公告",
    covers=("S-130",),
    model=SearchNotice,
    rows=lambda: SearchNotice.objects.select_related("application"),
    icon="file-search",
    unit="份",
    help="查找不到生父母的未成年人，登记以前公告；期满的次日起才能登记，有人认领即停止。",
    **RIGHTS,
    persons=lambda rows: parents([row.application for row in rows]),
    columns=OF_NOTICE,
    filters=(Filter("until", "期满日", "dates"),),
    search=(Search("application__number", "exact"),),
    search_hint="受理编号",
    details=(Block("寻亲公告", OF_NOTICE),),
)
OF_EVALUATION = (
    Column("number", "受理编号", "code", "application__number"),
    Column("began_on", "开始日期", "date", sortable=True),
    Column("bonding_from", "融合开始", "date"),
    Column("bonding_until", "融合期满", "date"),
    Column("due_on", "应完成日期", "date", sortable=True),
    Column("reported_on", "出具报告", "date"),
    Column("step", "状态", "badge", tones=STEPS),
)
EVALUATIONS = Register(
    code="adoption_evaluations",
    title="收养评估",
    covers=("S-131",),
    model=Evaluation,
    rows=lambda: Evaluation.objects.select_related("application"),
    icon="checklist",
    unit="件",
    help="两名以上评估员，融合期满以后各自评分，取平均；发现不适宜情形的不通过。收养继子女不评估。",
    **RIGHTS,
    persons=lambda rows: parents([row.application for row in rows]),
    columns=OF_EVALUATION,
    filters=(Filter("step", "状态", "choice"), Filter("due", "应完成日期", "dates", "due_on")),
    search=(Search("application__number", "exact"),),
    search_hint="受理编号",
    links=lambda one: [("查看评估", reverse("desk:adoption:evaluation", args=[one.pk]))],
    details=(Block("收养评估", OF_EVALUATION),),
)
OF_ADOPTION = (
    Column("number", "字号", "code"),
    Column("kind", "被收养人类别", "choice"),
    Column("registered_on", "登记日期", "date", sortable=True),
    Column("standing", "状态", "badge", tones=STANDING),
    Column("ended_on", "终止日期", "date"),
)
ADOPTIONS = Register(
    code="adoptions",
    title="收养登记簿",
    covers=("S-130", "S-132"),
    model=Adoption,
    icon="archive",
    unit="笔",
    help="收养档案密封：登记簿里没有姓名，也不能按姓名查。要看档案，点“档案”申请查阅，由另一人核准。",
    **RIGHTS,
    name=lambda one: one.number,
    persons=parents,
    columns=OF_ADOPTION,
    filters=(
        Filter("standing", "状态", "choice"),
        Filter("kind", "被收养人类别", "choice"),
        Filter("on", "登记日期", "dates", "registered_on"),
    ),
    search=(Search("number", "exact"),),
    search_hint="收养登记证字号",
    links=lambda one: [("档案", reverse("desk:adoption:row", args=[one.pk]))],
    details=(Block("收养登记", (*OF_ADOPTION, Column("basis", "终止依据"))),),
)
OF_END = (
    Column("number", "证明字号", "code"),
    Column("adoption", "原收养登记证字号", "code", "adoption__number"),
    Column("applied_on", "受理日期", "date", sortable=True),
    Column("due_on", "应办结日期", "date", sortable=True),
    Column("step", "状态", "badge", tones=ENDS),
    Column("closed_on", "办结日期", "date"),
)
DISSOLUTIONS = Register(
    code="adoption_dissolutions",
    title="解除收养登记",
    covers=("S-130",),
    model=Dissolution,
    rows=lambda: Dissolution.objects.select_related("adoption"),
    icon="file-text",
    unit="件",
    help="各方协议解除，协议书密封，不在台账里。",
    **RIGHTS,
    persons=lambda rows: parents([row.adoption for row in rows]),
    columns=OF_END,
    filters=(Filter("step", "状态", "choice"), Filter("due", "应办结日期", "dates", "due_on")),
    search=(Search("number", "exact"), Search("adoption__number", "exact")),
    search_hint="证明字号或收养登记证字号",
    links=lambda one: [("办理", reverse("desk:adoption:dissolution", args=[one.pk]))],
    details=(Block("解除收养登记", (*OF_END, Column("closed_why", "不予登记的理由"))),),
)
OF_UNSEALING = (
    Column("adoption", "收养登记证字号", "code", "adoption__number"),
    Column("asker", "查询人", "choice"),
    Column("letter_no", "公函编号"),
    Column("purpose", "用途"),
    Column("asked_on", "申请日期", "date", sortable=True),
    Column("asked_by", "经办人", read=lambda one: str(one.asked_by)),
    Column("allowed_by", "核准人", read=lambda one: str(one.allowed_by or "")),
    Column("until", "可查阅至", "date"),
    Column("refused_why", "不予开启的理由", shown=False),
)
UNSEALINGS = Register(
    code="adoption_unsealings",
    title="收养档案查阅",
    covers=("S-132",),
    model=Unsealing,
    rows=lambda: Unsealing.objects.select_related("adoption", "asked_by", "allowed_by"),
    icon="shield-lock",
    unit="次",
    help="谁、凭什么、为什么打开过哪份档案。一人申请，另一人核准。",
    **RIGHTS,
    persons=lambda rows: parents([row.adoption for row in rows]),
    columns=OF_UNSEALING,
    filters=(Filter("asker", "查询人", "choice"), Filter("asked", "申请日期", "dates", "asked_on")),
    search=(Search("adoption__number", "exact"),),
    search_hint="收养登记证字号",
    links=lambda one: [("办理", reverse("desk:adoption:unsealing", args=[one.pk]))],
    details=(Block("查阅", OF_UNSEALING),),
)
