"""Contracts with providers and the people who work under them, as registers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse

from minzheng.foundation.actions import Refused, action
from minzheng.foundation.forms import Question
from minzheng.foundation.registers import Block, Column, Filter, Register, Related, RowAction, Search
from minzheng.foundation.services.contracts import add_worker, amend, end_contract, worker_leaves
from minzheng.foundation.services.models import Contract, Worker
from minzheng.foundation.services.words import titles


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


WORKER_QUESTIONS = (
    Question("name", "姓名", "name"),
    Question("id_no", "身份证号", "id_no"),
    Question("phone", "联系电话", "phone", required=False),
    Question("skill", "持有证书", required=False, max=60, hint="如：养老护理员（中级）。"),
    Question("since", "入职日期", "date", tense="past"),
)


def is_open(contract: Contract) -> bool:
    return contract.is_running(dt.date.today())


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
        RowAction(
            "amend",
            "登记补充协议",
            amend,
            "service.settle",
            "登记后按新的期限和金额执行；原来的期限和金额留在合同页面。",
            questions=(
                Question("signed_on", "签订日期", "date", tense="past"),
                Question(
                    "until", "合同延长（缩短）到哪天", "date", tense="future", hint="没有变的照原合同填。"
                ),
                Question("amount_fen", "合同总金额", "money", min=1, hint="变更以后的总额，不是增加的数。"),
                Question("reason", "变更内容和理由", "long_text", min=2, max=300),
            ),
            is_open=is_open,
            bulk=False,
        ),
        RowAction(
            "worker",
            "登记服务人员",
            add_worker,
            "service.settle",
            "登记后，单位可以派他（她）上门；机构账户也可以自己登记。",
            questions=WORKER_QUESTIONS,
            is_open=is_open,
            bulk=False,
        ),
        RowAction(
            "end",
            "提前终止",
            end_contract,
            "service.settle",
            "从终止日起不能再接单；已经完成的照常结算。",
            questions=(Question("ended_on", "终止日期", "date"),),
            is_open=is_open,
            danger=True,
            bulk=False,
        ),
    ),
    details=(
        Block(
            "合同",
            (
                *CONTRACT,
                Column("ended_on", "提前终止", "date"),
                Column("deliverables", "交付要求"),
                Column("evaluator", "评估机构"),
                Column("evaluated_on", "评估日期", "date"),
                Column("evaluation", "评估意见"),
            ),
        ),
        Related(
            "补充协议",
            (
                Column("signed_on", "签订", "date"),
                Column("until_before", "原截止日", "date"),
                Column("until", "现截止日", "date"),
                Column("amount_fen_before", "原金额", "money"),
                Column("amount_fen", "现金额", "money"),
                Column("reason", "变更内容和理由"),
            ),
            lambda one, on: one.amendments.order_by("-id"),
            empty="没有补充协议",
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
    actions=(
        RowAction(
            "leave",
            "登记离职",
            worker_leaves,
            "service.settle",
            "从这一天起不能再派他（她）上门，以前的服务记录保留。",
            questions=(Question("until", "离职日期", "date"),),
            is_open=lambda worker: worker.until is None,
            bulk=False,
        ),
    ),
)
