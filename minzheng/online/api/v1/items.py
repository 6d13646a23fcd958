"""What can be applied for, and each item's form as a schema: open to everyone, like the hall itself."""

from __future__ import annotations

import functools
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Path, Query, Router, Schema
from pydantic import Field

from minzheng.foundation.items import ServiceItem
from minzheng.foundation.registry.words import shelf
from minzheng.online.api.form_schema import schema_of
from minzheng.online.api.operation import operation
from minzheng.online.api.paging import Cursor, Limit, Page, page_of_list

router = Router(tags=["事项"])
ItemCode = Annotated[str, Path(pattern=r"^[A-Z][A-Za-z0-9_-]{0,11}$", description="事项代码，如 A1")]
Where = Annotated[
    str,
    Query(pattern=r"^(\d{12})?$", description="所在地的12位区划代码；各省申请表不同的事项（如 E5）按它给出"),
]
WHY = "what can be applied for is public"


class ItemOut(Schema):
    code: str = Field(description="事项代码，如 A1")
    title: str
    summary: str
    cite: str = Field(description="设立依据")


class MaterialOut(Schema):
    key: str
    title: str
    why: str = Field(description="为什么不能由部门共享取得")
    required: bool


class ItemDetailOut(ItemOut):
    materials: list[MaterialOut]
    steps: list[str] = Field(description="办理环节，依次")
    needs_authorisation: bool = Field(description="是否要家庭成员签署核对授权")
    for_organisations: bool = Field(description="由单位申请：提交时填 organisation")


class SchemaOut(Schema):
    item: str
    schema_: dict[str, Any] = Field(alias="schema", description="申请表的 JSON Schema（2020-12）")


@operation(router, "GET", "/items", summary="可以申请的事项", response=Page[ItemOut], public=WHY)
def list_items(request: HttpRequest, limit: Limit, cursor: Cursor) -> Any:
    rows, after = page_of_list(list(shelf(ServiceItem)), lambda one: one.code, limit, cursor)
    return {"items": [_item(one) for one in rows], "next": after}


@operation(router, "GET", "/items/{code}", summary="一个事项", response=ItemDetailOut, public=WHY)
def show_item(request: HttpRequest, code: ItemCode) -> Any:
    item = item_named(code)
    materials = [
        {"key": one.key, "title": one.title, "why": one.why, "required": one.required}
        for one in item.materials
    ]
    return _item(item) | {
        "materials": materials,
        "steps": [step.title for step in item.steps if not step.status.is_final],
        "needs_authorisation": not item.is_personal,
        "for_organisations": item.for_organisations,
    }


@operation(router, "GET", "/items/{code}/schema", summary="申请表的结构", response=SchemaOut, public=WHY)
def show_schema(request: HttpRequest, code: ItemCode, region: Where = "") -> Any:
    item = item_named(code)
    if item.form_at is None:
        return {"item": code, "schema": _schema(item.code)}
    asked = item.at(region, timezone.localdate())
    return {"item": code, "schema": schema_of(asked.form, asked.title)}


def item_named(code: str) -> ServiceItem:
    if code not in shelf(ServiceItem):
        raise Http404("没有这个事项。请在事项清单里查找。")
    return shelf(ServiceItem).get(code)


@functools.cache
def _schema(code: str) -> dict[str, Any]:
    item = shelf(ServiceItem).get(code)
    return schema_of(item.form, item.title)


def _item(one: ServiceItem) -> dict[str, Any]:
    return {"code": one.code, "title": one.title, "summary": one.summary, "cite": one.cite}
