"""Registrations and a divorce under way: for the registry and the couple, for nobody else."""

from __future__ import annotations

from django.db.models import QuerySet

from minzheng.business.marriage.models import Divorce, DivorceState, Registration, Standing
from minzheng.foundation.people.words import Chapter, Said, Strand, Whose, in_register


def _registrations(whose: Whose) -> QuerySet[Registration]:
    about = whose.of("man") | whose.of("woman")
    return Registration.objects.filter(about).defer("man_id_no", "woman_id_no").select_related("registry")


def _say(one: Registration) -> Said:
    standing = "" if one.standing == Standing.VALID else f"，{one.get_standing_display()}"
    text = f"{one.number}{standing}"
    return Said(one.get_kind_display(), text, "ok", in_register("marriage_register", one.pk))


def _divorces(whose: Whose) -> QuerySet[Divorce]:
    return Divorce.objects.filter(whose.of("man") | whose.of("woman"))


def _say_divorce(one: Divorce) -> Said:
    return Said("申请离婚登记", one.get_state_display(), "info", in_register("divorces", one.pk))


def _say_window(one: Divorce) -> Said:
    text = f"{one.window_from:%Y年%m月%d日}至{one.window_until:%Y年%m月%d日}双方到场申领离婚证，过期视为撤回"
    return Said("离婚冷静期", text, "warn", in_register("divorces", one.pk))


MARRIAGE = Chapter(
    code="marriage",
    title="婚姻",
    permission="marriage.read",
    past=(
        Strand(_registrations, "registered_on", _say, about="", own=True),
        Strand(_divorces, "applied_on", _say_divorce, about="", own=True),
    ),
    ahead=(
        Strand(
            lambda whose: _divorces(whose).filter(state=DivorceState.OPEN),
            "window_until",
            _say_window,
            about="",
            own=True,
        ),
    ),
)
