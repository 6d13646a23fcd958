"""Answers of a program: the same cleaning as on the screens, and nothing that is not asked passes unnoticed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.documents.store import own_documents
from minzheng.foundation.forms import answers_of, clean
from minzheng.foundation.items import ServiceItem
from minzheng.online.api.problems import Detail, Problem

UNKNOWN = "申请表没有这一项，请对照 /items/{code}/schema 删去或改名。"
FOREIGN = "有一份文件不是您上传的，请重新上传后填写它的 id。"


def cleaned_answers(
    access: Access, item: ServiceItem, before: Mapping[str, Any], answers: dict[str, Any], *, partial: bool
) -> dict[str, Any]:
    """What is stored: JSON answers. Problem 422 with every path that must be mended. `before` keeps what is no answer."""
    form = item.form
    cleaned, errors = clean(form, answers, today=access.today, partial=partial)
    errors |= {f"{key}": UNKNOWN.replace("{code}", item.code) for key in _unknown(item, answers)}
    for path, question, value in answers_of(form, cleaned):
        if question.is_file and len(own_documents(value, access.user)) != len(value):  # type: ignore[arg-type]
            errors[path] = FOREIGN
    if errors:
        details = [Detail(path=f"answers.{path}", detail=text) for path, text in errors.items()]
        raise Problem("invalid", f"申请表有 {len(details)} 处要改，请逐项改正后重新提交。", details)
    kept = {
        key: value for key, value in before.items() if key not in form.questions and key not in form.groups
    }
    return kept | cleaned


def _unknown(item: ServiceItem, answers: dict[str, Any]) -> list[str]:
    known = {*item.form.questions, *item.form.groups}
    found = [key for key in answers if key not in known]
    for key, group in item.form.groups.items():
        asked = {question.key for question in group.questions}
        rows = answers.get(key)
        for number, row in enumerate(rows if isinstance(rows, list) else []):
            if isinstance(row, dict):
                found += [f"{key}.{number}.{name}" for name in row if name not in asked]
    return found[:100]
