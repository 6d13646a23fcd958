"""Sessions hold what waits for a log-in and what was searched for: sealed like everything else in the database."""

from __future__ import annotations

import json
from typing import Any

from minzheng.foundation.crypto.envelope import seal, unseal
from minzheng.foundation.crypto.keyring import keyring

LABEL = b"django_session.session_data"


class SealedSerializer:
    """For SESSION_SERIALIZER. A session that does not open counts as none: the user logs in again."""

    def dumps(self, content: Any) -> bytes:
        return seal(keyring(), json.dumps(content, separators=(",", ":")), LABEL, b"")

    def loads(self, sealed: bytes) -> Any:
        return json.loads(unseal(keyring(), sealed, LABEL, b""))
