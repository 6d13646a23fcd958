"""The last way: reception, cremation, resting place, and when its term ends."""

from __future__ import annotations

from django.db.models import QuerySet

from minzheng.business.funeral.models import EcoBurial, Reception, Use
from minzheng.foundation.people.words import Chapter, Said, Strand, Whose, in_register


def _receptions(whose: Whose) -> QuerySet[Reception]:
    return Reception.objects.filter(whose.of()).select_related("home").defer("family_phone")


def _uses(whose: Whose) -> QuerySet[Use]:
    return Use.objects.filter(whose.of()).select_related("spot__place__facility")


def _say_use(one: Use) -> Said:
    return Said("安葬（放）", f"{one.spot.place} {one.spot}", "neutral", in_register("burial_uses", one.pk))


FUNERAL = Chapter(
    code="funeral",
    title="殡葬",
    permission="funeral.read",
    past=(
        Strand(
            _receptions,
            "received_on",
            lambda one: Said(f"{one.home.name}接收遗体", one.number, "neutral", in_register("receptions", one.pk)),
        ),
        Strand(
            _receptions,
            "cremated_on",
            lambda one: Said("火化", one.cremation_no, "neutral", in_register("receptions", one.pk)),
        ),
        Strand(_uses, "since", _say_use),
        Strand(
            lambda whose: EcoBurial.objects.filter(whose.of()),
            "done_on",
            lambda one: Said(f"生态安葬：{one.get_method_display()}", f"奖补{one.reward_fen / 100:g}元", "ok", in_register("eco_burials", one.pk)),
        ),
    ),
    ahead=(
        Strand(
            lambda whose: _receptions(whose).filter(cremated_on=None, ended_on=None),
            "storage_until",
            lambda one: Said("遗体存放期限", one.home.name, "warn", in_register("receptions", one.pk)),
        ),
        Strand(
            lambda whose: _uses(whose).filter(ended_on=None),
            "until",
            lambda one: Said("墓位（格位）使用期限", str(one.spot), "info", in_register("burial_uses", one.pk)),
        ),
    ),
)  # fmt: skip
