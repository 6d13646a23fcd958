"""The list of things to do before an application can be sent: sections, signatures, papers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.urls import reverse

from minzheng.foundation.cases.models import Case
from minzheng.online.portal.apply.addresses import address_of
from minzheng.online.portal.apply.walk import Stop, is_begun, is_done, stops_of_section

TONES = {"done": "ok", "begun": "info", "open": "neutral"}
FILLING = {"done": "已完成", "begun": "填写中", "open": "未填写"}
SIGNING = {"done": "已签齐", "begun": "还差签字", "open": "未签署"}
HANDING_IN = {"done": "已上传", "open": "未上传"}
IF_NEEDED = {"done": "已上传", "open": "需要时交"}


@dataclass(frozen=True)
class Task:
    title: str
    url: str
    state: str  # done, begun, open
    hint: str = ""
    words: Mapping[str, str] = field(default_factory=lambda: FILLING)
    optional: bool = False

    @property
    def is_done(self) -> bool:
        return self.state == "done"

    @property
    def label(self) -> str:
        return self.words[self.state]

    @property
    def tone(self) -> str:
        return TONES[self.state]


def form_tasks(case: Case, today: dt.date) -> Iterator[Task]:
    """One task a section. It opens at the first page that still needs something."""
    for section in case.service_item.form.sections:
        pages = list(stops_of_section(section, case.data))
        open_pages = [page for page in pages if not is_done(page, case.data, today)]
        begun = any(is_begun(page, case.data) for page in pages)
        state = "begun" if begun else "open"
        if not open_pages and (begun or _may_stay_empty(pages)):
            state = "done"
        if pages:
            first = open_pages[0] if open_pages and begun else pages[0]
            yield Task(section.title, address_of(case, first), state, section.hint)


def _may_stay_empty(pages: list[Stop]) -> bool:
    """All pages of the section are optional: looking at it once is enough, and so is never opening it."""
    return all(not question.required for page in pages for question in page.questions) and not any(
        page.is_list for page in pages
    )


def consent_task(case: Case) -> Task | None:
    """Signatures of all adult members (民发〔2021〕57号)."""
    members = list(case.persons.filter(needs_authorisation=True))
    if not members:
        return None
    signed = sum(member.authorised_on is not None for member in members)
    state = "done" if signed == len(members) else "begun" if signed else "open"
    hint = f"{len(members)}位成年成员，已签{signed}位"
    return Task("家庭成员签署核对授权", reverse("portal:consents", args=[case.number]), state, hint, SIGNING)


def material_tasks(case: Case) -> Iterator[Task]:
    handed_in = set(case.materials.values_list("key", flat=True))
    for material in case.service_item.materials:
        state = "done" if material.key in handed_in else "open"
        url = reverse("portal:material", args=[case.number, material.key])
        words = HANDING_IN if material.required else IF_NEEDED
        yield Task(material.title, url, state, material.why, words, optional=not material.required)


def all_tasks(case: Case, today: dt.date) -> list[tuple[str, list[Task]]]:
    consent = consent_task(case)
    papers = list(material_tasks(case))
    title = "填写情况" if case.service_item.is_personal else "填写家庭情况"
    groups = [(title, list(form_tasks(case, today)))]
    if consent:
        groups.append(("家人签字", [consent]))
    if papers:
        groups.append(("上传材料", papers))
    return groups
