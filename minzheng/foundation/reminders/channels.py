"""Through whom a text message leaves: any class with these two methods, named in settings (docs/booking.md).

A message that was handed over without an answer may have left: it is asked about before it is ever sent again.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import time
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.module_loading import import_string

from minzheng.foundation.outbox import Outcome, Told

READ = 4096


class Channel(Protocol):
    def send(self, reference: str, phone: str, text: str) -> Told:
        """Hand it over; the same reference twice is one message."""

    def enquire(self, reference: str) -> Told:
        """What has become of it."""


def channel() -> Channel | None:
    """The one that this installation has named, or None: then nobody is sent anything."""
    if not settings.SMS_CHANNEL:
        return None
    made: Channel = import_string(settings.SMS_CHANNEL)()
    return made


class HttpChannel:
    """An operator's gateway: POST /messages, GET /messages/<reference>, signed with a shared key (HMAC-SHA256)."""

    def send(self, reference: str, phone: str, text: str) -> Told:
        body = json.dumps({"reference": reference, "phone": phone, "text": text}, ensure_ascii=False)
        status = self._ask("POST", "/messages", body.encode())
        if status is None:
            return Told(Outcome.UNKNOWN, "没有答复")
        if status in {200, 201, 202, 409}:  # 409: it has had this reference before
            return Told(Outcome.TAKEN, f"对方答复 {status}")
        if status in {429, 503}:
            return Told(Outcome.LATER, f"对方忙（{status}）")
        if 400 <= status < 500:
            return Told(Outcome.REFUSED, f"对方拒收（{status}）")
        return Told(Outcome.UNKNOWN, f"对方出错（{status}）")

    def enquire(self, reference: str) -> Told:
        status = self._ask("GET", f"/messages/{reference}")
        found = {200: Outcome.TAKEN, 404: Outcome.NEVER, 410: Outcome.REFUSED}
        said = "没有答复" if status is None else f"查询答复 {status}"
        return Told(found.get(status or 0, Outcome.UNKNOWN), said)

    def _ask(self, method: str, path: str, body: bytes = b"") -> int | None:
        """The status; None when the call has ended without one."""
        base = urlsplit(settings.SMS_URL)
        kind = http.client.HTTPSConnection if base.scheme == "https" else http.client.HTTPConnection
        line = kind(base.hostname or "", base.port, timeout=settings.SMS_TIMEOUT)
        stamp = str(int(time.time()))
        signed = f"{method}\n{path}\n{stamp}\n".encode() + body
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "X-Timestamp": stamp,
            "X-Signature": hmac.new(settings.SMS_KEY.encode(), signed, hashlib.sha256).hexdigest(),
        }
        try:
            line.request(method, base.path.rstrip("/") + path, body=body or None, headers=headers)
            answer = line.getresponse()
            answer.read(READ)
            return answer.status
        except (OSError, http.client.HTTPException):
            return None
        finally:
            line.close()
