"""Which certificates were issued, and which run out."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse

from minzheng.foundation.certificates.models import Issued, State
from minzheng.foundation.certificates.words import sealed_kinds
from minzheng.foundation.people.words import Chapter, Said, Strand, Whose, in_register

TONES = {State.VALID: "ok", State.SUSPENDED: "warn", State.REVOKED: "neutral"}


def _issued(whose: Whose) -> QuerySet[Issued]:
    found = Issued.objects.filter(whose.of("person", "household")).exclude(kind__in=sealed_kinds())
    return found.defer("rows", "public")


def _say(one: Issued) -> Said:
    return Said(
        f"发给{one.word.title}",
        f"{one.number}，{one.get_state_display()}",
        TONES[State(one.state)],
        in_register("certificates", one.pk),
        reverse("portal:certificate", args=[one.pk]),
    )


def _say_end(one: Issued) -> Said:
    return Said(f"{one.word.title}到期", one.number, "info", in_register("certificates", one.pk))


CERTIFICATES = Chapter(
    code="certificates",
    title="证照",
    permission="certificate.read",
    past=(Strand(_issued, "issued_on", _say, own=True),),
    ahead=(
        Strand(
            lambda whose: _issued(whose).filter(state=State.VALID, valid_until__gte=whose.today),
            "valid_until",
            _say_end,
            own=True,
        ),
    ),
)
