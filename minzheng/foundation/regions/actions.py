"""Changes of divisions: a code ends on a day and another follows it; records keep the code they were made with."""

from __future__ import annotations

import datetime as dt
from typing import Any

from minzheng.foundation.actions import Refused, action
from minzheng.foundation.events.bus import emit
from minzheng.foundation.regions.models import Region


@action("region.replace", "变更区划代码", permission="region.write", region=lambda region: region.code)
def replace_region(access: Any, old: Region, successor: Region, on: dt.date, document: str) -> None:
    """End `old` from that day on in favour of `successor` (令79: a used code is never used again).

    `document` is the approval, e.g. "湘民行字〔2015〕34号". Several old divisions may have one successor.
    """
    if not document.strip():
        raise Refused("请填写批准文件的文号。没有批准文件，不能变更区划代码。")
    if old.until is not None:
        raise Refused(f"{old.full_name}（{old.code}）已于{old.until:%Y年%m月%d日}停用，不能再次变更。")
    if successor.until is not None or successor.since > on:
        raise Refused(f"{successor.full_name}（{successor.code}）在变更日未启用，请先登记新区划。")
    if successor.level != old.level or successor == old:
        raise Refused("新旧区划必须是同一层级的两个不同代码。")
    if on <= old.since:
        raise Refused(f"停用日期必须晚于启用日期{old.since:%Y年%m月%d日}。")
    old.until, old.successor = on, successor
    old.source = f"{old.source}；{document}"[:100]
    old.save(update_fields=["until", "successor", "source"])
    emit("region.replaced", old=old.code, new=successor.code, on=on.isoformat())


def current(region: Region, on: dt.date) -> Region:
    """The division that is responsible on that day for what `region` once was."""
    while region.until is not None and region.until <= on and region.successor is not None:
        region = region.successor
    return region
