"""The merged report (核对报告): what each source said about whom, with its stamp, beside what was declared.

Unknown stays unknown: a source that is down, not connected, or has nothing to say about one member leaves the sums
that need it open, and the report says which.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from minzheng.datacenter.verification.models import (
    Answer,
    AnswerState,
    Check,
    CheckObjection,
    Request,
    Subject,
)
from minzheng.datacenter.verification.values import is_silent, joined, shown, single
from minzheng.datacenter.verification.words import DIFFERENT, MISSING, REQUEST_TONES, SAME
from minzheng.foundation.cases.facts import facts_in, member_questions
from minzheng.foundation.cases.models import Case
from minzheng.foundation.exchange.words import Source, SourceField
from minzheng.foundation.rules import default_counter


@dataclass(frozen=True)
class Item:
    """One thing that one source said, or did not say, about one person."""

    field: SourceField
    text: str
    is_unknown: bool
    answer: Answer | None
    objections: tuple[CheckObjection, ...] = ()


@dataclass(frozen=True)
class About:
    """One person under one source. `former` are answers that an objection has replaced; they are kept."""

    subject: Subject
    items: tuple[Item, ...]
    former: tuple[Answer, ...] = ()


@dataclass(frozen=True)
class FromSource:
    """One source with its stamp: `request` is the latest; None when the source is not connected."""

    source: Source
    request: Request | None
    about: tuple[About, ...]

    @property
    def tone(self) -> str:
        return REQUEST_TONES[self.request.state] if self.request is not None else "neutral"


@dataclass(frozen=True)
class Line:
    """A fact as the rules will read it: of the household (`who` empty) or of one member."""

    fact: str
    label: str
    who: str
    checked: str
    declared: str
    is_unknown: bool
    differs: bool


@dataclass(frozen=True)
class Report:
    """`stated` are the facts that the record is filled with: household's, and by identity number the members'."""

    check: Check
    sources: tuple[FromSource, ...]
    lines: tuple[Line, ...]
    household: dict[str, Any]
    members: dict[str, dict[str, Any]]
    valid_through: dt.date | None
    unknown: tuple[str, ...] = field(default=())

    @property
    def notable(self) -> list[Line]:
        """What the officer must look at: not as declared, or unknown."""
        return [line for line in self.lines if line.differs or line.is_unknown]

    @property
    def quiet(self) -> list[Line]:
        return [line for line in self.lines if not line.differs and not line.is_unknown]

    @property
    def conclusion(self) -> str:
        if self.unknown:
            return MISSING
        return DIFFERENT if any(line.differs for line in self.lines) else SAME


def report_of(check: Check, sources: Iterable[Source]) -> Report:
    """The report as it stands now; `sources` are those that a check asks, connected or not. Five queries."""
    subjects = list(check.subjects.select_related("person", "authorisation"))
    answers = list(check.answers.prefetch_related("objections__documents"))
    latest = {request.source: request for request in check.requests.order_by("id")}
    current = {(one.source, one.person_id): one for one in answers if one.is_current}
    listed = tuple(_from(source, latest.get(source.code), subjects, answers, current) for source in sources)
    lines, household, members = _facts(check, listed, subjects, current)
    ends = [one.valid_until for one in current.values()]
    return Report(
        check, listed, tuple(lines), household, members,
        valid_through=min(ends) - dt.timedelta(days=1) if ends else None,
        unknown=tuple(one.source.title for one in listed if _lacks(one)),
    )  # fmt: skip


def _lacks(one: FromSource) -> bool:
    return one.request is not None and any(item.is_unknown for about in one.about for item in about.items)


def _from(
    source: Source,
    request: Request | None,
    subjects: list[Subject],
    answers: list[Answer],
    current: Mapping[tuple[str, int], Answer],
) -> FromSource:
    former = defaultdict(list)
    for one in answers:
        if one.source == source.code and not one.is_current:
            former[one.person_id].append(one)
    about = []
    for subject in subjects:
        answer = current.get((source.code, subject.person_id))
        items = tuple(_item(field, answer) for field in source.fields)
        about.append(About(subject, items, tuple(former[subject.person_id])))
    return FromSource(source, request, tuple(about))


def about_people(check: Check, sources: Iterable[Source], people: Iterable[int]) -> list[FromSource]:
    """The part of a report that is about some people, e.g. what a citizen may see; without declarations and sums."""
    subjects = list(check.subjects.filter(person__in=people).select_related("person", "authorisation"))
    answers = list(check.answers.filter(person__in=people).prefetch_related("objections"))
    latest = {request.source: request for request in check.requests.order_by("id")}
    current = {(one.source, one.person_id): one for one in answers if one.is_current}
    return [_from(source, latest.get(source.code), subjects, answers, current) for source in sources]


def in_words(field: SourceField, answer: Answer | None) -> str:
    """What an answer says about one field."""
    if answer is None or is_silent(field, answer):
        return "未知"
    if answer.state == AnswerState.NONE:
        return "查无登记" if field.complete else "查无登记（不等于没有，以申报和入户调查为准）"
    return shown(field, answer.values[field.key])


def _item(field: SourceField, answer: Answer | None) -> Item:
    return Item(field, in_words(field, answer), is_silent(field, answer), answer, _objections(field, answer))


def _objections(field: SourceField, answer: Answer | None) -> tuple[CheckObjection, ...]:
    return () if answer is None else tuple(one for one in answer.objections.all() if one.field == field.key)


def _facts(
    check: Check,
    listed: Iterable[FromSource],
    subjects: list[Subject],
    current: Mapping[tuple[str, int], Answer],
) -> tuple[list[Line], dict[str, Any], dict[str, dict[str, Any]]]:
    """Every fact that the asked sources could state, with what was declared. Obligors are not part of the family."""
    catalogue = default_counter().book.catalogue
    family = [one for one in subjects if one.household_id is not None]
    declared, declared_of = declarations(check.case) if check.case else ({}, {})
    lines: list[Line] = []
    household: dict[str, Any] = {}
    members: dict[str, dict[str, Any]] = {one.person.id_no or "": {} for one in family}
    for source in [one.source for one in listed if one.request is not None]:
        for kept in (one for one in source.fields if one.fact in catalogue):
            label = catalogue[kept.fact].label
            answers = [current.get((source.code, one.person_id)) for one in family]
            if catalogue[kept.fact].entity == "household":
                found, said = joined(kept, answers), declared.get(kept.fact)
                lines.append(_line(kept, label, "", found, said, answers))
                if (value := _stated(kept, found, said)) is not None:
                    household[kept.fact] = value
                continue
            for subject, answer in zip(family, answers, strict=True):
                number = subject.person.id_no or ""
                found, said = single(kept, answer), declared_of.get(number, {}).get(kept.fact)
                lines.append(_line(kept, label, subject.person.name, found, said, [answer]))
                if (value := _stated(kept, found, said)) is not None:
                    members[number][kept.fact] = value
    return lines, household, members


def _stated(field: SourceField, found: Any, declared: Any) -> Any:
    """What the check states. A register that does not hold everything cannot make less of what was declared."""
    if found is None or field.complete or declared is None:
        return found
    return found if found > declared else None


def _line(
    field: SourceField, label: str, who: str, found: Any, declared: Any, answers: Sequence[Answer | None]
) -> Line:
    value, is_unknown = _stated(field, found, declared), any(is_silent(field, one) for one in answers)
    silence = "未知" if is_unknown else "查无登记"
    checked = silence if found is None else shown(field, found)
    said = "没有申报" if declared is None else shown(field, declared)
    differs = value is not None and value != (declared or 0)
    return Line(field.fact, label, who, checked, said, is_unknown, differs)


def declarations(case: Case) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """What the family declared, as facts: the household's, and by identity number the members'."""
    form, group = case.service_item.form, case.service_item.members
    asked = member_questions(form, group)
    rows = case.data.get(group) or []
    return (
        facts_in(case.data, form.parts, "household"),
        {row["id_no"]: facts_in(row, asked, "person") for row in rows if row.get("id_no")},
    )
