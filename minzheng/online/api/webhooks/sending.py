"""One try: a POST to a judged address, no redirects, little patience. Returns what came of it, never raises."""

from __future__ import annotations

import http.client
import socket
import ssl
import time

from django.conf import settings

from minzheng.foundation.outbox import Outcome, Told
from minzheng.online.api.models import Delivery
from minzheng.online.api.webhooks.addresses import AddressRefused, check_address, resolve
from minzheng.online.api.webhooks.signing import signature

READ = 4096  # of the answer nothing is needed but its status


class _Pinned(http.client.HTTPConnection):
    """Connects to the address that was judged, whatever the name says by now."""

    def __init__(self, host: str, port: int | None, address: str, timeout: float) -> None:
        super().__init__(host, port, timeout=timeout)
        self.address = address

    def connect(self) -> None:
        self.sock = socket.create_connection((self.address, self.port), self.timeout)


class _PinnedTls(_Pinned):
    default_port = 443

    def connect(self) -> None:
        super().connect()
        self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)


def send(delivery: Delivery) -> Told:
    body = delivery.content.encode()
    identifier, now = f"msg_{delivery.pk}", int(time.time())
    headers = {
        "Content-Type": "application/cloudevents+json; charset=utf-8",
        "User-Agent": "minzheng-webhooks/1",
        "webhook-id": identifier,
        "webhook-timestamp": str(now),
        "webhook-signature": signature(delivery.subscription.secret, identifier, now, body),
    }
    line: http.client.HTTPConnection | None = None
    try:
        parts = check_address(delivery.subscription.url)
        kind = _PinnedTls if parts.scheme == "https" else _Pinned
        line = kind(parts.hostname or "", parts.port, resolve(parts), settings.WEBHOOK_TIMEOUT)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        line.request("POST", path, body=body, headers=headers)
        answer = line.getresponse()
        answer.read(READ)
    except AddressRefused as refusal:
        return Told(Outcome.LATER, str(refusal))
    except TimeoutError:
        return Told(Outcome.LATER, f"{settings.WEBHOOK_TIMEOUT:g} 秒内没有答复")
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Told(Outcome.LATER, f"连接不上（{type(error).__name__}）")
    finally:
        if line is not None:
            line.close()
    took = 200 <= answer.status < 300
    return Told(Outcome.TAKEN if took else Outcome.LATER, f"对方答复 {answer.status}")
