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
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db import OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from minzheng.foundation.accounts.proof import NOT_KEPT
from minzheng.foundation.actions import noting_deeds
from minzheng.foundation.crypto.keyring import keyring
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


def new_key() -> str:
    return uuid.uuid4().hex


def once(
    owner: str,
    operation: str,
    key: str,
    content: bytes,
    answer: Answer,
    had_effect: Callable[[HttpResponse], bool] | None = None,
) -> HttpResponse:
    """`answer()` at most once for this owner and key; later the same response again. Raises KeyRefused.

    `content` is what the request asks for, in a form that does not change from one try to the next. `had_effect` says
    whether an answer is worth keeping; without it, every answer below 400 is, and any other undoes what was done.
    """
    if not KEY.fullmatch(key):
        raise KeyRefused(
            "防重复键应是 8 至 120 位字母、数字或 . _ : - ，建议用 UUID；每件新业务换一个新的。",
            malformed=True,
        )
    fingerprint = fingerprint_of(operation, content)
    try:
        with transaction.atomic():
            if not _claim(owner, operation, key, fingerprint):
                return _again(owner, key, fingerprint)
            response = answer()
            if had_effect is None and response.status_code >= 400:
                raise _NoEffect(response)
            if had_effect is None or had_effect(response):
                _keep(owner, key, response)
            else:  # free again; what was noted on the way (who looked at whom) stands
                KeyedRequest.objects.filter(owner=owner, key=key).delete()
            return response
    except _NoEffect as refused:
        return refused.response


def fingerprint_of(operation: str, content: bytes) -> str:
    """Keyed, because a form may hold an identity number, and numbers can be tried out against a bare hash."""
    return (
        keyring()
        .mark("keyed request", hashlib.sha256(operation.encode() + b"\0" + content).hexdigest())
        .hex()
    )


def keyed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For a view of the desk whose POST must not happen twice: put it under @permit.

    The form carries `{% once_key %}` (programs: the header). A second click or a reload gets the first one's answer.
    A form that was refused has had no effect: mended, it may be sent again under its key. A POST without a key is
    handled as ever.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = request.headers.get(HEADER) or request.POST.get(FIELD, "")
        if request.method != "POST" or not key:
            return view(request, *args, **kwargs)
        with noting_deeds() as deeds:
            try:
                response = once(
                    owner_of(request),
                    operation_of(request),
                    key,
                    content_of(request),
                    lambda: view(request, *args, **kwargs),
                    had_effect=lambda response: bool(deeds),
                )
            except KeyRefused as refused:
                return _refused(request, refused)
        if REPLAYED in response:
            messages.info(request, "这一步刚才已经办过，没有重复办理。", fail_silently=True)
        return response

    guarded.keyed = True  # type: ignore[attr-defined]
    return guarded


def owner_of(request: HttpRequest) -> str:
    return f"user:{request.user.pk}"


def operation_of(request: HttpRequest) -> str:
    return f"{request.method} {request.path}"[:120]


def _refused(request: HttpRequest, refused: KeyRefused) -> HttpResponse:
    back = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = ""
    context = {"back": back, "retry": refused.retry, "malformed": refused.malformed}
    return render(request, "409.html", context, status=400 if refused.malformed else 409)


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
        (name, values) for name, values in request.POST.lists() if name != FIELD and name not in NOT_KEPT
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
    response: HttpResponse
    if kept.status == 302:
        response = HttpResponseRedirect(kept.headers["Location"])
    else:
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
