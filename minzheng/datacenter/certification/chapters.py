"""静默认证: the months in which the comparison found something. A clean month stands beside the right itself."""

from __future__ import annotations

from django.db.models import QuerySet

from minzheng.datacenter.certification.certify import in_words
from minzheng.datacenter.certification.models import Certification, Result
from minzheng.foundation.benefits.words import benefit_title
from minzheng.foundation.people.words import Chapter, Said, Strand, Whose


def _doubts(whose: Whose) -> QuerySet[Certification]:
    return Certification.objects.filter(whose.of()).exclude(result=Result.CLEAN)


def _say(one: Certification) -> Said:
    return Said(
        f"{benefit_title(one.benefit)}：{one.get_result_display()}",
        f"{in_words(one)}。{one.get_outcome_display()}",
        "warn",
    )


CERTIFICATION = Chapter(
    code="certification",
    title="静默认证",
    past=(Strand(_doubts, "month", _say, own=True),),
)  # fmt: skip
