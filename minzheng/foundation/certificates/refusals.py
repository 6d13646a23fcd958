"""A refusal in writing: what was not registered, on which legal ground, what can be done against it; signed, with a QR code.

NOT_MARRIED = refusal_notice("marriage_declined", "不予办理结婚登记告知书", mark="婚不", type_no="…", cite="…")
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from minzheng.foundation.certificates.words import Certificate, Content
from minzheng.foundation.items.figures import figures
from minzheng.foundation.people.models import Person


@dataclass(frozen=True)
class Refusal:
    """What one person is told. `reasons`: each with its article; `number`: several people may hold copies of one."""

    holder: Person
    what: str
    reasons: tuple[str, ...]
    region: str
    number: str = ""


def refusal_notice(
    code: str,
    title: str,
    *,
    mark: str,
    type_no: str,
    cite: str,
    picture: Callable[..., bytes | None] | None = None,
    covers: tuple[str, ...] = (),
) -> Certificate:
    """Sealed: why somebody may not marry or adopt stands in the registry's own list and nowhere else."""
    return Certificate(
        code=code, title=title, mark=mark, content=refusal_content, cite=cite, type_no=type_no,
        paper="refusal", is_sealed=True, is_notice=True, picture=picture, covers=covers,
    )  # fmt: skip


def refusal_content(refusal: Refusal, on: dt.date) -> Content:
    """Who checks it learns that it was issued and when, not why."""
    rows = (
        ("致", refusal.holder.name),
        ("申请事项", refusal.what),
        ("理由", "\n".join(refusal.reasons)),
        ("决定日期", f"{on:%Y年%-m月%-d日}"),
    )
    return Content(
        person=refusal.holder.pk,
        name=refusal.holder.name,
        rows=rows,
        public=("决定日期",),
        note=remedies(on, refusal.region),
        number=refusal.number,
    )


def remedies(on: dt.date, region: str) -> str:
    """How long one has to object, and where (行政复议法, 行政诉讼法)."""
    here = figures(on, region)
    return (
        f"不服本决定的，可以自收到之日起{here('remedy_review_days')}日内申请行政复议，"
        f"或者{here('remedy_lawsuit_months')}个月内向人民法院提起行政诉讼。情况变化后，可以重新申请。"
    )
