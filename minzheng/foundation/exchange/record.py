"""Writing the exchange log: `begin` before anything is sent, `finish` when it ended, `log` for both at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone

from minzheng.foundation.accounts.models import User
from minzheng.foundation.actions import Refused
from minzheng.foundation.exchange.models import Direction, ExchangeCall, Outcome
from minzheng.foundation.exchange.words import Purpose, Source
from minzheng.foundation.regions.models import Region


def refuse_misuse(source: Source, purpose: Purpose | str, fields: Sequence[str]) -> None:
    """Raises Refused when the catalogue does not allow the purpose, or does not know a field. Nothing has been sent."""
    wanted = Purpose(purpose)
    if wanted not in source.purposes:
        allowed = "、".join(one.label for one in source.purposes)
        raise Refused(
            f"“{source.title}”不能用于“{wanted.label}”，没有发出查询。共享目录允许的用途：{allowed}。"
            f"确有需要的，请与{source.department}商定并修改共享目录。"
        )
    if unknown := [key for key in fields if key not in source.keys]:
        raise Refused(
            f"“{source.title}”没有这些信息项：{'、'.join(unknown)}，没有发出查询。请按共享目录里的信息项查询。"
        )


def begin(
    source: Source,
    purpose: Purpose | str,
    fields: Sequence[str],
    *,
    region: Region,
    persons_count: int,
    authorisation: str,
    requester: User | None,
    direction: str = Direction.ASKED,
    request_id: str = "",
    period: tuple[dt.date | None, dt.date | None] = (None, None),
    started_at: dt.datetime | None = None,
) -> ExchangeCall:
    """Note a call before it is made: if the program dies meanwhile, the log says 没有结果, not nothing.

    Raises Refused, and sends nothing, when the catalogue does not allow it.
    """
    refuse_misuse(source, purpose, fields)
    return ExchangeCall.objects.create(
        source=source.code,
        purpose=Purpose(purpose).value,
        direction=direction,
        fields=list(fields),
        authorisation=authorisation,
        region=region,
        persons_count=persons_count,
        period_from=period[0],
        period_until=period[1],
        requester=requester,
        request_id=request_id,
        started_at=started_at or timezone.now(),
    )


def finish(
    call: ExchangeCall,
    outcome: Outcome | str,
    *,
    records: int = 0,
    size: int = 0,
    problem: str = "",
    finished_at: dt.datetime | None = None,
) -> ExchangeCall:
    """Say how the call ended, once. `problem` is in words and names nobody; `size` in bytes."""
    call.outcome, call.records, call.bytes, call.problem = outcome, records, size, problem[:300]
    call.finished_at = max(finished_at or timezone.now(), call.started_at)
    call.save(update_fields=["outcome", "records", "bytes", "problem", "finished_at"])
    return call


def log(
    source: Source,
    purpose: Purpose | str,
    fields: Sequence[str],
    *,
    direction: str,
    region: Region,
    persons_count: int,
    authorisation: str,
    outcome: Outcome | str,
    requester: User | None,
    started_at: dt.datetime | None = None,
    finished_at: dt.datetime | None = None,
    period: tuple[dt.date | None, dt.date | None] = (None, None),
    request_id: str = "",
    records: int = 0,
    size: int = 0,
    problem: str = "",
) -> ExchangeCall:
    """One finished exchange, e.g. a file that arrived, in one INSERT. Refused like `begin`."""
    refuse_misuse(source, purpose, fields)
    started = started_at or timezone.now()
    return ExchangeCall.objects.create(
        source=source.code,
        purpose=Purpose(purpose).value,
        direction=direction,
        fields=list(fields),
        authorisation=authorisation,
        region=region,
        persons_count=persons_count,
        period_from=period[0],
        period_until=period[1],
        requester=requester,
        request_id=request_id,
        started_at=started,
        finished_at=max(finished_at or timezone.now(), started),
        outcome=outcome,
        records=records,
        bytes=size,
        problem=problem[:300],
    )
