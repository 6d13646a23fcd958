"""One call over the wire: a whole-call deadline, a bounded reply, no redirects, nothing personal in the address."""

from __future__ import annotations

import http.client
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from minzheng.datacenter.verification.connections import Connection
from minzheng.datacenter.verification.wire import (
    CLIENT,
    REQUEST,
    SIGNATURE,
    TIME,
    AskedPerson,
    Kind,
    Reply,
    read_reply,
    signature,
)
from minzheng.foundation.exchange.words import Source

MAX_REPLY = 32 * 1024 * 1024
PIECE = 64 * 1024


@dataclass(frozen=True)
class Enquiry:
    """A call ready to be made. An empty `body` asks after an enquiry that the source has accepted (GET)."""

    connection: Connection
    source: Source
    request_id: str
    fields: Sequence[str]
    persons: Sequence[AskedPerson]
    body: bytes = b""


def send(enquiry: Enquiry) -> Reply:
    """Ask, and judge the reply. Never raises for what the other side or the network does."""
    connection = enquiry.connection
    try:
        status, headers, body = _call(enquiry)
    except TimeoutError:
        return Reply(Kind.DOWN, f"{connection.timeout:g} 秒内没有答复")
    except (OSError, http.client.HTTPException) as error:
        return Reply(Kind.DOWN, f"连不上对方系统（{type(error).__name__}）")
    return read_reply(
        status,
        headers,
        body,
        key=connection.key,
        request_id=enquiry.request_id,
        source=enquiry.source,
        fields=enquiry.fields,
        persons=enquiry.persons,
    )


def _call(enquiry: Enquiry) -> tuple[int, dict[str, str], bytes]:
    connection = enquiry.connection
    address = urlsplit(connection.url)
    path = f"{address.path}/enquiries"
    method = "POST" if enquiry.body else "GET"
    if not enquiry.body:
        path = f"{path}/{enquiry.request_id}"
    now = str(int(time.time()))
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        CLIENT: connection.client,
        TIME: now,
        REQUEST: enquiry.request_id,
        SIGNATURE: signature(connection.key, method, path, now, enquiry.request_id, enquiry.body),
    }
    deadline = time.monotonic() + connection.timeout
    kind = http.client.HTTPSConnection if address.scheme == "https" else http.client.HTTPConnection
    line = kind(address.hostname or "", address.port, timeout=connection.timeout)
    try:
        line.request(method, path, body=enquiry.body or None, headers=headers)
        answer = line.getresponse()
        body = bytearray()
        while piece := answer.read1(PIECE):
            body += piece
            if len(body) > MAX_REPLY:
                raise http.client.HTTPException("reply too large")
            # A reply that trickles in must not hold the line for longer than the whole call may take.
            if (left := deadline - time.monotonic()) <= 0:
                raise TimeoutError
            if line.sock is not None:
                line.sock.settimeout(left)
        if answer.length:
            raise http.client.IncompleteRead(b"", answer.length)
        return answer.status, {name.title(): value for name, value in answer.getheaders()}, bytes(body)
    finally:
        line.close()
