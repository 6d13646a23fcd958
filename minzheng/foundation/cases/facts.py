"""A case's facts: what was declared, checked and seen, as sheets on the people and as a document for the rules.

A form's question that bears the name of a fact (facts.yaml) states that fact. So the application, the data check and
the visit record all feed the same rules, and nobody copies a figure from one paper to another.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings

from minzheng.foundation.cases.models import Case
from minzheng.foundation.forms import Form, Group, Question
from minzheng.foundation.people.facts import FROM_MASTER, SEX, facts_document, person_document
from minzheng.foundation.people.id_numbers import IdNumberError, parse_id_number
from minzheng.foundation.people.models import FactSheet, Sex
from minzheng.foundation.rules import FactCatalogue, default_counter

MONTHS = 12
OBLIGORS = "obligors"


def facts_in(
    answers: Mapping[str, Any], questions: Iterable[Question | Group], entity: str
) -> dict[str, Any]:
    """The facts that answers state: {fact: plain value}; money in whole fen of the fact's own period.

    A choice among facts (哪些收入？) states nought for every fact that could have been chosen and was not.
    """
    catalogue = _catalogue()
    facts: dict[str, Any] = {}
    for question in questions:
        answer = answers.get(question.key)
        if answer is None or isinstance(question, Group):
            continue
        if question.kind == "choices":
            offered = [option for option, _ in question.options if option in catalogue]
            facts |= {option: 0 for option in offered if option not in answer}
        if question.key in catalogue and catalogue[question.key].entity == entity:
            facts[question.key] = _plain(answer, catalogue[question.key].kind.per)
    return facts


def member_questions(form: Form, group: str) -> tuple[Question, ...]:
    """The questions asked of each member; none when the form has no such group."""
    return form.groups[group].questions if group in form.groups else ()


def facts_document_of(case: Case, on: dt.date) -> dict[str, Any]:
    """The document that rules.decide takes (docs/facts.md). Before acceptance, from the application alone.

    Afterwards it is the household's own (people/facts.py), the very one that screens the population, with the
    outside obligors whom only the application names. Nobody is named in it: the decision is kept for ever.
    """
    if case.service_item.is_personal:
        document = _of_applicant(case, on)
    else:
        document = _declared(case, on) if case.household is None else facts_document(case.household, on)
    document["standards"] = settings.STANDARDS_SET
    document["region"] = case.region_id
    if case.service_item.recalls is not None:
        known = case.service_item.recalls(case, on)
        (document["members"][0] if case.service_item.is_personal else document["household"]).update(known)
    asked = member_questions(case.service_item.form, OBLIGORS)
    document["members"] += [
        {**facts_in(row, asked, "person"), "who": f"义务人{number}", "outside_obligor": True}
        for number, row in enumerate(_obligors(case), 1)
    ]
    return document


def _obligors(case: Case) -> list[dict[str, Any]]:
    """As last seen on a visit; before that, as declared."""
    asked = [
        move.key for _, move in case.service_item.all_moves if OBLIGORS in {part.key for part in move.record}
    ]
    if asked:
        for log in case.moves.filter(move__in=asked).order_by("-id"):
            if log.record.get(OBLIGORS):
                return list(log.record[OBLIGORS])
    return _rows(case, OBLIGORS)


def record_sheets(
    case: Case, form: Form, answers: Mapping[str, Any], source: str, on: dt.date, until: dt.date | None = None
) -> None:
    """Keep what one source says, a sheet for the household and one for each person it speaks of.

    `until` is the first day on which it no longer counts (a data check expires).
    """
    kept = case.service_item.keeps(case, answers, source, on) if case.service_item.keeps else ()
    if case.service_item.is_personal:
        stated = facts_in(answers, form.parts, "person")
        if values := {name: value for name, value in stated.items() if name not in kept}:
            FactSheet.objects.create(
                person=case.applicant, values=values, source=source, since=on, until=until
            )
        return
    if case.household is None:
        return
    if household_values := facts_in(answers, form.parts, "household"):
        FactSheet.objects.create(
            household=case.household, values=household_values, source=source, since=on, until=until
        )
    persons = {one.id_no: one.person_id for one in case.persons.all()}
    group = case.service_item.members
    asked = [one for one in member_questions(form, group) if one.key not in FROM_MASTER]
    for row in answers.get(group) or []:
        values = facts_in(row, asked, "person")
        if values and persons.get(row.get("id_no", "")):
            person = persons[row["id_no"]]
            FactSheet.objects.create(person_id=person, values=values, source=source, since=on, until=until)


def _of_applicant(case: Case, on: dt.date) -> dict[str, Any]:
    """The applicant alone; what is declared counts before acceptance too, unless a register says otherwise."""
    document = person_document(case.applicant, on)
    kept = document["members"][0]
    if case.accepted_on is None:
        document["members"] = [facts_in(case.data, case.service_item.form.parts, "person") | kept]
    return document


def _declared(case: Case, on: dt.date) -> dict[str, Any]:
    seen: Counter[str] = Counter()
    members = []
    asked = member_questions(case.service_item.form, case.service_item.members)
    for row in _rows(case, case.service_item.members):
        relation = row.get("relation") or "成员"
        seen[relation] += 1
        who = relation if seen[relation] == 1 else f"{relation}{seen[relation]}"
        members.append({**facts_in(row, asked, "person"), **_born(row, on), "who": who})
    return {
        "amounts": "fen",
        "on": on.isoformat(),
        "household": facts_in(case.data, case.service_item.form.parts, "household"),
        "members": members,
    }


def _born(row: Mapping[str, Any], on: dt.date) -> dict[str, Any]:
    """Birth date and sex as the identity number says."""
    try:
        read = parse_id_number(row.get("id_no") or "", on)
    except IdNumberError:
        return {}
    return {"birth_date": read.birth_date.isoformat(), "sex": SEX[Sex(read.sex)]}


def _rows(case: Case, group: str) -> list[dict[str, Any]]:
    rows = case.data.get(group)
    return rows if isinstance(rows, list) else []


def _plain(value: Any, per: str) -> Any:
    if isinstance(value, dict) and "fen" in value:
        if value.get("period") == "month" and per == "year":
            return value["fen"] * MONTHS
        if value.get("period") == "year" and per == "month":
            return value["fen"] // MONTHS
        return value["fen"]
    return value


def _catalogue() -> FactCatalogue:
    return default_counter().book.catalogue
