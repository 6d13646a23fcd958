"""A home with beds and people for the tests: 新村 in 新晃."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from minzheng.business.elderly.institutions.actions.residents import admit
from minzheng.business.elderly.institutions.benefits import SUBSIDIES
from minzheng.business.elderly.institutions.models import Bed, Home, SubsidyYear
from minzheng.foundation.accounts.models import Role, User
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.organisations.models import Organisation
from minzheng.foundation.organisations.uscc import with_checks
from minzheng.foundation.people.models import FactSheet, Person

VILLAGE, COUNTY = "431227107203", "431227000000"
NUMBERS = itertools.count(1)
OPENED = dt.date(2026, 1, 5)


def organisation(**facts: Any) -> Organisation:
    number = next(NUMBERS)
    return Organisation.objects.create(
        **{
            "uscc": with_checks(f"52431227MJ{number:06d}"),
            "name": f"福寿养老服务中心{number}",
            "kind": "service_body",
            "region_id": VILLAGE,
            "bank_name": "新晃农商行",
            "bank_account": f"6214{number:015d}",
        }
        | facts
    )


def home(owner: Organisation | None = None, **facts: Any) -> Home:
    """A filed private home with three plain beds (1-1 …) and three nursing beds (2-1 …), on the year's subsidy lists."""
    number = next(NUMBERS)
    place = Facility.objects.create(
        kind="elder_home",
        name=f"晃洲养老院{number}",
        region_id=VILLAGE,
        organisation=owner or organisation(),
        opened_on=OPENED,
        longitude=109.17,
        latitude=27.35,
    )
    made = Home.objects.create(
        facility=place, **{"ownership": "private", "filing": "filed", "filed_on": OPENED} | facts
    )
    SubsidyYear.objects.bulk_create(
        SubsidyYear(home=made, benefit=benefit, year=year)
        for benefit in SUBSIDIES
        for year in range(2024, 2028)
    )
    Bed.objects.bulk_create(
        Bed(home=made, number=f"{floor}-{one}", kind=kind, opened_on=OPENED)
        for floor, kind in ((1, "plain"), (2, "nursing"))
        for one in (1, 2, 3)
    )
    return made


def elder(grade: str = "", since: dt.date = dt.date(2026, 1, 1)) -> Person:
    """Somebody of 80; `grade` is what the ability assessment says."""
    person = Person.objects.create(
        name=f"杨阿婆{next(NUMBERS)}", region_id=VILLAGE, birth_date=dt.date(1946, 3, 1)
    )
    if grade:
        assessed(person, grade, since)
    return person


def assessed(person: Person, grade: str, since: dt.date) -> None:
    FactSheet.objects.create(person=person, values={"ability_grade": grade}, source="能力评估", since=since)


def move_in(
    access: Any, where: Home, person: Person, bed: str = "", on: str = "2026-09-01", **more: Any
) -> Any:
    facts = {
        "assessed_on": on,
        "contract_no": "合同1",
        "contract_until": "2030-01-01",
        "emergency_name": "杨大山",
        "emergency_phone": "13974512340",
    }
    place = where.beds.get(number=bed) if bed else None
    return admit(access, where, person=person, bed=place, admitted_on=on, **facts | more)


def account(owner: Organisation, person: Person | None = None) -> User:
    """The institution's own account."""
    user = User.objects.create(username=f"home{next(NUMBERS)}", display_name="院长", person=person)
    user.assignments.create(
        role=Role.INSTITUTION, region_id=COUNTY, organisation=owner, since=dt.date(2020, 1, 1)
    )
    return user
