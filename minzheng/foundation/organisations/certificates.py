"""The four licences of social organisations among the seven that are issued on paper and electronically at once (S-025)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from minzheng.foundation.certificates.words import Certificate, Content
from minzheng.foundation.organisations.models import Kind, Organisation


@dataclass(frozen=True)
class Licensed:
    """What the registering authority has decided: the decision's number, and what the paper says beside the register."""

    organisation: Organisation
    decision_no: str
    scope: str
    fund_fen: int | None = None
    supervisor: str = ""
    valid_until: dt.date | None = None


def content_of(said: Licensed, on: dt.date) -> Content:
    one = said.organisation
    rows = [
        ("名称", one.name),
        ("统一社会信用代码", one.uscc),
        ("法定代表人", one.legal_rep_name),
        ("住所", one.address),
        ("业务范围", said.scope),
    ]
    if said.fund_fen is not None:
        rows.append(("注册资金", f"{said.fund_fen / 100:,.2f}元"))
    if said.supervisor:
        rows.append(("业务主管单位", said.supervisor))
    if said.valid_until is not None:
        rows.append(("有效期限", f"{on:%Y年%-m月%-d日}至{said.valid_until:%Y年%-m月%-d日}"))
    rows.append(("登记决定", said.decision_no))
    return Content(
        person=None,
        name=one.name,
        rows=tuple(rows),
        public=("名称", "统一社会信用代码", "法定代表人", "住所", "业务范围", "注册资金", "业务主管单位"),
        valid_until=said.valid_until,
    )


ASSOCIATION = Certificate(
    code="association",
    title="社会团体法人登记证书",
    mark="社",
    content=content_of,
    cite="社会团体登记管理条例",
    type_no="041",
    covers=("S-025",),
)
SERVICE_BODY = Certificate(
    code="service_body",
    title="民办非企业单位登记证书",
    mark="民",
    content=content_of,
    cite="民办非企业单位登记管理暂行条例",
    type_no="042",
    covers=("S-025",),
)
CHARITY_FOUNDATION = Certificate(
    code="charity_foundation",
    title="基金会法人登记证书",
    mark="基",
    content=content_of,
    cite="基金会管理条例",
    type_no="043",
    covers=("S-025",),
)
PUBLIC_FUNDRAISING = Certificate(
    code="public_fundraising",
    title="慈善组织公开募捐资格证书",
    mark="募",
    content=content_of,
    cite="慈善法；慈善组织公开募捐管理办法",
    type_no="044",
    covers=("S-025",),
)

OF_KIND = {
    Kind.ASSOCIATION: (ASSOCIATION, PUBLIC_FUNDRAISING),
    Kind.SERVICE_BODY: (SERVICE_BODY, PUBLIC_FUNDRAISING),
    Kind.FOUNDATION: (CHARITY_FOUNDATION, PUBLIC_FUNDRAISING),
}
