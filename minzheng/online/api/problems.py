"""Errors as RFC 9457 problem documents: what is wrong, in plain Chinese, and what to do. Never a personal number."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from ninja import Schema
from ninja.errors import ValidationError as BadRequest
from pydantic import Field

log = logging.getLogger(__name__)

CONTENT_TYPE = "application/problem+json"
KINDS = {
    "malformed": (400, "请求读不懂"),
    "key-needed": (400, "缺少防重复键，或格式不对"),
    "unauthorized": (401, "没有有效的令牌"),
    "forbidden": (403, "没有权限"),
    "not-found": (404, "没有找到"),
    "method": (405, "不支持这种请求方法"),
    "conflict": (409, "防重复键冲突"),
    "too-large": (413, "内容太大"),
    "media-type": (415, "内容类型不对"),
    "invalid": (422, "内容需要改正"),
    "refused": (422, "不能办理"),
    "too-many": (429, "调用太频繁"),
    "failed": (500, "系统没有完成"),
}
DATE = "应是真实存在的日期，写成 2026-11-22 这样。"
# The few ways in which a value can be of the wrong shape, in words (pydantic's own are English).
WRONG = {
    "missing": "这一项必填，请补上。",
    "extra_forbidden": "接口没有这一项，请对照接口文档删去或改名。",
    "string_too_long": "太长了，最多{max_length}个字。",
    "string_too_short": "太短了，至少{min_length}个字。",
    "string_pattern_mismatch": "格式不对，应符合 {pattern}。",
    "greater_than_equal": "不能小于 {ge}。",
    "less_than_equal": "不能大于 {le}。",
    "literal_error": "应是 {expected} 之一。",
    "enum": "应是 {expected} 之一。",
    "too_long": "最多 {max_length} 项。",
    "too_short": "至少 {min_length} 项。",
    "json_invalid": "不是有效的 JSON。",
    "date_parsing": DATE,
    "date_from_datetime_parsing": DATE,
}


class Detail(Schema):
    """One thing to mend: where it stands in the request, and what to do."""

    path: str = Field(description="位置，如 answers.members.0.id_no")
    detail: str = Field(description="怎么改")


class ProblemOut(Schema):
    """RFC 9457."""

    type: str = Field(description="错误种类的地址")
    title: str
    status: int
    detail: str = Field(description="发生了什么，怎么办")
    errors: list[Detail] = Field(default_factory=list, description="逐项要改的")


class Problem(Exception):
    """Raised anywhere in an operation; becomes the answer."""

    def __init__(
        self,
        kind: str,
        detail: str,
        errors: list[Detail] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.kind, self.detail, self.errors, self.headers = kind, detail, errors or [], headers or {}


def respond(problem: Problem) -> HttpResponse:
    status, title = KINDS[problem.kind]
    body = ProblemOut(
        type=f"/api/#{problem.kind}", title=title, status=status, detail=problem.detail, errors=problem.errors
    )
    response = HttpResponse(
        json.dumps(body.model_dump(), ensure_ascii=False), status=status, content_type=CONTENT_TYPE
    )
    for name, value in problem.headers.items():
        response[name] = value
    return response


def problem_of(error: Exception) -> Problem:
    """What an error that left an operation says to the caller; one that nobody foresaw is logged, and tells nothing."""
    match error:
        case Problem():
            return error
        case Http404():
            return Problem("not-found", _text(error) or "没有找到，或者不在您的辖区内。请核对编号。")
        case PermissionDenied():
            return Problem("forbidden", _text(error) or "没有办理这件事的权限。")
        case BadRequest():
            details = [_detail(one) for one in error.errors]
            return Problem("invalid", f"有 {len(details)} 处不合要求，请逐项改正后重新提交。", details)
        case ValidationError():
            return _refused(error)
    log.exception("api: an operation failed", exc_info=error)
    return Problem("failed", "系统没有完成这次请求，什么也没有改变。请稍后用同一个防重复键重试。")


def _text(error: Exception) -> str:
    """Django's own texts are English; ours are not."""
    text = str(error)
    return text if any("\u4e00" <= character <= "\u9fff" for character in text) else ""


def _refused(error: ValidationError) -> Problem:
    """A `Refused`: one sentence, several, or a text for each path of a form."""
    if not hasattr(error, "error_dict"):
        return Problem("refused", " ".join(error.messages))
    details = [
        Detail(path="" if path == NON_FIELD_ERRORS else path, detail=" ".join(map(str, texts)))
        for path, texts in error.message_dict.items()
    ]
    return Problem("invalid", f"有 {len(details)} 处不合要求，请逐项改正后重新提交。", details)


def _detail(found: Mapping[str, Any]) -> Detail:
    place = ".".join(str(part) for part in found["loc"])
    words = WRONG.get(found["type"], "格式不对，请对照接口文档改正。")
    given = {
        key: value for key, value in found.get("ctx", {}).items() if isinstance(value, str | int | float)
    }
    try:
        return Detail(path=place, detail=words.format(**given))
    except KeyError:
        return Detail(path=place, detail="格式不对，请对照接口文档改正。")
