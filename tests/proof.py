"""For tests of views that ask again who sits there (`@permit(…, fresh=True)`). A fresh `force_login` is a proof."""

from __future__ import annotations

import time

from django.test import Client

from minzheng.foundation.accounts.limits import limit
from minzheng.foundation.accounts.proof import PROVED_AT


def proved(client: Client, seconds_ago: float = 0) -> Client:
    """The logged-in client, whose last proof is that old."""
    session = client.session
    session[PROVED_AT] = time.time() - seconds_ago
    session.save()
    return client


def outdated(client: Client) -> Client:
    """The logged-in client at the very moment when its proof has become too old."""
    return proved(client, limit("step_up_minutes") * 60)
