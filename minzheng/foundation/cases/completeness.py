"""Is the application complete? One list of everything that is missing, so that it is asked for once."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

from minzheng.foundation.cases.models import Case
from minzheng.foundation.forms import clean


@dataclass(frozen=True)
class Missing:
    """One thing to mend. `key` is the path of the answer ("members.0.id_no"), material or authorisation."""

    key: str
    label: str
    what: str

    def as_json(self) -> dict[str, str]:
        return asdict(self)


def wrong(case: Case, today: dt.date) -> list[Missing]:
    """Answers that cannot stand as they are, whatever else is missing."""
    _, errors = clean(case.service_item.form, case.data, today=today, partial=True)
    return [Missing(path, _label(case, path), text) for path, text in errors.items()]


def listed(found: list[Missing]) -> str:
    """All of them in one sentence."""
    return "；".join(f"{one.label}：{one.what}" for one in found)


def missing(case: Case, today: dt.date) -> list[Missing]:
    """Everything that stands against acceptance, in the order of the form; empty when complete."""
    item = case.service_item
    _, errors = clean(item.form, case.data, today=today)
    found = [Missing(path, _label(case, path), text) for path, text in errors.items()]
    found += [
        Missing(
            f"authorisation.{one.pk}",
            f"{one.name}的核对授权",
            f"请{one.name}登录签署，或上传{one.name}签名的核对授权书（民发〔2021〕57号：每位成员都要授权）。",
        )
        for one in case.persons.filter(needs_authorisation=True, authorised_on__isnull=True)
    ]
    handed_in = set(case.materials.values_list("key", flat=True))
    found += [
        Missing(f"material.{material.key}", material.title, f"请提交{material.title}。")
        for material in item.materials
        if material.required and material.key not in handed_in
    ]
    return found


def _label(case: Case, path: str) -> str:
    """“members.0.wage” → 家庭成员杨秀英：工资性收入."""
    form = case.service_item.form
    head, *rest = path.split(".")
    if head in form.groups:
        group = form.groups[head]
        if len(rest) < 2:
            return group.label
        rows = case.data.get(head) or []
        row = rows[int(rest[0])] if rest[0].isdigit() and int(rest[0]) < len(rows) else {}
        name = row.get(group.title_key) or f"第{int(rest[0]) + 1}个{group.row_name}"
        labels = {question.key: question.label for question in group.questions}
        return f"{name}：{labels.get(rest[1], rest[1])}"
    return form.questions[head].label if head in form.questions else head
