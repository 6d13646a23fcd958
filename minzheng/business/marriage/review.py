"""The registrar's review (审查): what the records say, what was asked face to face, and what the rules make of both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from minzheng.business.marriage.kin import known_near_kin
from minzheng.business.marriage.models import Marriage, MarriageEnd, Prior, Registration, Registry, Spouse
from minzheng.foundation.actions import Refused
from minzheng.foundation.people.models import Person, Sex
from minzheng.foundation.rules import Decision, decide

REASONS = (
    "reason_registry",
    "reason_absent",
    "reason_same_sex",
    "reason_unwilling",
    "reason_marriage_age",
    "reason_has_spouse",
    "reason_near_kin",
)
SEX = {Sex.MALE: "男", Sex.FEMALE: "女"}
CHINA = "中国"
# The state in which the end of a marriage leaves the two.
LEAVES_BEHIND = {MarriageEnd.DIVORCE: Prior.DIVORCED, MarriageEnd.DEATH: Prior.WIDOWED}
NOT_REGISTERED = "不予登记："  # what a refusal begins with where the law, and not a gap, stands against it


@dataclass(frozen=True)
class Asked:
    """What only the counter can know. None: not asked or not answered, so the conclusion stays open.

    `spouse_elsewhere` is the answer of the national register for each person by key: True, False, or absent.
    """

    both_present: bool | None = None
    near_kin: bool | None = None
    lives_in_province: bool | None = None
    willing: Mapping[int, bool | None] = field(default_factory=dict)
    spouse_elsewhere: Mapping[int, bool | None] = field(default_factory=dict)


def document_of(registration: Registration, asked: Asked, on: dt.date) -> dict[str, Any]:
    """The couple's facts for the rules; nobody is named in it. What is not known is left out."""
    man, woman = registration.man, registration.woman
    assert man is not None and woman is not None, "an act of today is about two known persons"
    registry = registration.registry
    kin = known_near_kin(man, woman)
    household = {
        "near_kin": asked.near_kin if kin is None else kin,
        "both_present": asked.both_present,
        "both_mainland": {registration.man_nationality, registration.woman_nationality} == {CHINA},
        "foreign_registry": registry.is_foreign,
        "hukou_in_registry": _hukou_in(registry.region_id[:6], man, woman),
        "lives_in_registry_province": asked.lives_in_province,
    }
    members = [
        {
            "who": who,
            "has_spouse": _has_spouse(one, asked),
            "willing": asked.willing.get(one.pk),
            **_born(one),
        }
        for who, one in (("男方", man), ("女方", woman))
    ]
    return {
        "amounts": "fen",
        "on": on.isoformat(),
        "region": registration.region_id,
        "standards": settings.STANDARDS_SET,
        "household": _known(household),
        "members": [_known(member) for member in members],
    }


def review(registration: Registration, asked: Asked, on: dt.date) -> Decision:
    return decide(document_of(registration, asked, on), want=["may_marry", *REASONS])


def bars(decision: Decision) -> list[str]:
    """What the law has against it, each with its article."""
    return [f"{reason}。" for reason in decision.reasons]


def refusals(decision: Decision) -> list[str]:
    """One sentence a bar; for an open conclusion, what is still to be asked. Empty: may marry."""
    found = [f"{NOT_REGISTERED}{bar}" for bar in bars(decision)]
    if found or decision["may_marry"] is True:
        return found
    waits = "、".join(decision.describe(one) for one in decision.missing("may_marry"))
    return [f"还不能登记，没有查清：{waits}。请问清或查清后再办。"]


def last_ended(person: Person, before: dt.date | None = None) -> Marriage | None:
    """The latest marriage (begun before `before`) that a divorce or a death ended. A void one never was (民法典 第一千零五十四条)."""
    ended = Marriage.objects.filter(spouses__person=person, end__in=LEAVES_BEHIND)
    if before is not None:
        ended = ended.filter(since__lt=before)
    return ended.order_by("-ended_on", "-pk").first()


def check_prior(person: Person, prior: str) -> None:
    """What is declared must fit what the register knows of earlier marriages."""
    ended = last_ended(person)
    if ended is not None and (true := LEAVES_BEHIND[MarriageEnd(ended.end)]) != prior:
        raise Refused(
            f"登记簿上{person.name}的婚姻状况是“{true.label}”（{ended.ended_on}），与声明的不一致。请核对后更正声明；"
            "故意虚假声明的，记入失信记录。"
        )


def refuse_wrong_place(registry: Registry, marriage: Marriage) -> None:
    """A divorce where one of the two is not of the mainland: an office that the province has named (国令804号)."""
    wedding = marriage.registrations.order_by("pk").first()
    if wedding is None or registry.is_foreign:
        return
    if {wedding.man_nationality, wedding.woman_nationality} != {CHINA}:
        raise Refused(
            "不予受理：一方不是内地居民，由省级确定的婚姻登记机关办理。请双方到可办涉外、涉港澳台侨登记的机关申请。"
        )


def _has_spouse(person: Person, asked: Asked) -> bool | None:
    """Our own register proves a marriage; only the national one can say that there is none anywhere."""
    if Spouse.objects.filter(person=person, stands=True).exists():
        return True
    return asked.spouse_elsewhere.get(person.pk)


def _hukou_in(code: str, *persons: Person) -> bool | None:
    places = [person.hukou_region_id for person in persons]
    if any(place and place.startswith(code) for place in places):
        return True
    return None if None in places else False


def _born(person: Person) -> dict[str, Any]:
    return {
        "birth_date": person.birth_date.isoformat() if person.birth_date else None,
        "sex": SEX.get(Sex(person.sex)),
    }


def _known(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value is not None}
