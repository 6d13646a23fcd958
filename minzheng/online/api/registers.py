"""接口客户台账: who may call, on what basis, until when, and every change of it."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

from minzheng.foundation.registers import Block, Column, Filter, Register, Search
from minzheng.online.api.models import ApiClient
from minzheng.online.api.scopes import titles

API_CLIENTS = Register(
    code="api-clients",
    title="接口客户",
    model=ApiClient,
    icon="arrows-exchange",
    unit="个",
    help="哪些部门系统和群众应用可以调用开放接口。登记、更换密钥、停用和事件订阅在“开放接口”里办理。",
    read="api.client",
    export="api.client",
    rows=lambda: ApiClient.objects.select_related("region", "oidc", "registered_by"),
    name=lambda client: client.name,
    columns=(
        Column("name", "名称", "name"),
        Column("kind", "种类", "choice"),
        Column("department", "使用单位"),
        Column("region", "辖区", "region"),
        Column("until", "到期日期", "date"),
        Column("standing", "状态", read=lambda client: client.standing(dt.date.today())[1]),
    ),
    filters=(
        Filter("kind", "种类", "choice"),
        Filter("until", "到期日期", "dates"),
        Filter("region", "辖区", "region", "region_id"),
    ),
    search=(Search("name", "contains"), Search("department", "contains")),
    search_hint="名称或使用单位",
    links=lambda client: [("密钥和推送", reverse("clients:client", args=[client.pk]))],
    details=(
        Block(
            "登记",
            (
                Column("name", "名称", "name"),
                Column("department", "使用单位"),
                Column("contact", "联系科室和电话"),
                Column("basis", "依据"),
                Column("scopes", "授权范围", read=lambda client: "；".join(titles(client.scopes))),
                Column("since", "启用日期", "date"),
                Column("until", "到期日期", "date"),
                Column("secret_since", "密钥更换时间", "moment"),
                Column("registered_by", "登记人", "name", read=lambda client: str(client.registered_by)),
                Column("revoked_at", "停用时间", "moment"),
                Column("revoke_reason", "停用原因"),
            ),
        ),
    ),
)
