"""主动发放名单: published by one, confirmed by another, in bulk."""

from __future__ import annotations

from django.db.models import QuerySet

from minzheng.datacenter.proactive.actions import confirm, decline, dismiss, drop, object_to, publish
from minzheng.datacenter.proactive.models import OPEN, Offer, State
from minzheng.foundation.benefits.words import benefit_title
from minzheng.foundation.forms import Question
from minzheng.foundation.registers import Block, Column, Filter, Register, RowAction, Search

TONES = {
    State.LISTED: "warn",
    State.PUBLISHED: "info",
    State.OBJECTED: "bad",
    State.GRANTED: "ok",
    State.DECLINED: "neutral",
    State.DROPPED: "neutral",
}
WHY = (Question("note", "理由", "long_text", min=2, max=300),)


def offers() -> QuerySet[Offer]:
    return Offer.objects.select_related("person", "region", "published_by", "confirmed_by")


def is_open(offer: Offer) -> bool:
    return offer.state in OPEN


def title_of(offer: Offer) -> str:
    return benefit_title(offer.benefit)


OFFERS = Register(
    code="offers",
    covers=("S-030",),
    title="主动发放名单",
    model=Offer,
    icon="heart-handshake",
    unit="人",
    help="每月比对出符合条件、还没有领取的人，公示、确认后直接发放，不用本人申请。公示和确认须由两个人办理。",
    rows=offers,
    name=lambda offer: f"{benefit_title(offer.benefit)}主动发放",
    persons=lambda shown: {one.person_id for one in shown},
    columns=(
        Column("person", "本人", "name", "person__name"),
        Column("birth_date", "出生日期", "birth_date", "person__birth_date"),
        Column("benefit", "待遇", read=title_of),
        Column("amount_fen", "月金额", "money"),
        Column("first_month", "起发月", "month", sortable=True),
        Column("region", "所在地", "region"),
        Column("state", "状态", "badge", tones=TONES),
        Column("month", "名单月份", "month", shown=False),
    ),
    filters=(
        Filter("state", "状态", "choice"),
        Filter("region", "所在地", "region", "region_id"),
        Filter("month", "名单月份", "dates"),
        Filter("published", "公示日期", "dates", "published_on"),
    ),
    search=(Search("person__name"), Search("person__id_no", "exact")),
    search_hint="姓名（从姓开始）或完整身份证号",
    actions=(
        RowAction(
            "publish",
            "公示",
            publish,
            "screening.run",
            "列入公示名单，公示期从今天的次日起算。",
            is_open=lambda offer: offer.state == State.LISTED,
        ),
        RowAction(
            "confirm",
            "确认发放",
            confirm,
            "screening.run",
            "从起发月起发放，包括补发的月份。",
            is_open=lambda offer: offer.state == State.PUBLISHED,
            fresh=True,
        ),
        RowAction(
            "object",
            "登记异议",
            object_to,
            "case.handle",
            "登记后先不发放，由县级核实。",
            questions=WHY,
            is_open=is_open,
        ),
        RowAction(
            "dismiss",
            "异议不成立",
            dismiss,
            "screening.run",
            "核实后异议不成立，继续办理。",
            questions=WHY,
            is_open=lambda offer: offer.state == State.OBJECTED,
        ),
        RowAction(
            "decline",
            "本人不要",
            decline,
            "case.handle",
            "本人当面表示不要。以后不再列入名单，本人可以随时申请。",
            questions=WHY,
            is_open=is_open,
        ),
        RowAction(
            "drop",
            "移出名单",
            drop,
            "screening.run",
            "核实后不符合条件的，移出名单。",
            questions=WHY,
            is_open=is_open,
            danger=True,
        ),
    ),
    details=(
        Block(
            "主动发放",
            (
                Column("person", "本人", "name", "person__name"),
                Column("id_no", "身份证号", "id_no", "person__id_no"),
                Column("birth_date", "出生日期", "birth_date", "person__birth_date"),
                Column("benefit", "待遇", read=title_of),
                Column("amount_fen", "月金额", "money"),
                Column("first_month", "起发月", "month"),
                Column("month", "名单月份", "month"),
                Column("state", "状态", "badge", tones=TONES),
                Column("published_on", "公示日期", "date"),
                Column("published_by", "公示人", read=lambda offer: str(offer.published_by or "")),
                Column("confirmed_on", "确认日期", "date"),
                Column("confirmed_by", "确认人", read=lambda offer: str(offer.confirmed_by or "")),
                Column("note", "说明"),
            ),
        ),
    ),
)
