"""One effect per key, for the API and for the desk's forms: same key and same content, the same answer; else 409.

The key's row, the effect and the answer commit together. Of fifty requests at once one inserts the row, the others
wait at the unique index until it has committed, and then read its answer. A refusal (4xx) has no effect and is not
kept: its whole transaction is rolled back, and the same key may be used once the content has been mended.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse

from minzheng.foundation.idempotency.models import KeyedRequest

KEY = re.compile(r"[A-Za-z0-9._:-]{8,120}")
HEADER = "Idempotency-Key"
FIELD = "idempotency_key"
REPLAYED = "Idempotent-Replayed"
KEPT_HEADERS = ("Content-Type", "Location")
WAIT = "10s"  # longer than any single effect takes; whoever waits longer is told to ask again

Answer = Callable[[], HttpResponse]


class KeyRefused(Exception):
    """The key cannot be used for this request: `malformed`, or `retry` when it is only too early, or taken."""

    def __init__(self, text: str, *, malformed: bool = False, retry: bool = False) -> None:
        super().__init__(text)
        self.malformed, self.retry = malformed, retry


class _NoEffect(Exception):
    def __init__(self, response: HttpResponse) -> None:
        self.response = response


def once(owner: str, operation: str, key: str, content: bytes, answer: Answer) -> HttpResponse:
    """`answer()` at most once for this owner and key; later the same response again. Raises KeyRefused.

    `content` is what the request asks for, in a form that does not change from one try to the next.
    """
    if not KEY.fullmatch(key):
        raise KeyRefused(
            "防重复键应是 8 至 120 位字母、数字或 . _ : - ，建议用 UUID；每件新业务换一个新的。",
            malformed=True,
        )
    fingerprint = hashlib.sha256(operation.encode() + b"\0" + content).hexdigest()
    try:
        with transaction.atomic():
            if not _claim(owner, operation, key, fingerprint):
                return _again(owner, key, fingerprint)
            response = answer()
            if response.status_code >= 400:
                raise _NoEffect(response)
            _keep(owner, key, response)
            return response
    except _NoEffect as refused:
        return refused.response


def keyed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For a view of the desk whose POST must not happen twice: put it under @permit.

    The form carries a fresh `new_key()` in the hidden field `idempotency_key` (programs: the header). A second click
    or a reload gets the first one's answer. A POST without a key is handled as ever.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = request.headers.get(HEADER) or request.POST.get(FIELD, "")
        if request.method != "POST" or not key:
            return view(request, *args, **kwargs)
        operation = f"{request.method} {request.path}"[:120]
        try:
            return once(
                f"user:{request.user.pk}",
                operation,
                key,
                content_of(request),
                lambda: view(request, *args, **kwargs),
            )
        except KeyRefused as refused:
            status = 400 if refused.malformed else 409
            return HttpResponse(str(refused), status=status, content_type="text/plain; charset=utf-8")

    return guarded


def content_of(request: HttpRequest) -> bytes:
    """What a request asks for: not the order of a JSON object's keys, nor the boundaries of a multipart body."""
    if request.content_type == "application/json":
        try:
            return json.dumps(json.loads(request.body), sort_keys=True, ensure_ascii=True).encode()
        except (ValueError, RecursionError):
            return request.body
    if request.content_type not in ("multipart/form-data", "application/x-www-form-urlencoded"):
        return request.body
    fields = sorted(
        (name, values) for name, values in request.POST.lists() if name not in (FIELD, "csrfmiddlewaretoken")
    )
    files = []
    for name, uploads in sorted(request.FILES.lists()):
        for upload in uploads:
            digest = hashlib.sha256(b"".join(upload.chunks())).hexdigest()
            upload.seek(0)
            files.append((name, upload.name, digest))
    return json.dumps([fields, files]).encode()


def _claim(owner: str, operation: str, key: str, fingerprint: str) -> bool:
    """True for the one who may go on; waits while another request with this key is being answered."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [WAIT])
        try:
            cursor.execute(
                "INSERT INTO idempotency_keyedrequest (owner, key, operation, fingerprint, headers, at)"
                " VALUES (%s, %s, %s, %s, '{}', now()) ON CONFLICT (owner, key) DO NOTHING RETURNING id",
                [owner, key, operation, fingerprint],
            )
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") != "55P03":  # lock_not_available
                raise
            raise KeyRefused("同一个键的请求还在办理，请过几秒再问一次。", retry=True) from None
        claimed = cursor.fetchone() is not None
        cursor.execute("SELECT set_config('lock_timeout', '0', true)")
    return claimed


def _again(owner: str, key: str, fingerprint: str) -> HttpResponse:
    kept = KeyedRequest.objects.get(owner=owner, key=key)
    if kept.fingerprint != fingerprint:
        raise KeyRefused("这个防重复键已经用于另一项内容，没有办理。新的业务请换一个新的键。")
    response = HttpResponse(base64.b64decode((kept.body or {})["base64"]), status=kept.status)
    for name, value in kept.headers.items():
        response[name] = value
    response[REPLAYED] = "true"
    return response


def _keep(owner: str, key: str, response: HttpResponse) -> None:
    if hasattr(response, "render"):
        response.render()
    kept = KeyedRequest.objects.get(owner=owner, key=key)
    kept.status = response.status_code
    kept.headers = {name: response[name] for name in KEPT_HEADERS if name in response}
    kept.body = {"base64": base64.b64encode(response.content).decode()}
    kept.save(update_fields=["status", "headers", "body"])
