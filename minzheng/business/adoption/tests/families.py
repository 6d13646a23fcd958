"""A family, a child and everything in order, unless said otherwise."""

from __future__ import annotations

import datetime as dt

from minzheng.business.adoption.accepting import accept
from minzheng.business.adoption.evaluating import (
    report,
    score,
    start_bonding,
    start_evaluation,
    version_of,
    visit,
)
from minzheng.business.adoption.kinds import ChildKind, Placer
from minzheng.business.adoption.models import Application, Evaluation, SearchNotice
from minzheng.business.adoption.review import OF_ADOPTER
from minzheng.business.adoption.searching import publish
from minzheng.foundation.certificates.models import Issuer
from minzheng.foundation.people.id_numbers import check_character
from minzheng.foundation.people.models import Household, Membership, Person

COUNTY, VILLAGE = "431227000000", "431227107203"
DAY = dt.timedelta(days=1)
TEAM = ("registrar2", "protection")
ORIGIN = {"placer": "县儿童福利院", "found": "某年某月某日在客运站发现，已报案", "police_no": "公刑捡字1号"}
FINE = {
    "child_disabled": False,
    "child_in_institution": True,
    "registry_is_right": True,
    "placer_entitled": True,
    "placer_agrees": True,
    "adopter_married": True,
    "children_count": 0,
}
BAD = ("adopter_barred_by_illness", "adopter_harmful_record")


def number_of(born: dt.date, sequence: int) -> str:
    first = f"431227{born:%Y%m%d}{sequence:03d}"
    return first + check_character(first)


def person(name: str, born: str, sequence: int) -> Person:
    """An odd sequence is a man's (GB 11643)."""
    day = dt.date.fromisoformat(born)
    return Person.objects.create(
        name=name, id_no=number_of(day, sequence), sex="1" if sequence % 2 else "2", birth_date=day,
        region_id=VILLAGE, hukou_region_id=VILLAGE,
    )  # fmt: skip


def issuer() -> None:
    Issuer.objects.get_or_create(
        region_id=COUNTY,
        defaults={"name": "新晃侗族自治县民政局", "short_name": "新晃", "uscc": "11431227006686790W"},
    )


def home_of(one: Person, other: Person | None = None) -> Household:
    home = Household.objects.create(region_id=VILLAGE, category="rural", head=one, since=dt.date(2015, 1, 1))
    for order, (who, relation) in enumerate(((one, "户主"), (other, "配偶"))):
        if who is not None:
            Membership.objects.create(
                household=home, person=who, relation=relation, order=order, since=home.since
            )
    return home


def asked(spouse: Person | None, **more: object) -> dict[str, object]:
    sides = ("adopter", "spouse") if spouse is not None else ("adopter",)
    said = {f"{side}.{key}": key not in BAD for side in sides for key in OF_ADOPTER}
    return {**FINE, **said, **more}


def apply(
    access, adopter: Person, spouse: Person | None, child: Person, kind=ChildKind.FOUNDLING, **more
) -> Application:
    application = Application(
        region_id=COUNTY, adopter=adopter, spouse=spouse, child=child, kind=kind, placer=Placer.INSTITUTION
    )
    return accept(access, application, asked(spouse, **more), ORIGIN)


def evaluate(
    access, application: Application, began: dt.date, team=TEAM, points: int = 80, **more
) -> Evaluation:
    """Appointed on `began`, together from the next day on, reported on the day after the time together."""
    users = [access(login, began).user for login in team]
    evaluation = start_evaluation(access("registrar", began), application, users)
    start_bonding(access(team[0], began + DAY), evaluation, bonding_from=began + DAY)
    evaluation.refresh_from_db()
    visit(
        access(team[1], began + 15 * DAY),
        evaluation,
        on=began + 15 * DAY,
        is_well=True,
        finding="孩子愿意亲近",
    )
    after = evaluation.bonding_until + DAY
    for login in team:
        score(
            access(login, after), evaluation, scores(evaluation, points), pledged=True,
            is_clear=more.get("is_clear", True), visited_on=after, opinion="适宜",
        )  # fmt: skip
    return report(access(team[0], after), evaluation, report="两名评估员意见一致。")


def scores(evaluation: Evaluation, total: int) -> dict[str, int]:
    """Points of every item that add up to `total` of 100, each part about alike."""
    items = version_of(evaluation).items.values()
    given = {item.code: item.most * total // 100 for item in items}
    for item in items:
        given[item.code] += min(total - sum(given.values()), item.most - given[item.code])
    return given


def published(access, application: Application, day: dt.date) -> SearchNotice:
    return publish(access, application, medium="怀化日报", issue_no="第3版", began_on=day)


def ready_on(access, start: dt.date, man: Person, woman: Person, child: Person) -> Application:
    """A foundling whose notice ran from `start` and whose new family has passed."""
    home_of(man, woman)
    application = apply(access("registrar", start), man, woman, child)
    published(access("registrar", start), application, start)
    evaluate(access, application, start)
    application.refresh_from_db()
    return application
