"""Writing the audit trail. Actions do it by themselves; a view that shows a person calls `record_read`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from typing import Any

from django.db.models import Model

from minzheng.foundation.accounts.models import User
from minzheng.foundation.accounts.walls import beyond_region
from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.audit.seal import seal_on_commit

_noted: ContextVar[tuple[list[AuditEntry], ...]] = ContextVar("noted", default=())


@contextmanager
def noting_entries() -> Iterator[list[AuditEntry]]:
    """The entries of everything that is changed meanwhile, looks left out."""
    entries: list[AuditEntry] = []
    token = _noted.set((*_noted.get(), entries))
    try:
        yield entries
    finally:
        _noted.reset(token)


def record(
    action: str,
    title: str,
    *,
    actor: User | None,
    subject: Model | None = None,
    persons: Iterable[int] = (),
    region: str = "",
    reason: str = "",
    is_read: bool = False,
    **detail: Any,
) -> AuditEntry:
    """Add one entry. `detail` must hold keys and codes only, never names, numbers or accounts."""
    # Nobody's own entry (a visitor's, the system's) is shown to nobody but auditors, not even to whoever causes it.
    with nullcontext() if actor else beyond_region("无人名下的审计记录，写入后取回编号"):
        entry = AuditEntry.objects.create(
            actor=actor,
            action=action,
            title=title,
            is_read=is_read,
            subject_type=subject._meta.label_lower if subject is not None else "",
            subject_id=str(subject.pk) if subject is not None else "",
            persons=sorted(set(persons)),
            region=region,
            reason=reason,
            detail=detail,
        )
    seal_on_commit()
    for entries in () if is_read else _noted.get():
        entries.append(entry)
    return entry


def record_read(
    title: str,
    *,
    actor: User | None,
    subject: Model,
    persons: Iterable[int],
    region: str = "",
    reason: str = "",
    **detail: Any,
) -> AuditEntry:
    """Someone looked at these people; `detail` as in `record`."""
    return record(
        f"{subject._meta.model_name}.read",
        title,
        actor=actor,
        subject=subject,
        persons=persons,
        region=region,
        reason=reason,
        is_read=True,
        **detail,
    )
