"""The bank over HTTP: PUT the file, GET what became of it, GET its return file (docs/money.md, MZ-HTTP-1).

Only a reply that the bank has signed is an answer. An error page of some gateway, half a reply, a time-out, any 5xx:
unknown. Then the file stays sent and unanswered, and the bank is asked; the file is never put under another key.
"""

from __future__ import annotations

import base64
import hashlib
import http.client
import io
import json
import time
from dataclasses import dataclass
from typing import IO
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from minzheng.foundation.crypto.files import unwritten
from minzheng.foundation.payments.channels.answers import Answer, Brought, Fate
from minzheng.foundation.payments.channels.signing import KEY, SEAL, SIGNATURE, TIME, is_signed, sign
from minzheng.foundation.payments.instruction import write_text
from minzheng.foundation.payments.models import Batch
from minzheng.foundation.payments.seal import seal

MAX_REPLY = 512 * 1024 * 1024  # a return file of a million rows has about 60 MB
PIECE = 64 * 1024
NOTHING = hashlib.sha256(b"").hexdigest()


@dataclass(frozen=True)
class Reply:
    status: int
    body: bytes


class Bank:
    def prepare(self, batch: Batch) -> None:
        """Nothing to write: the bytes come from frozen lines and are the same at any time. Checks the address."""
        address = urlsplit(settings.PAYMENT_BANK_URL)
        if address.scheme != "https" and address.hostname not in ("localhost", "127.0.0.1", "::1"):
            raise ImproperlyConfigured(
                "MINZHENG_BANK_URL 应以 https:// 开头：指令文件含有身份证号和银行账号。"
            )

    def put(self, batch: Batch) -> Answer:
        with unwritten() as file:
            write_text(batch, file)
            sealed = base64.b64encode(seal(batch, file)).decode()
            file.seek(0, io.SEEK_END)
            reply = _call("PUT", batch, body=file, more={SEAL: sealed})
        if reply is None:
            return _UNKNOWN
        if reply.status in (200, 201):
            return _taken(reply, batch)
        if reply.status == 409:
            return Answer(Fate.OTHER, "代发机构在同一批次号下已有另一份文件")
        if 400 <= reply.status < 500:
            return Answer(Fate.REFUSED, _reason(reply))
        return _UNKNOWN

    def enquire(self, batch: Batch) -> Answer:
        reply = _call("GET", batch)
        if reply is None:
            return _UNKNOWN
        if reply.status == 200:
            return _taken(reply, batch)
        if reply.status == 404:
            return Answer(Fate.ABSENT, "代发机构没有收到这份文件")
        return _UNKNOWN

    def fetch(self, batch: Batch) -> list[Brought]:
        reply = _call("GET", batch, "/return")
        if reply is None or reply.status != 200:
            return []
        name = f"{batch.number}-{hashlib.sha256(reply.body).hexdigest()[:8]}.txt"
        return [Brought(name, reply.body)]


_UNKNOWN = Answer(Fate.UNKNOWN, "代发机构没有明确答复")


def key_of(batch: Batch) -> str:
    """The idempotency key: batch number and content, so that another content can never pass for the same."""
    return f"{batch.number}.{batch.file_sha256}"


def _taken(reply: Reply, batch: Batch) -> Answer:
    said = _read(reply)
    if said.get("state") != "accepted":
        return _UNKNOWN
    if said.get("sha256") != batch.file_sha256:
        return Answer(Fate.OTHER, "代发机构收到的文件与送出的不一致")
    return Answer(Fate.TAKEN, "代发机构已收到")


def _reason(reply: Reply) -> str:
    return f"代发机构不受理：{str(_read(reply).get('reason', '没有说明原因'))[:150]}"


def _read(reply: Reply) -> dict[str, object]:
    try:
        said = json.loads(reply.body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _call(
    method: str,
    batch: Batch,
    suffix: str = "",
    body: IO[bytes] | None = None,
    more: dict[str, str] | None = None,
) -> Reply | None:
    """The bank's signed reply, or None when there was none that can be trusted."""
    address, key = urlsplit(settings.PAYMENT_BANK_URL), key_of(batch)
    path = f"{address.path.rstrip('/')}/instructions/{key}{suffix}"
    now = str(int(import_string(settings.PAYMENT_CLOCK)().timestamp()))
    digest = NOTHING if body is None else batch.file_sha256
    headers = (more or {}) | {
        KEY: key,
        TIME: now,
        SIGNATURE: sign(settings.PAYMENT_BANK_KEY, method, path, now, body_sha256=digest),
    }
    if body is not None:
        headers |= {"Content-Type": "text/plain; charset=utf-8", "Content-Length": str(body.tell())}
        body.seek(0)
    line = _line(address.scheme, address.hostname or "", address.port)
    try:
        line.request(method, path, body=body, headers=headers)
        answer = line.getresponse()
        content = _whole(line, answer)
    except (OSError, http.client.HTTPException):
        return None
    finally:
        line.close()
    parts = (method, path, now, str(answer.status))
    if not is_signed(answer.getheader(SIGNATURE, ""), settings.PAYMENT_BANK_KEY, *parts, body=content):
        return None
    return Reply(answer.status, content)


def _whole(line: http.client.HTTPConnection, answer: http.client.HTTPResponse) -> bytes:
    """The complete body. A reply that trickles in must not hold the line longer than the whole call may take."""
    deadline = time.monotonic() + settings.PAYMENT_BANK_TIMEOUT
    body = bytearray()
    while piece := answer.read1(PIECE):
        body += piece
        if len(body) > MAX_REPLY or time.monotonic() > deadline:
            raise http.client.HTTPException("reply too large or too slow")
    if answer.length:
        raise http.client.IncompleteRead(b"", answer.length)
    return bytes(body)


def _line(scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
    if scheme == "https":
        return http.client.HTTPSConnection(host, port, timeout=settings.PAYMENT_BANK_TIMEOUT)
    return http.client.HTTPConnection(host, port, timeout=settings.PAYMENT_BANK_TIMEOUT)
