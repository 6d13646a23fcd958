"""Orders, contracts, workers, assessed needs: the lists of services."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse

from minzheng.foundation.actions import Refused, action
from minzheng.foundation.forms import Question
from minzheng.foundation.registers import Block, Column, Filter, Register, Related, RowAction, Search
from minzheng.foundation.services.actions import reject
from minzheng.foundation.services.models import Channel, Contract, Need, Needs, Order, Payer, State, Worker
from minzheng.foundation.services.words import Catalogue, titles

TONES = {
    "asked": "warn", "accepted": "info", "started": "info", "done": "warn", "confirmed": "ok", "settled": "ok",
    "rejected": "bad", "cancelled": "neutral",
}  # fmt: skip


def people_of(rows: Sequence[Any]) -> Iterable[int]:
    return {one.person_id for one in rows}


def kind_title(order: Order) -> str:
    return titles().get(order.kind, order.kind)


ORDER = (
    Column("kind_title", "服务项目", read=kind_title, path="kind"),
    Column("name", "服务对象", "name", "person__name"),
    Column("region", "所在村（社区）", "region"),
    Column("state", "状态", "badge", tones=TONES, options=tuple(State.choices)),
    Column("provider", "服务单位", path="provider__name"),
    Column("asked_at", "下单时间", "moment"),
    Column("done_by", "应完成", "moment"),
    Column("payer", "由谁付费", "choice"),
    Column("price_fen", "价格", "money"),
    Column("rating", "评价", "number"),
)
ORDERS = Register(
    code="service-orders",
    title="服务工单",
    covers=("S-063",),
    model=Order,
    icon="clipboard-list",
    unit="张",
    help="下单、接单、上门、确认、评价、结算都在一张工单上。",
    name=lambda order: f"{order.person.name}的{kind_title(order)}",
    persons=people_of,
    columns=ORDER,
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter("state", "状态", "choice", options=tuple(State.choices)),
        Filter("kind", "服务项目", "choice", options=lambda: iter(Catalogue())),  # type: ignore[arg-type]
        Filter("channel", "渠道", "choice", options=tuple(Channel.choices)),
        Filter("payer", "由谁付费", "choice", options=tuple(Payer.choices)),
    ),
    search=(Search("person__name"), Search("person__id_no", "exact")),
    search_hint="姓名（从姓开始）或完整身份证号",
    links=lambda order: [("工单", reverse("desk:services:order", args=[order.pk]))],
    actions=(
        RowAction(
            "reject",
            "不予结算",
            reject,
            "service.settle",
            "这些工单将不付款，原因会告知服务单位。",
            questions=(Question("reason", "原因", "text", min=2),),
            is_open=lambda order: order.state in (State.DONE, State.CONFIRMED) and order.statement_id is None,
            danger=True,
        ),
    ),
    details=(
        Block("工单", ORDER),
        Block(
            "服务过程",
            (
                Column("channel", "渠道", "choice"),
                Column("worker", "服务人员", "name", "worker__name"),
                Column("accepted_at", "接单", "moment"),
                Column("started_at", "开始", "moment"),
                Column("finished_at", "结束", "moment"),
                Column("confirmed_as", "确认人身份"),
                Column("confirmed_at", "确认", "moment"),
                Column("handed_back", "退单次数", "number"),
                Column("reason", "取消或不予结算的原因"),
            ),
        ),
    ),
)


@action("contract.evaluate", "登记第三方评估", permission="register.write")
def evaluate(
    access: Any, contract: Contract, *, evaluator: str, evaluated_on: str, points: int, evaluation: str
) -> Contract:
    """What an independent body found (财政部令第102号); the provider does not evaluate itself."""
    if evaluator.strip() == contract.provider.name:
        raise Refused({"evaluator": "承接单位不能评估自己，请填写第三方机构。"})
    contract.evaluator, contract.evaluation = evaluator.strip()[:100], evaluation.strip()[:300]
    contract.evaluated_on, contract.points = dt.date.fromisoformat(str(evaluated_on)), points
    contract.save()
    return contract


CONTRACT = (
    Column("number", "合同编号", "code"),
    Column("title", "名称", "name"),
    Column("provider", "承接单位", path="provider__name"),
    Column("region", "购买单位", "region"),
    Column("kinds", "服务项目", read=lambda one: "、".join(titles().get(k, k) for k in one.kinds)),
    Column("since", "起", "date"),
    Column("until", "止", "date"),
    Column("amount_fen", "合同金额", "money"),
    Column("points", "第三方评估得分", "number"),
)
CONTRACTS = Register(
    code="service-contracts",
    title="购买服务合同",
    covers=("S-065",),
    model=Contract,
    icon="file-text",
    unit="份",
    help="承接单位凭有效合同接单；结算不超过合同金额。",
    columns=CONTRACT,
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter("until", "到期", "dates", "until"),
        Filter("evaluated", "还没有第三方评估", "yes_no", "points__isnull"),
    ),
    search=(Search("number", "exact"), Search("title"), Search("provider__name")),
    search_hint="合同编号，或名称、单位（从第一个字开始）",
    links=lambda one: [("结算", reverse("desk:services:settlements"))],
    actions=(
        RowAction(
            "evaluate",
            "登记第三方评估",
            evaluate,
            "register.write",
            "评估结果作为续签和付款的依据。",
            questions=(
                Question("evaluator", "评估机构", "text"),
                Question("evaluated_on", "评估日期", "date", tense="past"),
                Question("points", "得分（百分制）", "number", min=0, max=100),
                Question("evaluation", "评估意见", "long_text", required=False),
            ),
            bulk=False,
        ),
    ),
    details=(
        Block(
            "合同",
            (
                *CONTRACT,
                Column("deliverables", "交付要求"),
                Column("evaluator", "评估机构"),
                Column("evaluated_on", "评估日期", "date"),
                Column("evaluation", "评估意见"),
            ),
        ),
        Related(
            "结算",
            (
                Column("month", "月份", "month", "settlement__month"),
                Column("count", "工单数", "number"),
                Column("total_fen", "金额", "money"),
                Column("state", "状态", read=lambda one: one.settlement.get_state_display()),
            ),
            lambda one, on: one.statements.select_related("settlement").order_by("-settlement__month"),
            empty="还没有结算",
        ),
    ),
)
WORKERS = Register(
    code="service-workers",
    title="服务人员",
    model=Worker,
    icon="users",
    unit="人",
    columns=(
        Column("name", "姓名", "name"),
        Column("provider", "单位", path="provider__name"),
        Column("region", "服务所在县", "region"),
        Column("id_no", "身份证号", "id_no"),
        Column("phone", "联系电话", "phone", shown=False),
        Column("skill", "持有证书"),
        Column("since", "入职", "date"),
        Column("until", "离职", "date"),
    ),
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter("working", "在岗", "yes_no", "until__isnull"),
    ),
    search=(Search("name"), Search("provider__name")),
    search_hint="姓名或单位（从第一个字开始）",
)
NEEDS = Register(
    code="service-needs",
    title="服务需求评估",
    covers=("S-063",),
    model=Needs,
    icon="clipboard-check",
    unit="份",
    name=lambda one: f"{one.person.name}的服务需求",
    persons=people_of,
    columns=(
        Column("name", "姓名", "name", "person__name"),
        Column("id_no", "身份证号", "id_no", "person__id_no"),
        Column("region", "所在村（社区）", "region"),
        Column("needs", "需要", read=str),
        Column("assessed_on", "评估日期", "date", sortable=True),
    ),
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter(
            "need",
            "需要",
            "choice",
            "needs__contains",
            options=tuple((f"{{{k}}}", v) for k, v in Need.choices),
        ),
        Filter("assessed", "评估日期", "dates", "assessed_on"),
    ),
    search=(Search("person__name"), Search("person__id_no", "exact")),
    search_hint="姓名（从姓开始）或完整身份证号",
    links=lambda one: [("按需下单", reverse("desk:services:new", args=[one.person_id]))],
)
