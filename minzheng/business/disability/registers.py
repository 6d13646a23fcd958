"""Certificates, and who receives the two subsidies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from minzheng.business.disability.aids.register import AIDS, DEVICES, LOANS
from minzheng.business.disability.benefits import LIVING, NURSING
from minzheng.business.disability.care.register import CARE_NEEDS, CLOSURES, HOUSES_KEPT, PLACEMENTS
from minzheng.business.disability.models import Certificate, Grade, Kind
from minzheng.business.disability.rehab.register import REHABS
from minzheng.foundation.benefits.recipients import recipients
from minzheng.foundation.forms import Form, Question, Section
from minzheng.foundation.people.models import Person
from minzheng.foundation.registers import Block, Column, Filter, Import, Register, Related, Search

__all__ = [
    "AIDS",
    "CARE_NEEDS",
    "CLOSURES",
    "DEVICES",
    "HOUSES_KEPT",
    "LOANS",
    "PLACEMENTS",
    "REHABS",
]


def people_of(certificates: Sequence[Certificate]) -> Iterable[int]:
    numbers = [one.id_no for one in certificates]
    return Person.objects.filter(id_no__in=numbers).values_list("pk", flat=True)


def versions_of(certificate: Certificate, on: dt.date) -> QuerySet[Certificate]:
    """Every certificate that this person has had, the latest first."""
    return Certificate.objects.filter(id_no=certificate.id_no).order_by("-issued_on")


FACTS = (
    Column("name", "姓名", "name"),
    Column("id_no", "身份证号", "id_no"),
    Column("region", "所在村（社区）", "region"),
    Column("kind", "残疾类别", "choice"),
    Column("grade", "残疾等级", "choice"),
    Column("issued_on", "发证日期", "date"),
    Column("valid_until", "有效期至", "date"),
    Column("cancelled_on", "注销日期", "date", shown=False),
)

CERTIFICATES = Register(
    code="disability_certificates",
    title="残疾人证",
    covers=("S-134",),
    model=Certificate,
    icon="id",
    unit="本",
    help="换证、等级变化请新增一本，原证保留；两项补贴、单人户按当日有效的证件认定。",
    name=lambda certificate: f"{certificate.name}的残疾人证",
    persons=people_of,
    form=Form(
        (
            Section(
                "certificate",
                "残疾人证",
                (
                    Question("name", "姓名", "name"),
                    Question("id_no", "身份证号", "id_no"),
                    Question("region", "所在村（社区）", "region"),
                    Question("kind", "残疾类别", "choice", options=tuple(Kind.choices)),
                    Question("grade", "残疾等级", "choice", options=tuple(Grade.choices)),
                    Question("issued_on", "发证日期", "date", tense="past"),
                    Question("valid_until", "有效期至", "date"),
                    Question("cancelled_on", "注销日期", "date", tense="past", required=False),
                ),
            ),
        )
    ),
    imports=Import(
        key=("id_no", "issued_on"), note="同一人换证的，另写一行，发证日期不同；不要改原来的一行。"
    ),
    columns=FACTS,
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter("kind", "残疾类别", "choice", options=tuple(Kind.choices)),
        Filter("grade", "残疾等级", "choice", options=tuple(Grade.choices)),
        Filter("until", "有效期至", "dates", "valid_until"),
        Filter("cancelled", "未注销", "yes_no", "cancelled_on__isnull"),
    ),
    search=(Search("name"), Search("id_no", "exact")),
    search_hint="姓名（从姓开始）或完整身份证号",
    details=(
        Block("残疾人证", FACTS),
        Related(
            "历次证件",
            FACTS[3:],
            versions_of,
            register="disability_certificates",
            empty="没有别的证件",
        ),
    ),
)
LIVING_RECIPIENTS = recipients(LIVING, "生活补贴对象", icon="wheelchair")
NURSING_RECIPIENTS = recipients(NURSING, "护理补贴对象", icon="heart-handshake")
