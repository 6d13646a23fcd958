"""Return files fetched from the bank, by an officer's button or every night. A bad one is set aside, with a task."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.actions import Refused
from minzheng.foundation.payments.actions import import_return, take_fetched
from minzheng.foundation.payments.channels import Brought, bank
from minzheng.foundation.payments.models import Batch, BatchState, LineState, ReturnFile
from minzheng.foundation.payments.tasks import RETURN
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks


def fetch_return(access: Any, batch: Batch) -> ReturnFile:
    """Get the bank's return files and import them like one that was brought by hand; gives back the last one."""
    access.require("payment.make", batch.county_id)
    brought = bank().fetch(batch)
    if not brought:
        raise Refused("代发机构还没有回盘，或暂时没有答复。请稍后再取；多日没有的，请联系代发机构。")
    files = [import_return(access, batch, name=one.name, content=one.content) for one in brought]
    return files[-1]


def fetch_returns(today: dt.date) -> Counter[str]:
    """Every batch that still waits for answers (`minzheng nightly`). Done twice, it has one effect."""
    found: Counter[str] = Counter()
    waiting = Batch.objects.filter(
        state__in=[BatchState.SENT, BatchState.RETURNED], lines__state=LineState.SENT
    )
    for batch in waiting.distinct().order_by("pk"):
        for one in bank().fetch(batch):
            found[_take(batch, one, today)] += 1
    return found


def _take(batch: Batch, brought: Brought, today: dt.date) -> str:
    sha256 = hashlib.sha256(brought.content).hexdigest()
    if ReturnFile.objects.filter(batch=batch, sha256=sha256).exists():
        return "早先已经导入"
    try:
        file = take_fetched(Access(None, today), batch, name=brought.name, content=brought.content)
    except Refused as refusal:
        _set_aside(batch, brought, sha256, refusal.messages[0], today)
        return "不能导入，已另存并派任务"
    return "已导入，有疑问的行待核对" if file.problem_count else "已导入"


def _set_aside(batch: Batch, brought: Brought, sha256: str, why: str, today: dt.date) -> None:
    """Kept as it came, under a name that the same file gets again; one task for each such file."""
    folder = Path(settings.PAYMENT_RETURNS) / "bad"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept = folder / f"{batch.number}-{sha256[:16]}{Path(brought.name).suffix}"
    part = kept.with_name(f".{kept.name}.part")
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(brought.content)
    part.replace(kept)
    draft = TaskDraft(
        origin=f"payment.return:{batch.pk}:{sha256[:16]}",
        region=batch.county_id,
        title=f"回盘文件不能导入：批次 {batch.number}",
        reason=why[:200],
        subject=batch.number,
    )
    with transaction.atomic():
        Batch.objects.filter(pk=batch.pk).update(return_note=why[:200])
        open_tasks(RETURN.code, [draft], today)
