"""What an old person was found able to do, the bed at home, the works in the home, who looks in; the ages that count."""

from __future__ import annotations

from django.db.models import QuerySet

from minzheng.business.elderly.models import Assessment, CareBed, Renovation, Visited
from minzheng.foundation.people.words import Age, Chapter, Said, Strand, Whose, in_register


def _assessments(whose: Whose) -> QuerySet[Assessment]:
    return Assessment.objects.filter(whose.of())


def _say_assessment(one: Assessment) -> Said:
    return Said(
        f"能力评估：{one.get_level_display()}",
        f"总分{one.points}，有效期至{one.valid_until:%Y年%m月%d日}",
        "info",
        in_register("ability-assessments", one.pk),
    )


def _beds(whose: Whose) -> QuerySet[CareBed]:
    return CareBed.objects.filter(whose.of()).select_related("provider")


def _say_bed(one: CareBed) -> Said:
    return Said("启用家庭养老床位", one.provider.name, "ok", in_register("care-beds", one.pk))


ELDERLY = Chapter(
    code="elderly",
    title="养老服务",
    permission="register.read",
    past=(
        Strand(_assessments, "assessed_on", _say_assessment, own=True),
        Strand(_beds, "since", _say_bed, own=True),
        Strand(
            lambda whose: _beds(whose).filter(until__lte=whose.today),
            "until",
            lambda one: Said("家庭养老床位终止", one.ended_for, "neutral", in_register("care-beds", one.pk)),
            own=True,
        ),
        Strand(
            lambda whose: Renovation.objects.filter(whose.of()).select_related("provider"),
            "accepted_on",
            lambda one: Said("适老化改造验收", one.provider.name, "ok", in_register("renovations", one.pk)),
            own=True,
        ),
        Strand(
            lambda whose: Visited.objects.filter(whose.of()),
            "last_visit",
            lambda one: Said("探访关爱", str(one), "info", in_register("visiting", one.pk)),
            own=True,
        ),
    ),
    ahead=(
        Strand(
            lambda whose: _assessments(whose).filter(valid_until__gte=whose.today),
            "valid_until",
            lambda one: Said("能力评估到期", f"现为{one.get_level_display()}，到期前重新评估", "info"),
            own=True,
        ),
        Strand(
            lambda whose: Visited.objects.filter(whose.of(), until=None),
            "next_due",
            lambda one: Said("下次探访不晚于", str(one), "info", in_register("visiting", one.pk)),
            own=True,
        ),
    ),
    ages=(
        Age("elder_age", "进入老年人服务范围"),
        Age("elder_allowance_first_age", "可享受高龄津贴"),
        Age("elder_allowance_second_age", "高龄津贴按下一档发放"),
        Age("elder_allowance_third_age", "高龄津贴按最高一档发放"),
    ),
)
