"""How often one may call: counted per minute in the database, so that all processes count together."""

from __future__ import annotations

import time

from django.db import connection

from minzheng.foundation.items.figures import figures
from minzheng.online.api.access import Caller
from minzheng.online.api.problems import Problem

# A caller's calls all count in one row: whoever waits for the disk there makes the next one wait for it, too. A count that
# a power cut takes is no loss.
COUNT = """
    WITH at_once AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true))
    INSERT INTO api_callwindow AS w (caller, minute, calls) SELECT %s, %s, 1 FROM at_once
    ON CONFLICT (caller) DO UPDATE SET
        calls = CASE WHEN w.minute = excluded.minute THEN w.calls + 1 ELSE 1 END,
        minute = excluded.minute
    RETURNING calls
"""


def count(caller: Caller) -> None:
    """Count this call; Problem 429 with Retry-After beyond the limit. All citizens of an app share the app's limit."""
    seconds = time.time()
    minute = int(seconds // 60)
    key = f"client:{caller.client.pk}" if caller.client else caller.key
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [key, minute])
        (calls,) = cursor.fetchone()
    if calls > limit_of(caller):
        wait = str(60 - int(seconds % 60))
        raise Problem("too-many", f"调用太频繁，请 {wait} 秒后再试。", headers={"Retry-After": wait})


def limit_of(caller: Caller) -> int:
    if caller.client is not None and caller.client.calls_per_minute is not None:
        return caller.client.calls_per_minute
    name = "api_public_calls_per_minute" if caller.client is None else "api_calls_per_minute"
    return int(figures(caller.today)(name))
