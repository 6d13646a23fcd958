"""Orders, contracts, workers, assessed needs: the lists of services."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse

from minzheng.foundation.forms import Question
from minzheng.foundation.registers import Block, Column, Filter, Register, RowAction, Search
from minzheng.foundation.services.actions import reject
from minzheng.foundation.services.models import (
    Channel,
    Need,
    Needs,
    Order,
    Payer,
    Representative,
    State,
)
from minzheng.foundation.services.registers_contracts import CONTRACTS, WORKERS
from minzheng.foundation.services.representatives import agree, end_representation
from minzheng.foundation.services.words import Catalogue, titles

__all__ = ["CONTRACTS", "NEEDS", "ORDERS", "REPRESENTATIVES", "WORKERS"]

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
        Filter("kind", "服务项目", "choice", options=lambda: tuple(Catalogue())),
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
                Column("caller", "来电人"),
                Column("caller_relation", "来电人与老人的关系"),
                Column("caller_phone", "回访电话", "phone"),
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
REPRESENTATIVES = Register(
    code="service-representatives",
    title="服务代办人",
    covers=("S-063",),
    model=Representative,
    icon="users",
    unit="人",
    help="家属替老人下单、确认服务。先看关系证明，再问老人愿不愿意；同意以后才生效。",
    name=lambda one: f"{one.elder.name}的代办人",
    persons=lambda rows: {key for one in rows for key in (one.agent_id, one.elder_id)},
    columns=(
        Column("elder", "老人", "name", "elder__name"),
        Column("agent", "代办人", "name", "agent__name"),
        Column("kin", "与老人的关系", "choice"),
        Column("region", "老人所在村（社区）", "region"),
        Column("state", "状态", read=lambda one: one.state),
        Column("asked_on", "提出", "date", sortable=True),
        Column("confirmed_on", "生效", "date"),
        Column("ended_on", "终止", "date"),
        Column("reason", "不同意或终止的原因", shown=False),
    ),
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter("waiting", "待核实", "yes_no", "confirmed_on__isnull"),
        Filter("open", "没有终止", "yes_no", "ended_on__isnull"),
    ),
    search=(Search("elder__name"), Search("agent__name"), Search("elder__id_no", "exact")),
    search_hint="老人或代办人的姓名，或老人完整身份证号",
    links=lambda one: [
        (f"证明{number}", reverse("documents:show", args=[proof.pk]))
        for number, proof in enumerate(one.proofs.all(), 1)
    ],
    actions=(
        RowAction(
            "agree",
            "老人同意",
            agree,
            "service.order",
            "已经当面或打电话问过老人本人，老人愿意由他（她）代办。",
            is_open=lambda one: one.confirmed_on is None and one.ended_on is None,
            bulk=False,
        ),
        RowAction(
            "end",
            "不同意或终止",
            end_representation,
            "service.order",
            "终止后不能再替老人下单和确认，原因会告诉代办人。",
            questions=(Question("reason", "原因", min=2, max=200),),
            is_open=lambda one: one.ended_on is None,
            danger=True,
            bulk=False,
        ),
    ),
)
