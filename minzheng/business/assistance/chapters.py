"""How a 特困人员 is cared for, as what a family is known, and the ages that 特困 turns on (民发〔2021〕43号)."""

from __future__ import annotations

from django.db.models import QuerySet

from minzheng.business.assistance.models import CareAgreement, Recognition, Support
from minzheng.foundation.people.words import Age, Chapter, Said, Strand, Whose, in_register


def _supports(whose: Whose) -> QuerySet[Support]:
    return Support.objects.filter(whose.of()).select_related("home")


def _say_support(one: Support) -> Said:
    where = f"{one.home.name}，" if one.home else ""
    return Said(
        f"特困{one.get_place_display()}",
        f"{where}{one.get_ability_display()}",
        "ok",
        in_register("tekun_care", one.pk),
    )


def _agreements(whose: Whose) -> QuerySet[CareAgreement]:
    return CareAgreement.objects.filter(whose.of("support__person")).select_related("carer", "support")


def _known(whose: Whose) -> QuerySet[Recognition]:
    if whose.household is None:
        return Recognition.objects.none()
    return Recognition.objects.filter(household=whose.household)


def _say_agreement(one: CareAgreement) -> Said:
    ended = f"，{one.ended_on:%Y年%m月%d日}终止（{one.end_reason}）" if one.ended_on else ""
    url = in_register("care_agreements", one.pk)
    return Said(f"签订委托照料协议：{one.carer.name}", f"{one.duties}{ended}", "ok", url)


ASSISTANCE = Chapter(
    code="assistance",
    title="社会救助",
    permission="register.read",
    past=(
        Strand(
            _supports,
            "place_since",
            _say_support,
            own=True,
        ),
        Strand(_agreements, "signed_on", _say_agreement, about="support.person_id", own=True),
        Strand(
            _known,
            "since",
            lambda one: Said(
                f"认定为{one.get_label_display()}", one.end_reason, "ok", in_register("recognitions", one.pk)
            ),
            about="",
            own=True,
        ),
    ),
    ahead=(
        Strand(
            lambda whose: _supports(whose).filter(waiting_since__isnull=False),
            "waiting_since",
            lambda one: Said("等待入住供养服务机构", f"{one.waiting_since:%Y年%m月%d日}起轮候", "warn"),
            own=True,
        ),
        Strand(
            lambda whose: _known(whose).filter(until__gt=whose.today),
            "until",
            lambda one: Said(f"{one.get_label_display()}到期", "到期后需要重新申请", "info"),
            about="",
            own=True,
        ),
    ),
    ages=(
        Age("tekun_minor_age", "特困供养重新核实劳动能力", ("tekun",)),
        Age("adult_age", "特困供养核实是否仍在就读", ("tekun",)),
    ),
)
