"""When the family's means were checked, on whose consent."""

from __future__ import annotations

from django.db.models import QuerySet

from minzheng.datacenter.verification.models import Check, Subject
from minzheng.foundation.people.words import Chapter, Said, Strand, Whose, in_register


def _checks(whose: Whose) -> QuerySet[Check]:
    about = Subject.objects.filter(whose.of("person", "household")).values("check_of")
    return Check.objects.filter(pk__in=about)


def _say(check: Check) -> Said:
    return Said(
        f"核对经济状况（{check.get_purpose_display()}）",
        f"{check.number}，{check.get_state_display()}",
        "info",
        in_register("checks", check.pk),
    )


CHECKS = Chapter(
    code="checks",
    title="经济状况核对",
    permission="check.read",
    past=(Strand(_checks, "started_on", _say, about="", own=True),),
)
