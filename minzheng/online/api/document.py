"""The OpenAPI 3.1 document: what ninja derives from the operations, with rights, keys and errors as they really are."""

from __future__ import annotations

import functools
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from minzheng.foundation.accounts.permits import public
from minzheng.foundation.idempotency.once import HEADER, KEY
from minzheng.online.api.api import api
from minzheng.online.api.operation import OPERATIONS, PREFIX
from minzheng.online.api.problems import CONTENT_TYPE
from minzheng.online.api.scopes import SCOPES

HEADERS_OF = {
    "401": {"WWW-Authenticate": {"schema": {"type": "string"}, "required": True}},
    "429": {"Retry-After": {"schema": {"type": "string"}, "description": "多少秒后再试", "required": True}},
}
WORDS = {
    "200": "成功", "201": "已办理", "400": "请求读不懂，或缺少防重复键", "401": "没有有效的令牌", "403": "没有权限",
    "404": "没有找到", "409": "防重复键冲突", "413": "内容太大", "422": "内容要改正，或现在不能办理", "429": "调用太频繁",
    "500": "系统没有完成",
}  # fmt: skip


@public("the description of the API is for everyone")
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    return JsonResponse(document(), json_dumps_params={"ensure_ascii": False})


@functools.cache
def document() -> dict[str, Any]:
    found = dict(api.get_openapi_schema(path_prefix=PREFIX.lstrip("/") + "/"))
    found["servers"] = [{"url": "/"}]
    found["components"]["securitySchemes"] = {"OAuth2": _security()}
    for one in OPERATIONS:
        described = found["paths"][f"{PREFIX}{one.path}"][one.method.lower()]
        described["security"] = [{"OAuth2": [scope]} for scope in one.scopes]
        if one.scopes:
            described["description"] = "授权范围：" + "，或".join(
                f"`{code}` {SCOPES[code].title}" for code in one.scopes
            )
        if one.method == "POST":
            described["parameters"] = [*described.get("parameters", []), _key(one.keyed)]
        for status, answer in described["responses"].items():
            _describe(str(status), answer)
        described["responses"] = {str(status): answer for status, answer in described["responses"].items()}
    return found


def _security() -> dict[str, Any]:
    of_citizens = {code: one.title for code, one in SCOPES.items() if one.is_of_citizens}
    of_partners = {code: one.title for code, one in SCOPES.items() if not one.is_of_citizens}
    token = "/identity/o/api/token"  # noqa: S105  an address
    return {
        "type": "oauth2",
        "description": "部门系统用 client_credentials；群众应用用授权码加 PKCE（S256）。",
        "flows": {
            "clientCredentials": {"tokenUrl": token, "scopes": of_partners},
            "authorizationCode": {
                "authorizationUrl": "/identity/o/authorize",
                "tokenUrl": token,
                "refreshUrl": token,
                "scopes": of_citizens,
            },
        },
    }


def _key(is_required: bool) -> dict[str, Any]:
    return {
        "in": "header",
        "name": HEADER,
        "required": is_required,
        "schema": {"type": "string", "pattern": f"^{KEY.pattern}$"},
        "description": "防重复键，如 UUID。同一个键、同样的内容得到同一个答复；内容不同则 409。保存九十日以上。",
    }


def _describe(status: str, answer: dict[str, Any]) -> None:
    answer["description"] = WORDS[status]
    if status >= "400":
        answer["content"] = {CONTENT_TYPE: answer["content"]["application/json"]}
    if status in HEADERS_OF:
        answer["headers"] = HEADERS_OF[status]
