"""A platform of home alarm devices, as it speaks to /alarms/ (docs/services.md)."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import time
from typing import Any


class Platform:
    """`Platform(client, key).ring("SN-9", "m-1")`: one signed message."""

    def __init__(self, client: Any, key: str) -> None:
        self.client, self.key = client, key

    def ring(self, serial: str, key: str, what: str = "按下呼叫", moment: int | None = None) -> Any:
        body = json.dumps(
            {"key": key, "serial": serial, "what": what, "at": dt.datetime.now(dt.UTC).isoformat()}
        ).encode()
        at = str(moment or int(time.time()))
        text = f"POST\n/alarms/\n{at}\n{hashlib.sha256(body).hexdigest()}"
        sealed = hmac.new(self.key.encode(), text.encode(), hashlib.sha256).hexdigest()
        headers = {"X-Minzheng-Time": at, "X-Minzheng-Signature": sealed}
        return self.client.post("/alarms/", body, content_type="application/json", headers=headers)
