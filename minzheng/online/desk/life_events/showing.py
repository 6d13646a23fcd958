"""Effects in words, each with the page where it is seen and put right."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse

from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.benefits.words import benefit_title
from minzheng.foundation.cases.models import Case
from minzheng.foundation.certificates.models import Issued
from minzheng.foundation.life_events.models import Effect
from minzheng.foundation.tasks.models import Task
from minzheng.online.ui.formats import cn_month


@dataclass(frozen=True)
class Shown:
    """One effect: what was done, to what, how that stands now, and where (empty: no page of its own)."""

    title: str
    subject: str
    now: str
    url: str = ""


def _right(pk: str) -> tuple[str, str, str]:
    right = Entitlement.objects.select_related("person").get(pk=pk)
    until = f"，发放至{cn_month(right.until_month)}" if right.until_month else ""
    url = reverse("desk:person", args=[right.person_id]) if right.person_id else ""
    whose = f"（{right.person.name}）" if right.person else ""
    return f"{benefit_title(right.benefit)}{whose}", f"{right.get_state_display()}{until}", url


def _case(pk: str) -> tuple[str, str, str]:
    case = Case.objects.get(pk=pk)
    return (
        f"{case.service_item.title} {case.number}",
        case.at_step.title,
        reverse("desk:case", args=[case.number]),
    )


def _task(pk: str) -> tuple[str, str, str]:
    task = Task.objects.get(pk=pk)
    return task.title, task.get_state_display(), reverse("field:task", args=[task.pk])


def _certificate(pk: str) -> tuple[str, str, str]:
    issued = Issued.objects.get(pk=pk)
    return str(issued), issued.get_state_display(), ""


KNOWN: dict[str, Callable[[str], tuple[str, str, str]]] = {
    Entitlement._meta.label_lower: _right,
    Case._meta.label_lower: _case,
    Task._meta.label_lower: _task,
    Issued._meta.label_lower: _certificate,
}


def shown(entries: Iterable[AuditEntry | Effect]) -> list[Shown]:
    """What the reader can do something about; an event has a dozen effects at most."""
    return [
        Shown(entry.title, *KNOWN[entry.subject_type](entry.subject_id))
        if entry.subject_type in KNOWN
        else Shown(entry.title, "", "")
        for entry in entries
    ]
