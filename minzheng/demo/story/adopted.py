"""Adoptions of the county, one at each stage: notice running, evaluation, registered, dissolution asked for. All invented."""

from __future__ import annotations

import datetime as dt
from random import Random

from django.db import transaction

from minzheng.business.adoption.accepting import accept
from minzheng.business.adoption.dissolving import accept_dissolution
from minzheng.business.adoption.evaluating import start_bonding, start_evaluation, visit
from minzheng.business.adoption.kinds import ChildKind, Placer
from minzheng.business.adoption.models import Application
from minzheng.business.adoption.registering import register
from minzheng.business.adoption.review import OF_ADOPTER
from minzheng.business.adoption.searching import publish
from minzheng.demo.cast import COUNTY, VILLAGE
from minzheng.demo.county import names, numbers
from minzheng.demo.story.calendar import Days
from minzheng.demo.story.officers import Officers
from minzheng.foundation.people.models import Household, Membership, Person

BORN_IN = "431224"  # 溆浦: nobody of the generated county has a number of that place
SEED, DAY = 1105, dt.timedelta(days=1)
BAD = ("adopter_barred_by_illness", "adopter_harmful_record")
FINE = {
    "child_disabled": False, "registry_is_right": True, "placer_entitled": True, "placer_agrees": True,
    "adopter_married": True, "children_count": 0, "child_consents": True,
}  # fmt: skip
ORIGIN = {
    "placer": "县儿童福利院",
    "found": "某年某月某日清晨在客运站候车室发现，已报案（虚构）",
    "police_no": "晃公刑捡字1号",
}


@transaction.atomic
def adopt(officers: Officers, days: Days) -> str:
    """Each step done on its own day; the numbers and certificates come out of the register itself."""
    random, ids = Random(SEED), numbers.IdNumbers()  # noqa: S311  repeatable, not secret
    couples = [_couple(random, ids) for _ in range(4)]
    today = days.today

    searching = _apply(officers, couples[0], _child(ids, today, 2), ChildKind.FOUNDLING, today - 20 * DAY)
    _publish(officers, searching, today - 18 * DAY)

    bonding = _apply(officers, couples[1], _child(ids, today, 3), ChildKind.FOUNDLING, today - 80 * DAY)
    _publish(officers, bonding, today - 79 * DAY)
    team = [officers.users["registrar2"], officers.users["protection"]]
    evaluation = start_evaluation(officers.on("registrar", today - 30 * DAY), bonding, team)
    start_bonding(officers.on("registrar2", today - 20 * DAY), evaluation, bonding_from=today - 20 * DAY)
    evaluation.refresh_from_db()
    visit(
        officers.on("protection", today - 6 * DAY), evaluation, on=today - 6 * DAY, is_well=True,
        finding="孩子愿意亲近，作息规律，邻居印象好。",
    )  # fmt: skip

    for place, (couple, ago) in enumerate(((couples[2], 120), (couples[3], 400))):
        day = today - ago * DAY
        step = _apply(officers, (couple[0], None), _child(ids, today, 6 + place), ChildKind.STEP, day)
        adoption = register(officers.on("registrar", day), step)
        if place:
            accept_dissolution(
                officers.on("registrar2", today - 5 * DAY),
                adoption,
                agreement="孩子由生母抚养，双方不需补偿。",
            )
    return "公告期 1 件，融合评估 1 件，已登记 2 件，其中 1 件申请解除"


def _couple(random: Random, ids: numbers.IdNumbers) -> tuple[Person, Person]:
    people = []
    for sex, born in (("1", dt.date(1984, 3, 9)), ("2", dt.date(1986, 5, 12))):
        name = names.surname(random) + names.given_name(random, sex, born.year)
        people.append(
            Person.objects.create(
                name=name, id_no=ids.next(BORN_IN, born, sex), sex=sex, birth_date=born, region_id=VILLAGE,
                hukou_region_id=VILLAGE,
            )
        )  # fmt: skip
    home = Household.objects.create(
        region_id=VILLAGE, category="rural", head=people[0], since=dt.date(2012, 1, 1)
    )
    Membership.objects.bulk_create(
        Membership(household=home, person=one, relation=relation, order=order, since=home.since)
        for order, (one, relation) in enumerate(zip(people, ("户主", "配偶"), strict=True))
    )
    return people[0], people[1]


def _child(ids: numbers.IdNumbers, today: dt.date, age: int) -> Person:
    born = dt.date(today.year - age, 6, 1)
    return Person.objects.create(
        name="党新生" if age < 5 else "吴小诺", id_no=ids.next(BORN_IN, born, "2"), sex="2", birth_date=born,
        region_id=VILLAGE, hukou_region_id=VILLAGE,
    )  # fmt: skip


def _apply(
    officers: Officers, parents: tuple[Person, Person | None], child: Person, kind: ChildKind, day: dt.date
) -> Application:
    adopter, spouse = parents
    sides = ("adopter", "spouse") if spouse is not None else ("adopter",)
    said = {f"{side}.{key}": key not in BAD for side in sides for key in OF_ADOPTER}
    is_found = kind == ChildKind.FOUNDLING
    application = Application(
        region_id=COUNTY, adopter=adopter, spouse=spouse, child=child, kind=kind,
        placer=Placer.INSTITUTION if is_found else Placer.PARENTS,
    )  # fmt: skip
    origin = ORIGIN if is_found else {"placer": "生母", "found": "随母再婚（虚构）"}
    return accept(
        officers.on("registrar", day), application, FINE | said | {"child_in_institution": is_found}, origin
    )


def _publish(officers: Officers, application: Application, day: dt.date) -> None:
    publish(officers.on("registrar", day), application, medium="怀化日报", issue_no="第3版", began_on=day)
