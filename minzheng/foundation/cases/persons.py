"""The people of a case: listed from the form, matched with the master records on acceptance."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction

from minzheng.foundation.actions import Refused
from minzheng.foundation.calendar import add_months
from minzheng.foundation.cases.facts import record_sheets
from minzheng.foundation.cases.models import Case, CasePerson
from minzheng.foundation.cases.parameters import parameter
from minzheng.foundation.people.actions import household_of
from minzheng.foundation.people.facts import DECLARED
from minzheng.foundation.people.id_numbers import IdNumberError, parse_id_number
from minzheng.foundation.people.models import Category, Household, Membership, Person

APPLICANT_RELATION = "本人"
CONTACT = (
    "phone",
    "bank_name",
    "bank_account",
)  # keys of the common block P in every application form (handbook 11)
CATEGORY_OF_FACT = {"城市": Category.URBAN, "农村": Category.RURAL}


def list_persons(case: Case, today: dt.date) -> None:
    """Keep CasePerson in step with the form's member rows; a signed authorisation stays with its identity number."""
    if case.service_item.for_organisations:
        return
    if case.service_item.is_personal:
        _list_applicant(case)
        return
    adult_age = parameter("adult_age", case.region_id, today)
    rows = [row for row in case.data.get(case.service_item.members) or [] if row.get("id_no")]
    numbers = [row["id_no"] for row in rows]
    case.persons.exclude(id_no__in=numbers).delete()
    for order, row in enumerate(rows):
        CasePerson.objects.update_or_create(
            case=case,
            id_no=row["id_no"],
            defaults={
                "item": case.item,
                "name": row.get("name") or "",
                "relation": row.get("relation") or "",
                "order": order,
                "needs_authorisation": _signs_alone(row["id_no"], adult_age, today),
            },
        )


def _list_applicant(case: Case) -> None:
    """A personal item looks into nobody's means: its form asks for the consent to what little is compared."""
    CasePerson.objects.update_or_create(
        case=case,
        id_no=case.applicant.id_no or "",
        defaults={
            "item": case.item,
            "name": case.applicant.name,
            "person": case.applicant,
            "relation": APPLICANT_RELATION,
            "needs_authorisation": False,
        },
    )


def persons_of(case: Case) -> list[int]:
    """Person ids for the audit trail."""
    known = case.persons.exclude(person=None).values_list("person_id", flat=True)
    return sorted({key for key in (case.applicant_id, case.handler_id, *known) if key is not None})


def live_elsewhere(case: Case) -> list[tuple[CasePerson, Case]]:
    """People of this case who already stand in another unfinished case of the same item."""
    numbers = set(case.persons.values_list("id_no", flat=True))
    others = (
        CasePerson.objects.filter(item=case.item, id_no__in=numbers, is_live=True)
        .exclude(case=case)
        .select_related("case")
    )
    return [(one, one.case) for one in others]


def set_live(case: Case) -> None:
    """From submission to the end, the case's people stand in no other case of the same item."""
    is_live = case.submitted_on is not None and not case.is_finished
    try:
        with transaction.atomic():
            case.persons.exclude(is_live=is_live).update(is_live=is_live)
    except IntegrityError:
        # The guard looked a moment before another case of one of them went in; the database has the last word.
        raise Refused(
            "家庭成员中有人刚刚在另一份申请中提交。您填写的内容已保存，请核对家庭成员后再提交。"
        ) from None


def register(case: Case, today: dt.date) -> None:
    """On acceptance: persons by identity number, the household, and a sheet of what was declared.

    An organisation has neither: what it states stays with the case.
    """
    if case.service_item.for_organisations:
        return
    members = [(one, _person(case, one, today)) for one in case.persons.all()]
    if case.service_item.is_personal:
        case.household = household_of(case.applicant, today)
    else:
        case.household = _household(case, members, today)
    case.category = case.household.category if case.household else ""
    _keep_contact(case)
    record_sheets(case, case.service_item.form, case.data, DECLARED, today)


def _keep_contact(case: Case) -> None:
    """Where the applicant is reached and paid: without an account every payment would be held."""
    stated = {key: case.data[key] for key in CONTACT if case.data.get(key)}
    if stated:
        Person.objects.filter(pk=case.applicant.pk).update(**stated)
        case.applicant.refresh_from_db(fields=list(stated))


def _signs_alone(id_no: str, adult_age: int, today: dt.date) -> bool:
    """A minor's check is covered by the signature of the guardian who applies (民法典 第二十三条)."""
    try:
        born = parse_id_number(id_no, today).birth_date
    except IdNumberError:
        return True
    return add_months(born, adult_age * 12) <= today


def _person(case: Case, listed: CasePerson, today: dt.date) -> Person:
    # A foundling has no number yet: the applicant of a personal item is known without one.
    person = Person.objects.filter(id_no=listed.id_no).first() if listed.id_no else listed.person
    if person is None:
        try:
            read = parse_id_number(listed.id_no, today)
        except IdNumberError as error:
            raise Refused(f"{listed.name}的身份证号有误：{error}") from None
        person = Person.objects.create(
            id_no=read.number, name=listed.name, sex=read.sex, birth_date=read.birth_date, region=case.region
        )
    elif person.name != listed.name:
        raise Refused(f"申请表中的“{listed.name}”与户籍登记的姓名不一致，请核对姓名和身份证号后再受理。")
    elif not person.is_alive_on(today):
        raise Refused(f"{person.name}已登记死亡，不能作为共同生活的家庭成员。请申请人更正家庭成员。")
    listed.person = person
    listed.save(update_fields=["person"])
    return person


def _household(case: Case, members: list[tuple[CasePerson, Person]], today: dt.date) -> Household:
    open_memberships = {
        one.person_id: one
        for one in Membership.objects.filter(
            person__in=[person for _, person in members], until__isnull=True
        ).select_related("household")
    }
    own = open_memberships.get(case.applicant.pk)
    stated = CATEGORY_OF_FACT.get(case.data.get("category", ""))
    household = own.household if own else None
    if household is None:
        if stated is None:
            raise Refused("申请表没有写明城乡类别，请补充后再受理。")
        household = Household.objects.create(
            region=case.region,
            category=stated,
            head=case.applicant,
            since=today,
            address=case.data.get("address") or "",
        )
    for order, (listed, person) in enumerate(members):
        present = open_memberships.get(person.pk)
        if present is None:
            Membership.objects.create(
                household=household, person=person, relation=listed.relation, order=order, since=today
            )
        elif present.household_id != household.pk:
            raise Refused(
                f"{person.name}现在登记在另一个家庭。请先到“人员与家庭”核实并办理减少成员，再受理这件申请。"
            )
    return household
