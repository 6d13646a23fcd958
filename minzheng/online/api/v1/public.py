"""Open to everyone: divisions, standards with their documents, indicators, published statistics, certificates."""

from __future__ import annotations

import datetime as dt
import os
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Path, Query, Router, Schema
from pydantic import Field

from minzheng.datacenter.indicators.words import Indicator
from minzheng.datacenter.statistics.actions import table_of
from minzheng.datacenter.statistics.open_data import LICENCE, published, rows_of
from minzheng.foundation.audit.record import record
from minzheng.foundation.certificates.checking import shown_by
from minzheng.foundation.certificates.models import Issued
from minzheng.foundation.people.masking import mask_name
from minzheng.foundation.regions.models import Region
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.rules import default_counter
from minzheng.foundation.rules.kinds import read_date, to_date
from minzheng.online.api.operation import operation
from minzheng.online.api.paging import Cursor, Limit, Page, page_of, page_of_list
from minzheng.online.api.values import IsoDate

router = Router(tags=["公开信息"])
CODE = r"^[0-9]{12}$"
Day = Annotated[IsoDate | None, Query(None, description="哪一天的，默认今天")]


class RegionOut(Schema):
    code: str
    name: str
    full_name: str
    level: int = Field(description="1 省、2 市、3 县、4 乡镇、5 村")
    parent: str | None


class StandardOut(Schema):
    name: str
    label: str
    value: Any = Field(description="金额以分为单位；是否为 true 或 false")
    shown: str = Field(description="给人看的写法")
    since: dt.date
    cite: str = Field(description="依据的文件")
    set_by: str = Field(description="哪一级定的：区划代码前缀，空为全国")


class IndicatorOut(Schema):
    code: str
    title: str
    line: str
    unit: str
    definition: str
    period: str


class DatasetOut(Schema):
    id: int
    region: str
    region_name: str
    title: str
    month: str = Field(description="2026-10")
    version: int
    licence: str


class TableOut(DatasetOut):
    columns: list[str]
    rows: list[list[str]] = Field(description="每行：区划代码、地区、各栏；人数太少的格子写“不公开”")


class VerifyIn(Schema, extra="forbid"):
    """One of the two: what the paper's QR code says, or the code shown on a phone (good for a minute)."""

    how: Literal["paper", "phone"] = Field(description="paper：纸面二维码；phone：手机亮证的码")
    code: str = Field(min_length=8, max_length=200, description="二维码地址的最后一段")


class VerifyOut(Schema):
    known: bool = Field(description="有没有发过这份证照")
    standing: str = Field(description="有效、暂停使用、已注销、已过期；没有发过时为空")
    is_valid: bool
    as_of: dt.datetime
    title: str
    issuer: str
    holder: str = Field(description="持证人姓名，隐去末字")
    issued_on: dt.date | None
    valid_until: dt.date | None
    rows: list[list[str]] = Field(description="证照上可以公开核验的内容")


@operation(
    router, "GET", "/regions", summary="行政区划", response=Page[RegionOut], public="divisions are public"
)
def list_regions(
    request: HttpRequest,
    limit: Limit,
    cursor: Cursor,
    parent: Annotated[str, Query("", pattern=r"^([0-9]{12})?$", description="上级区划代码；不填为全部")],
    on: Day,
) -> Any:
    regions = Region.objects.on(on or request.caller.today)  # type: ignore[attr-defined]
    if parent:
        regions = regions.filter(parent=parent)
    rows, after = page_of(regions, "code", limit, cursor)
    return {"items": [_region(one) for one in rows], "next": after}


@operation(
    router, "GET", "/regions/{code}", summary="一个区划", response=RegionOut, public="divisions are public"
)
def show_region(request: HttpRequest, code: Annotated[str, Path(pattern=CODE)]) -> Any:
    region = Region.objects.filter(code=code).first()
    if region is None:
        raise Http404("没有这个区划代码。请在区划清单里查找。")
    return _region(region)


def _region(one: Region) -> dict[str, Any]:
    return {
        "code": one.code,
        "name": one.name,
        "full_name": one.full_name,
        "level": one.level,
        "parent": one.parent_id,
    }


@operation(
    router, "GET", "/standards", summary="各地标准和参数（有起始日期和依据）", response=Page[StandardOut],
    public="standards are published documents",
)  # fmt: skip
def list_standards(
    request: HttpRequest,
    limit: Limit,
    cursor: Cursor,
    region: Annotated[str, Query("000000000000", pattern=CODE, description="区划代码，默认全国")],
    on: Day,
) -> Any:
    day = on or request.caller.today  # type: ignore[attr-defined]
    chosen = default_counter().standards(os.environ.get("MINZHENG_STANDARDS", "demo"))
    row = chosen.row(region, read_date(day.isoformat()))
    names, after = page_of_list(list(row), str, limit, cursor)
    return {"items": [_standard(chosen.declared[name], row[name]) for name in names], "next": after}


def _standard(declared: Any, value: Any) -> dict[str, Any]:
    return {
        "name": declared.name,
        "label": declared.label,
        "value": declared.kind.plain(value.value),
        "shown": declared.kind.show(value.value),
        "since": to_date(value.since),
        "cite": value.cite,
        "set_by": value.region,
    }


@operation(
    router,
    "GET",
    "/indicators",
    summary="指标目录",
    response=Page[IndicatorOut],
    public="definitions, no figures",
)
def list_indicators(request: HttpRequest, limit: Limit, cursor: Cursor) -> Any:
    rows, after = page_of_list(list(shelf(Indicator)), lambda one: one.code, limit, cursor)
    items = [
        {
            "code": one.code,
            "title": one.title,
            "line": one.line,
            "unit": one.unit,
            "definition": one.definition,
            "period": one.period.label,
        }
        for one in rows
    ]
    return {"items": items, "next": after}


@operation(
    router, "GET", "/open-data", summary="公开的统计数据", response=Page[DatasetOut],
    public="statistics out of frozen reports, small cells left out, no person",
)  # fmt: skip
def list_datasets(request: HttpRequest, limit: Limit, cursor: Cursor) -> Any:
    rows, after = page_of(published(), "pk", limit, cursor, descending=True)
    return {"items": [_dataset(one) for one in rows], "next": after}


@operation(
    router, "GET", "/open-data/{id}", summary="一份公开的统计表", response=TableOut,
    public="statistics out of frozen reports, small cells left out, no person",
)  # fmt: skip
def show_dataset(request: HttpRequest, id: Annotated[int, Path(ge=1, le=10**12)]) -> Any:
    report = published().filter(pk=id).first()
    if report is None:
        raise Http404("没有公开这份数据。请在公开数据清单里查找。")
    table = table_of(report)
    columns = ["区划代码", "地区", *(column.heading for column in table.columns)]
    return _dataset(report) | {"columns": columns, "rows": list(rows_of(table, report))}


def _dataset(report: Any) -> dict[str, Any]:
    return {
        "id": report.pk,
        "region": report.region_id,
        "region_name": report.region.full_name,
        "title": table_of(report).title,
        "month": f"{report.month:%Y-%m}",
        "version": report.version,
        "licence": LICENCE,
    }


@operation(
    router, "POST", "/certificates/verify", summary="核验证照", response=VerifyOut,
    public="anyone who holds a certificate's code may know whether it is valid",
)  # fmt: skip
def verify_certificate(request: HttpRequest, body: VerifyIn) -> Any:
    found = Issued.objects.filter(token=body.code).first() if body.how == "paper" else shown_by(body.code)
    now = timezone.localtime()
    if found is None:
        return {
            "known": False, "standing": "", "is_valid": False, "as_of": now, "title": "", "issuer": "", "holder": "",
            "issued_on": None, "valid_until": None, "rows": [],
        }  # fmt: skip
    record(
        "certificate.check", "通过接口核验证照", actor=None, subject=found, persons=found.holders,
        region=found.region_id, is_read=True,
    )  # fmt: skip
    tone, words = found.standing(now.date())
    return {
        "known": True,
        "standing": words,
        "is_valid": tone == "ok",
        "as_of": now,
        "title": found.word.title,
        "issuer": found.issuer_name,
        "holder": mask_name(found.name) if found.holders else found.name,
        "issued_on": found.issued_on,
        "valid_until": found.valid_until,
        "rows": [[str(label), str(text)] for label, text in found.rows if label in found.public],
    }
