"""The library: what is in force on a day, what replaced what, what was filed."""

from __future__ import annotations

import datetime as dt

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When

from minzheng.business.assistance.library.models import PolicyDocument, Rank
from minzheng.foundation.forms import Form, Question, Section
from minzheng.foundation.people.named import WHERE
from minzheng.foundation.registers import Block, Column, Filter, Register, Search


def in_force(on: dt.date) -> Q:
    return Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gte=on))


def documents() -> QuerySet[PolicyDocument]:
    now = When(in_force(dt.date.today()), then=Value(True))
    return PolicyDocument.objects.annotate(valid=Case(now, default=Value(False), output_field=BooleanField()))


FACTS = (
    Column("title", "标题"),
    Column("number", "文号", "code"),
    Column("rank", "效力", "choice"),
    Column("issuer", "制定机关", shown=False),
    Column("since", "施行", "date", sortable=True),
    Column("until", "失效", "date"),
    Column("valid", "现行有效", "yes_no"),
    Column("replaced_by", "由哪一份替代", shown=False),
)
LIBRARY = Register(
    code="policy-documents",
    title="社会救助文件库",
    covers=("S-076",),
    model=PolicyDocument,
    rows=documents,
    icon="book",
    unit="份",
    help="本地适用的法律、办法和通知：从哪天起施行、哪天失效、被哪一份替代、是否备案。规则引用的文号在这里能查到。",
    columns=FACTS,
    filters=(
        WHERE,
        Filter("valid", "现行有效", "yes_no"),
        Filter("rank", "效力", "choice", options=tuple(Rank.choices)),
        Filter("since", "施行日期", "dates"),
        Filter("unfiled", "还没有备案", "yes_no", "filed_on__isnull"),
    ),
    search=(Search("title", "contains"), Search("number", "code")),
    search_hint="标题里的字，或文号",
    form=Form(
        (
            Section(
                "document",
                "文件",
                (
                    Question("region", "适用的县（市、区）", "region", level=3),
                    Question("title", "标题", max=120),
                    Question("number", "文号", max=60),
                    Question("rank", "效力", "choice", options=tuple(Rank.choices)),
                    Question("issuer", "制定机关", max=60),
                    Question("issued_on", "印发日期", "date", tense="past"),
                    Question("since", "施行日期", "date"),
                    Question("until", "失效日期（当天仍有效）", "date", required=False),
                    Question("replaced_by", "由哪一份替代（文号）", max=60, required=False),
                    Question("filed_on", "备案日期", "date", tense="past", required=False),
                    Question("filed_with", "备案机关和编号", max=80, required=False),
                    Question("summary", "要点", "long_text", max=300),
                ),
            ),
        )
    ),
    details=(
        Block(
            "文件",
            (
                *FACTS,
                Column("issued_on", "印发日期", "date"),
                Column("filed_on", "备案日期", "date"),
                Column("filed_with", "备案机关和编号"),
                Column("summary", "要点"),
            ),
        ),
    ),
)
