"""Life in a care home: from when to when, and when the contract ends."""

from __future__ import annotations

from django.db.models import QuerySet

from minzheng.business.elderly.institutions.models import Resident
from minzheng.foundation.people.words import Chapter, Said, Strand, Whose, in_register

HOME = "home__facility__region_id"


def _stays(whose: Whose) -> QuerySet[Resident]:
    return Resident.objects.filter(whose.of()).select_related("home__facility").defer("emergency_phone")


def _url(one: Resident) -> str:
    return in_register("elder-home-residents", one.pk)


HOMES = Chapter(
    code="homes",
    title="机构养老",
    permission="register.read",
    past=(
        Strand(_stays, "admitted_on", lambda one: Said(f"入住{one.home}", "", "ok", _url(one)), HOME, own=True),
        Strand(_stays, "left_on", lambda one: Said(f"离开{one.home}", one.leaving, "neutral", _url(one)), HOME, own=True),
    ),
    ahead=(
        Strand(
            lambda whose: _stays(whose).filter(left_on=None),
            "contract_until",
            lambda one: Said("养老服务合同到期", str(one.home), "info", _url(one)),
            HOME,
            own=True,
        ),
    ),
)  # fmt: skip
