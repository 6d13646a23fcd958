"""What a typed text may mean: a case number, a whole identity number or telephone, or a name. Results stay in the region."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from django.db.models import Q

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.cases.lists import readable
from minzheng.foundation.cases.models import Case
from minzheng.foundation.people.models import Person

PHONE = re.compile(r"1[3-9]\d{9}")
ID_NO = re.compile(r"\d{17}[\dX]")
SHORTEST_NAME = 2
MOST = 20


@dataclass(frozen=True)
class Found:
    """At most MOST of each kind; `exact_case` is the number of the one case that was asked for."""

    people: list[Person] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    exact_case: str | None = None
    hint: str = ""


def find(access: Access, asked: str) -> Found:
    asked = "".join(asked.split()).upper()
    if len(asked) < SHORTEST_NAME:
        return Found(hint="请至少输入两个字。" if asked else "")
    cases = readable(access, Case.objects.select_related("applicant", "organisation", "region"))
    if cases.filter(number=asked).exists():
        return Found(exact_case=asked)
    people = access.scope("person.read", Person.objects.select_related("region"))
    if ID_NO.fullmatch(asked):
        by_person, by_case = Q(id_no=asked), Q(persons__id_no=asked)
    elif PHONE.fullmatch(asked):
        by_person, by_case = Q(phone=asked), Q(applicant__phone=asked)
    elif any(character.isdigit() for character in asked):
        return Found(hint="号码要输完整：身份证号 18 位，手机号码 11 位，受理编号与通知书上的一致。")
    else:
        by_person, by_case = Q(name__contains=asked), Q(applicant__name__contains=asked)
    found = list(people.filter(by_person).order_by("region_id", "id")[: MOST + 1])
    hint = f"结果超过 {MOST} 条，只显示前 {MOST} 条。请输入全名或身份证号。" if len(found) > MOST else ""
    return Found(found[:MOST], list(cases.filter(by_case).distinct().order_by("-id")[:MOST]), hint=hint)
