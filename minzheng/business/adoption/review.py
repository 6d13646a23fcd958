"""The review (审查): what the records say, what was asked face to face, and what the rules make of both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from minzheng.business.adoption.kinds import ChildKind
from minzheng.business.adoption.models import Adoption, Application, Standing, Step
from minzheng.foundation.items.figures import figures
from minzheng.foundation.people.models import Person, Sex
from minzheng.foundation.rules import Decision, decide
from minzheng.foundation.rules.words import age

REASONS = (
    "reason_adoption_registry",
    "reason_child_adult_already",
    "reason_placer_not_entitled",
    "reason_placer_disagrees",
    "reason_adopter_unwilling",
    "reason_child_refuses",
    "reason_not_jointly",
    "reason_children_many",
    "reason_adopter_young",
    "reason_adopter_unable",
    "reason_adopter_ill",
    "reason_adopter_record",
    "reason_age_gap",
    "reason_notice_open",
    "reason_evaluation_failed",
)
SEX = {Sex.MALE: "男", Sex.FEMALE: "女"}
# What is asked about the case, and about each adopter; keys of Application.asked.
OF_CASE = (
    "child_disabled",
    "child_in_institution",
    "child_consents",
    "registry_is_right",
    "placer_entitled",
    "placer_agrees",
    "adopter_married",
    "adopter_overseas",
)
OF_ADOPTER = ("adopter_able", "adopter_barred_by_illness", "adopter_harmful_record", "adopter_willing")
CHILDREN = "children_count"
COUNTED = "counted"  # keys of the adoptions that the declared number already includes


def document_of(application: Application, on: dt.date) -> dict[str, Any]:
    """The facts for the rules; nobody is named in it. What is not known is left out."""
    asked, child = application.asked, application.child
    household = {
        **{key: asked.get(key) for key in OF_CASE},
        "child_kind": application.kind,
        **born("child_", child),
        "adopts_jointly": application.spouse is not None,
        "children_count": children_now(application),
        "notice_unanswered": _notice_over(application, on),
        "evaluation_passed": _evaluated(application),
    }
    members = [
        {"who": who, **{key: asked.get(f"{side}.{key}") for key in OF_ADOPTER}, **born("", person)}
        for who, side, person in sides(application)
    ]
    return {
        "amounts": "fen",
        "on": on.isoformat(),
        "region": application.region_id,
        "standards": settings.STANDARDS_SET,
        "household": known(household),
        "members": [known(member) for member in members],
    }


def sides(application: Application) -> Iterable[tuple[str, str, Person]]:
    """(in words, key in `asked`, who) of each adopter."""
    yield "收养人", "adopter", application.adopter
    if application.spouse is not None:
        yield "收养人配偶", "spouse", application.spouse


def review(application: Application, on: dt.date) -> Decision:
    return decide(document_of(application, on), want=["may_adopt", *REASONS])


def refusals(decision: Decision, wanted: str, deed: str) -> list[str]:
    """One sentence a bar, with its article; for an open conclusion, what is still to be found out. Empty: it may be done."""
    bars = [f"{deed}：{reason}。" for reason in decision.reasons]
    if bars or decision[wanted] is True:
        return bars
    waits = "、".join(decision.describe(one) for one in decision.missing(wanted))
    return [f"还不能办理，没有查清：{waits}。请问清或查清、登记以后再办。"]


def children_now(application: Application) -> int | None:
    """The children declared, and those adopted since the declaration: two counters at once add up too."""
    said = application.asked.get(CHILDREN)
    if said is None:
        return None
    counted = application.asked.get(COUNTED, [])
    return int(said) + adopted_by(application.parents).exclude(pk__in=counted).count()


def adopted_by(parents: Iterable[Person]) -> QuerySet[Adoption]:
    """What stands in the register of these people, whoever of them it was."""
    keys = [person.pk for person in parents]
    return Adoption.objects.filter(Q(adopter__in=keys) | Q(spouse__in=keys), standing=Standing.VALID)


def is_adult(person: Person, today: dt.date, region: str) -> bool:
    """Whose birth date is unknown is no adult for the archive."""
    grown = int(figures(today, region)("adult_age"))
    return person.birth_date is not None and age(_number(person.birth_date), _number(today)) >= grown


def _number(day: dt.date) -> int:
    return day.year * 10000 + day.month * 100 + day.day


def born(prefix: str, person: Person) -> dict[str, Any]:
    return {
        f"{prefix}birth_date": person.birth_date.isoformat() if person.birth_date else None,
        f"{prefix}sex": SEX.get(Sex(person.sex)),
    }


def known(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value is not None}


def _notice_over(application: Application, on: dt.date) -> bool | None:
    """No, while it runs or somebody's claim is open; nothing is known before it was published."""
    if application.kind != ChildKind.FOUNDLING:
        return None
    notice = getattr(application, "notice", None)
    if notice is None or not notice.is_over(on):
        return False
    return not notice.claims.exclude(is_upheld=False).exists()


def _evaluated(application: Application) -> bool | None:
    evaluation = getattr(application, "evaluation", None)
    if evaluation is None or evaluation.step == Step.RUNNING:
        return None
    return bool(evaluation.step == Step.PASSED)
