"""The register of organisations: homes' operators, service providers, villages' committees."""

from __future__ import annotations

import datetime as dt
from typing import Any

from minzheng.foundation.forms import Form, Question, Section
from minzheng.foundation.organisations.actions import end_organisation
from minzheng.foundation.organisations.certificates import OF_KIND
from minzheng.foundation.organisations.licensing import LICENCES, license_organisation
from minzheng.foundation.organisations.models import Kind, Organisation
from minzheng.foundation.registers import (
    Block,
    Column,
    Filter,
    Import,
    Register,
    Related,
    RowAction,
    Search,
)


def facilities_of(organisation: Organisation, on: dt.date) -> Any:
    return organisation.facilities.select_related("region").order_by("closed_on", "opened_on")


LICENCE = (
    Question("licence", "制发哪一种", "choice", options=LICENCES),
    Question("decision_no", "登记（认定）决定文号", max=60),
    Question("scope", "业务范围", "long_text", min=2, max=500),
    Question("fund_fen", "注册资金（开办资金）", "money", required=False),
    Question("supervisor", "业务主管单位", required=False, max=60, hint="直接登记的不填。"),
    Question("valid_until", "有效期至", "date", tense="future", required=False, hint="照登记决定填写。"),
)
FACTS = (
    Column("name", "名称", "name", sortable=True),
    Column("uscc", "统一社会信用代码", "code"),
    Column("kind", "类型", "choice"),
    Column("region", "登记地", "region"),
    Column("address", "住所", shown=False),
    Column("legal_rep_name", "法定代表人（负责人）"),
    Column("legal_rep_id_no", "法定代表人身份证号", "id_no", shown=False),
    Column("phone", "联系电话", "phone", shown=False),
    Column("founded_on", "成立日期", "date"),
    Column("ended_on", "注销日期", "date", shown=False),
)

ORGANISATIONS = Register(
    code="organisations",
    title="单位",
    model=Organisation,
    icon="building",
    unit="个",
    help="一个统一社会信用代码只登记一次；注销的单位保留记录，不删除。",
    columns=FACTS,
    filters=(
        Filter("region", "登记地", "region", "region_id"),
        Filter("kind", "类型", "choice", options=tuple(Kind.choices)),
        Filter("open", "在业", "yes_no", "ended_on__isnull"),
    ),
    search=(Search("name"), Search("uscc", "exact")),
    search_hint="名称（从第一个字开始）或完整的统一社会信用代码",
    form=Form(
        (
            Section(
                "organisation",
                "单位",
                (
                    Question("name", "名称", max=100),
                    Question("uscc", "统一社会信用代码", min=18, max=24, hint="证书上的18位代码。"),
                    Question("kind", "类型", "choice", options=tuple(Kind.choices)),
                    Question("region", "登记地", "region"),
                    Question("address", "住所", required=False),
                    Question("legal_rep_name", "法定代表人（负责人）", "name", required=False),
                    Question("legal_rep_id_no", "法定代表人身份证号", "id_no", required=False),
                    Question("phone", "联系电话", "phone", required=False),
                    Question("bank_name", "开户银行", required=False, max=60),
                    Question("bank_account", "对公账号", "bank_account", required=False),
                    Question("founded_on", "成立日期", "date", tense="past", required=False),
                ),
            ),
        )
    ),
    imports=Import(key=("uscc",), note="代码相同的视为同一个单位。"),
    actions=(
        RowAction(
            "license",
            "制发证照",
            license_organisation,
            permission="organisation.license",
            confirm="按登记决定同时生成纸质和电子证照；已有的同种证照即时注销，换发新的。",
            questions=LICENCE,
            is_open=lambda organisation: organisation.ended_on is None and organisation.kind in OF_KIND,
            bulk=False,
            fresh=True,
        ),
        RowAction(
            "end",
            "登记注销",
            end_organisation,
            permission="register.write",
            confirm="注销后不能再新设机构、接受委托，已有的记录都保留。",
            questions=(Question("ended_on", "注销日期", "date", tense="past"),),
            is_open=lambda organisation: organisation.ended_on is None,
            danger=True,
            bulk=False,
        ),
    ),
    details=(
        Block(
            "单位",
            (
                *FACTS,
                Column("bank_name", "开户银行"),
                Column("bank_account", "对公账号", "bank_account"),
            ),
        ),
        Related(
            "名下的设施",
            (
                Column("name", "名称", "name"),
                Column("kind", "种类", read=lambda facility: facility.kind_title),
                Column("region", "所在地", "region"),
                Column("opened_on", "开办日期", "date"),
                Column("closed_on", "关闭日期", "date"),
            ),
            facilities_of,
            register="facilities",
            empty="名下没有登记的设施",
        ),
    ),
)
