"""发证机关 and 证照: who issues, and all that was ever issued; old numbers stay searchable (handbook 11.8)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.urls import reverse

from minzheng.foundation.certificates.actions import resume, revoke_by_officer, suspend
from minzheng.foundation.certificates.models import Issued, Issuer, State
from minzheng.foundation.certificates.national import has_national_seal
from minzheng.foundation.certificates.words import Certificate, sealed_kinds
from minzheng.foundation.forms import Question
from minzheng.foundation.registers import Block, Column, Filter, Register, RowAction, Search
from minzheng.foundation.registry.words import shelf

TONES = {State.VALID: "ok", State.SUSPENDED: "warn", State.REVOKED: "neutral"}
WHY = (Question("reason", "原因", "long_text", min=2, max=200),)


def kinds() -> Iterable[tuple[str, str]]:
    return [(word.code, word.title) for word in shelf(Certificate) if not word.is_sealed]


def title_of(certificate: Issued) -> str:
    return certificate.word.title


def issued() -> QuerySet[Issued]:
    every = Issued.objects.exclude(kind__in=sealed_kinds())
    return every.select_related("person", "region", "replaces", "replaced_by")


def holders(certificates: Sequence[Issued]) -> Iterable[int]:
    return {holder for one in certificates for holder in one.holders}


def links(certificate: Issued) -> list[tuple[str, str]]:
    """A revoked one is opened by nobody."""
    if certificate.state == State.REVOKED:
        return []
    files = [("打开证照", reverse("desk:certificate_file", args=[certificate.pk]))]
    if has_national_seal(certificate):
        files.append(("下载国密签章", reverse("desk:certificate_seal", args=[certificate.pk])))
    return files


COLUMNS = (
    Column("number", "证照编号", "code"),
    Column("kind", "证照", read=title_of),
    Column("name", "持证人", "name"),
    Column("region", "所在地", "region"),
    Column("issued_on", "发证日期", "date"),
    Column("valid_until", "有效期至", "date"),
    Column("state", "状态", "badge", tones=TONES),
)

ISSUERS = Register(
    code="issuers",
    title="发证机关",
    model=Issuer,
    icon="building-bank",
    unit="个",
    help="以谁的名义发证。由系统管理员用 minzheng issuers 登记；改名以后，已经发出的证照不变。",
    read="certificate.read",
    columns=(
        Column("name", "发证机关", "name"),
        Column("region", "辖区", "region"),
        Column("short_name", "编号用简称"),
        Column("uscc", "统一社会信用代码", "code"),
    ),
    search=(Search("name"), Search("uscc", "exact")),
    search_hint="发证机关名称（从第一个字开始）或统一社会信用代码",
)

CERTIFICATES = Register(
    code="certificates",
    title="证照",
    model=Issued,
    rows=issued,
    icon="certificate",
    unit="份",
    help="纸质和电子证照同时生成。已注销的编号仍可查到。",
    read="certificate.read",
    write="certificate.write",
    name=lambda certificate: f"{certificate.word.title} {certificate.number}",
    persons=holders,
    columns=COLUMNS,
    filters=(
        Filter("kind", "证照", "choice", options=kinds),
        Filter("state", "状态", "choice"),
        Filter("region", "所在地", "region", "region_id"),
        Filter("issued", "发证日期", "dates", "issued_on"),
    ),
    search=(Search("name"), Search("number", "contains"), Search("identifier", "exact")),
    search_hint="持证人姓名（从姓开始）、证照编号或电子证照标识",
    links=links,
    actions=(
        RowAction(
            "suspend",
            "暂停使用",
            suspend,
            "certificate.write",
            "暂停期间核验结果为“暂停使用”，可以恢复。",
            questions=WHY,
            is_open=lambda one: one.state == State.VALID,
            fresh=True,
        ),
        RowAction(
            "resume",
            "恢复使用",
            resume,
            "certificate.write",
            "核验结果恢复为“有效”。",
            is_open=lambda one: one.state == State.SUSPENDED,
            fresh=True,
        ),
        RowAction(
            "revoke",
            "注销",
            revoke_by_officer,
            "certificate.write",
            "注销以后不能恢复，只能重新发证。",
            questions=WHY,
            is_open=lambda one: one.state != State.REVOKED,
            danger=True,
            fresh=True,
        ),
    ),
    details=(
        Block(
            "证照",
            (
                *COLUMNS,
                Column("issuer_name", "发证机关"),
                Column("identifier", "电子证照标识", "code"),
                Column("version", "版本", "number"),
                Column("replaces", "换发自", read=lambda one: one.replaces.number if one.replaces else ""),
                Column("reason", "状态原因"),
                Column("state_since", "状态时间", "moment"),
            ),
        ),
    ),
)
