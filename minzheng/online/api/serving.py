"""What happens around every operation: who calls, how often, with what key; and that each answer is ours."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.http.request import RawPostDataException
from django.urls import URLPattern

from minzheng.foundation.accounts.walls import entered
from minzheng.foundation.idempotency.once import HEADER, KeyRefused, content_of, once
from minzheng.online.api.access import Caller, CitizenAccess
from minzheng.online.api.bearer import caller_of, visitor
from minzheng.online.api.limits import count
from minzheng.online.api.operation import PREFIX, Declared
from minzheng.online.api.problems import Detail, Problem, problem_of, respond

View = Callable[..., HttpResponse]


def serve(pattern: URLPattern, declared: dict[str, Declared]) -> URLPattern:
    """The address with all that is common; `declared` by method."""
    view = pattern.callback

    def served(request: HttpRequest, **parts: Any) -> HttpResponse:
        try:
            response = _answer(request, view, declared, parts)
        except Exception as error:
            response = respond(problem_of(error))
        if "Cache-Control" not in response:
            response["Cache-Control"] = "no-store"
        return response

    served.csrf_exempt = True  # type: ignore[attr-defined]  # no cookie is looked at
    permits = {one.permit for one in declared.values()}
    served.permit = permits.pop() if len(permits) == 1 else "logged in: 各操作另行声明（operations）"  # type: ignore[attr-defined]
    served.operations = tuple(declared.values())  # type: ignore[attr-defined]
    served.__module__ = view.__module__
    pattern.callback = served
    return pattern


def _answer(
    request: HttpRequest, view: View, declared: dict[str, Declared], parts: dict[str, Any]
) -> HttpResponse:
    asked = declared.get(request.method or "")
    if asked is None:
        allowed = ", ".join(sorted(declared))
        raise Problem("method", f"这个地址只支持 {allowed}。", headers={"Allow": allowed})
    caller = caller_of(request, asked.scopes) if asked.scopes else visitor(request)
    count(caller)
    _refuse_unstorable(request)
    _refuse_repeated(request)
    request.caller = caller  # type: ignore[attr-defined]
    request.access = caller.access  # type: ignore[attr-defined]
    request.user = caller.access.user or AnonymousUser()
    # What is only read is read anew, and the look recorded, whatever key comes with it.
    key = request.headers.get(HEADER) if asked.method == "POST" else None
    account = caller.access.user.pk if caller.access.user else None
    with entered(account, as_citizen=isinstance(caller.access, CitizenAccess)):
        if asked.keyed or key is not None:
            return _once(request, caller, asked, key, lambda: view(request, **parts))
        return view(request, **parts)


def _once(
    request: HttpRequest, caller: Caller, asked: Declared, key: str | None, answer: Callable[[], HttpResponse]
) -> HttpResponse:
    if key is None:
        raise Problem(
            "key-needed", f"请在请求头 {HEADER} 里给出防重复键（如 UUID），重发时用同一个键，就不会重复办理。"
        )
    operation = f"{asked.method} {request.path.removeprefix(PREFIX)}"[:120]
    try:
        return once(caller.key, operation, key, content_of(request), answer)
    except KeyRefused as refused:
        kind = "key-needed" if refused.malformed else "conflict"
        raise Problem(kind, str(refused), headers={"Retry-After": "2"} if refused.retry else {}) from None


def _refuse_unstorable(request: HttpRequest) -> None:
    """PostgreSQL stores neither NUL nor half a surrogate pair, and nobody sends them on purpose."""
    try:
        texts = [request.path, *request.GET.keys(), *request.GET.values()]
        if request.content_type == "application/json":
            body = request.body
            if b"\\u" in body or b"\0" in body:
                texts.append(_escaped(body))
    except (UnicodeError, RawPostDataException):
        raise Problem("malformed", "请求里有不能识别的字符，请用 UTF-8 编码。") from None
    for text in texts:
        if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
            raise Problem("malformed", "请求里有不能保存的控制字符或半个代理字符，请去掉后重新提交。")


def _refuse_repeated(request: HttpRequest) -> None:
    """No parameter is a list: of two values one would be dropped, and the caller not told which."""
    repeated = [name for name, values in request.GET.lists() if len(values) > 1]
    if repeated:
        details = [
            Detail(path=f"query.{name}", detail="这个参数只能给一次，请去掉多余的。") for name in repeated
        ]
        raise Problem("invalid", f"有 {len(details)} 个参数给了不止一次，请改正后重新提交。", details)


def _escaped(body: bytes) -> str:
    """All texts of a JSON body with their escapes resolved; what is not JSON is refused when it is read."""
    found: list[str] = []
    try:
        waiting = [json.loads(body)]
    except (ValueError, RecursionError):
        return ""
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            found.append(one)
        elif isinstance(one, dict):
            found += one.keys()
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
    return "".join(found)
