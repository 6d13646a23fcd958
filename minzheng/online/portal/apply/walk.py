"""The way through a form, one thing a page: which pages there are for these answers, and what comes next.

Everything is worked out from the declared form and the answers, so a page can be opened directly (a correction's
link), left, and come back to; nothing is kept in the session.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from minzheng.foundation.forms import (
    Form,
    Group,
    Question,
    Section,
    clean_row,
    clean_rows,
    implied_answers,
    pages_of,
    show,
)
from minzheng.foundation.forms.questions import Answers


@dataclass(frozen=True)
class Stop:
    """One page. `row` is None outside groups; `questions` is empty on a group's own page (its list of rows).

    A declaration to agree to is a sentence of its own, so its page is headed by the section.
    """

    section: Section
    slug: str
    heading: str
    questions: tuple[Question, ...] = ()
    group: Group | None = None
    row: int | None = None

    @property
    def is_list(self) -> bool:
        return self.group is not None and self.row is None

    def answers_in(self, data: Answers) -> Answers:
        """Where this page's answers live: the whole form, or one row of a group."""
        if self.group is None or self.row is None:
            return data
        rows = data.get(self.group.key) or []
        return rows[self.row] if self.row < len(rows) else {}


def stops(form: Form, data: Answers) -> list[Stop]:
    """All pages of the form for these answers, in order."""
    return [stop for section in form.sections for stop in stops_of_section(section, data)]


def stops_of_section(section: Section, data: Answers) -> Iterator[Stop]:
    """Single questions between groups are gathered first, so that neighbours may share a page."""
    gathered: list[Question] = []
    for part in section.parts:
        if isinstance(part, Question):
            gathered.append(part)
            continue
        yield from _pages(section, gathered, data, data)
        gathered = []
        if part.is_asked(data, data):
            yield Stop(section, part.key, part.label, group=part)
    yield from _pages(section, gathered, data, data)


def stops_of_row(section: Section, group: Group, row: int, data: Answers) -> list[Stop]:
    """The pages about one row: this member, that vehicle. A row not there yet has pages too, to add it."""
    rows = data.get(group.key) or []
    answers = rows[row] if row < len(rows) else {}
    return list(_pages(section, group.questions, answers, data, group, row))


def _pages(
    section: Section,
    questions: tuple[Question, ...] | list[Question],
    row: Answers,
    data: Answers,
    group: Group | None = None,
    number: int | None = None,
) -> Iterator[Stop]:
    """Pages on which at least one question is asked. What an identity number says itself is not asked again."""
    told = implied_answers(questions, row)
    for heading, together in pages_of(questions):
        asked = tuple(
            question
            for question in together
            if question.is_asked(row, data) and (question.key not in told or _identifies(together))
        )
        if asked:
            title = section.title if len(asked) == 1 and asked[0].kind == "agree" else heading
            yield Stop(section, together[0].key, title, asked, group, number)


def _identifies(together: tuple[Question, ...]) -> bool:
    """Birth date beside the number it must agree with stays on the page, so that both can be mended there."""
    return any(question.fills for question in together)


def find_stop(form: Form, data: Answers, section_key: str, slug: str) -> Stop | None:
    return next(
        (stop for stop in stops(form, data) if stop.section.key == section_key and stop.slug == slug), None
    )


def find_row_stop(form: Form, data: Answers, group_key: str, row: int, slug: str) -> Stop | None:
    """`row` may be one past the last: the page that adds a row."""
    for section in form.sections:
        for part in section.parts:
            if isinstance(part, Group) and part.key == group_key and part.is_asked(data, data):
                if not 0 <= row <= len(data.get(group_key) or []) or row >= part.max:
                    return None
                return next((s for s in stops_of_row(section, part, row, data) if s.slug == slug), None)
    return None


def stop_for_path(form: Form, data: Answers, path: str) -> Stop | None:
    """The page on which an error's or a correction's answer is mended: "deposits", "members", "members.0.id_no"."""
    key, *rest = path.split(".")
    for section in form.sections:
        for part in section.parts:
            if part.key != key:
                continue
            if isinstance(part, Group) and len(rest) == 2 and rest[0].isdigit():
                pages = stops_of_row(section, part, int(rest[0]), data)
                return next((s for s in pages if rest[1] in {q.key for q in s.questions}), None)
            return next(
                (
                    s
                    for s in stops_of_section(section, data)
                    if s.slug == key or key in {question.key for question in s.questions}
                ),
                None,
            )
    return None


def next_stop(form: Form, stop: Stop, data: Answers) -> Stop | None:
    """After a row's last page comes the group's list again; after a section's last page, None: the task list."""
    if stop.group is not None and stop.row is not None:
        pages = stops_of_row(stop.section, stop.group, stop.row, data)
        return _after(pages, stop) or find_stop(form, data, stop.section.key, stop.group.key)
    return _after(list(stops_of_section(stop.section, data)), stop)


def previous_stop(form: Form, stop: Stop, data: Answers) -> Stop | None:
    if stop.group is not None and stop.row is not None:
        pages = stops_of_row(stop.section, stop.group, stop.row, data)
        return _after(pages[::-1], stop) or find_stop(form, data, stop.section.key, stop.group.key)
    return _after(list(stops_of_section(stop.section, data))[::-1], stop)


def _after(pages: list[Stop], stop: Stop) -> Stop | None:
    slugs = [page.slug for page in pages]
    at = slugs.index(stop.slug) + 1 if stop.slug in slugs else len(pages)
    return pages[at] if at < len(pages) else None


def is_done(stop: Stop, data: Answers, today: dt.date) -> bool:
    """Nothing on this page is missing or wrong."""
    if stop.group is not None and stop.row is None:
        return not clean_rows(stop.group, data.get(stop.group.key), data, today)[1]
    answers = stop.answers_in(data)
    return not clean_row(stop.questions, answers, {**data, **answers}, today)[1]


def is_begun(stop: Stop, data: Answers) -> bool:
    answers = stop.answers_in(data)
    if stop.is_list:
        return stop.slug in data
    return any(question.key in answers for question in stop.questions)


def row_title(group: Group, answers: Answers, number: int) -> str:
    """What a row is called: its own answer to the title question, or 第2个家庭成员."""
    title = next(question for question in group.questions if question.key == group.title_key)
    return show(title, answers[title.key]) if title.key in answers else f"第{number + 1}个{group.row_name}"
