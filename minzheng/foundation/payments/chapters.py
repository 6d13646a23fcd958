"""What was paid out and was not owed, until it is back."""

from __future__ import annotations

from django.db.models import QuerySet

from minzheng.foundation.benefits.words import benefit_title
from minzheng.foundation.ledger.money import yuan
from minzheng.foundation.payments.models import Recovery, RecoveryState
from minzheng.foundation.people.words import Chapter, Said, Strand, Whose


def _recoveries(whose: Whose) -> QuerySet[Recovery]:
    found = Recovery.objects.filter(whose.of("person", "entitlement__household"))
    return found.exclude(state=RecoveryState.VOID).select_related("entitlement")


def _say(one: Recovery) -> Said:
    tone = "bad" if one.state == RecoveryState.OPEN else "neutral"
    what = f"{benefit_title(one.entitlement.benefit)}{one.month:%Y年%m月}多发{yuan(one.amount_fen)}元"
    return Said(what, one.get_state_display(), tone)


RECOVERIES = Chapter(
    code="recoveries",
    title="追回",
    permission="payment.read",
    past=(
        Strand(
            lambda whose: _recoveries(whose).exclude(state=RecoveryState.OPEN),
            "recorded_at",
            _say,
            "entitlement__region_id",
            own=True,
        ),
    ),
    ahead=(
        Strand(
            lambda whose: _recoveries(whose).filter(state=RecoveryState.OPEN),
            "recorded_at",
            _say,
            "entitlement__region_id",
            own=True,
        ),
    ),
)
