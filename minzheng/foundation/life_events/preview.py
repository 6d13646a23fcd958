"""What would follow from an event: it is recorded, what it brought about is read, and all of it is taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction

from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.audit.record import noting_entries


def tried(deed: Callable[[], Any], describe: Callable[[list[AuditEntry]], list[Any]]) -> list[Any]:
    """`describe` sees the database as the deed leaves it; nothing of it stays. Raises what the deed raises."""
    with transaction.atomic():
        with noting_entries() as entries:
            deed()
        described = describe(entries)
        transaction.set_rollback(True)
    return described
