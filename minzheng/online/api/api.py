"""The API itself: django-ninja reads requests, checks answers against their schemas and describes both."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, re_path
from ninja import NinjaAPI
from ninja.errors import HttpError
from ninja.errors import ValidationError as BadRequest
from ninja.renderers import JSONRenderer

from minzheng.foundation.accounts.permits import public
from minzheng.online.api.operation import Declared
from minzheng.online.api.problems import Problem, problem_of, respond
from minzheng.online.api.serving import serve
from minzheng.online.api.v1 import bookings, cases, documents, items, mine, status
from minzheng.online.api.v1 import public as open_to_all


class Plain(JSONRenderer):
    """Chinese as Chinese: whoever looks at an answer can read it."""

    json_dumps_params = {"ensure_ascii": False}


api = NinjaAPI(
    renderer=Plain(),
    title="民政业务开放接口", version="1", openapi_url="", docs_url="", urls_namespace="api-v1",
    description="与屏幕上同一套权限、校验和办理流程。说明和可运行的例子见 docs/api.md。",
)  # fmt: skip
for module in (open_to_all, items, documents, cases, bookings, mine, status):
    api.add_router("", module.router)


@api.exception_handler(HttpError)
def _read_wrongly(request: HttpRequest, error: HttpError) -> HttpResponse:
    return respond(
        Problem("malformed", "请求的内容读不懂：请用 JSON（上传材料用 multipart/form-data），编码 UTF-8。")
    )


@api.exception_handler(BadRequest)
@api.exception_handler(Http404)
@api.exception_handler(Exception)
def _any(request: HttpRequest, error: Exception) -> HttpResponse:
    return respond(problem_of(error))


@public("says that there is no such operation")
def unknown(request: HttpRequest, rest: str = "") -> HttpResponse:
    return respond(Problem("not-found", "没有这个接口地址。全部操作见 /api/v1/openapi.json。"))


unknown.csrf_exempt = True  # type: ignore[attr-defined]


def urls() -> list[URLPattern]:
    """One address for each path, whatever its methods, and a plain answer for all others."""
    found = {str(pattern.pattern): pattern for pattern in api.urls[0] if isinstance(pattern, URLPattern)}
    served = [serve(pattern, methods) for path, pattern in found.items() if (methods := dict(_methods(path)))]
    return [*served, re_path(r"^(?P<rest>.*)$", unknown, name="unknown")]


def _methods(path: str) -> Iterator[tuple[str, Declared]]:
    for router in api._get_bound_routers():
        for where, view in router.path_operations.items():
            for one in view.operations:
                declared: Declared = one.view_func.declared  # type: ignore[attr-defined]
                if _as_route(where) == path:
                    yield declared.method, declared


def _as_route(path: str) -> str:
    return path.lstrip("/").replace("{", "<").replace("}", ">")
