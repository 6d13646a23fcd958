"""Everything that was answered, in the order of the form, each with the page that changes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from minzheng.foundation.cases.models import Case
from minzheng.foundation.forms import show
from minzheng.online.portal.apply.addresses import address_of
from minzheng.online.portal.apply.walk import Stop, row_title, stop_for_path, stops_of_row, stops_of_section

Line = tuple[str, str | None, str]


@dataclass(frozen=True)
class Block:
    """One section, or one row of a group: (question, answer, address that changes it)."""

    title: str
    lines: list[Line]


def blocks(case: Case, *, changeable: bool = True) -> Iterator[Block]:
    """`changeable=False` once the application is on its way: the same answers without links."""
    for section in case.service_item.form.sections:
        single: list[Line] = []
        rows: list[Block] = []
        for stop in stops_of_section(section, case.data):
            if stop.is_list:
                rows += _row_blocks(case, stop, changeable)
            else:
                single += _lines(case, stop, changeable)
        if single:
            yield Block(section.title, single)
        yield from rows


def _row_blocks(case: Case, stop: Stop, changeable: bool) -> Iterator[Block]:
    group = stop.group
    assert group is not None
    rows = case.data.get(group.key) or []
    url = address_of(case, stop, "check") if changeable else ""
    if not rows:
        yield Block(group.label, [(group.label, "没有", url)])
    for number in range(len(rows)):
        title = f"{group.row_name}：{row_title(group, rows[number], number)}"
        pages = stops_of_row(stop.section, group, number, case.data)
        yield Block(title, [line for page in pages for line in _lines(case, page, changeable)])


def _lines(case: Case, stop: Stop, changeable: bool) -> list[Line]:
    answers = stop.answers_in(case.data)
    url = address_of(case, stop, "check") if changeable else ""
    return [
        (question.label, show(question, answers[question.key]) if question.key in answers else None, url)
        for question in stop.questions
    ]


def address_of_path(case: Case, path: str, back: str = "") -> str:
    """Where a missing or wrong thing is mended: an answer, a signature, a paper (cases/completeness.py)."""
    head, _, rest = path.partition(".")
    if head == "authorisation":
        return reverse("portal:consents", args=[case.number])
    if head == "material":
        return reverse("portal:material", args=[case.number, rest]) + (f"?back={back}" if back else "")
    stop = stop_for_path(case.service_item.form, case.data, path)
    return address_of(case, stop, back) if stop else ""
