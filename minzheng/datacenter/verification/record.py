"""The report as the first draft of the officer's record: what is unknown stays empty and so states nothing."""

from __future__ import annotations

from typing import Any

from minzheng.datacenter.verification.consents import sources_to_check
from minzheng.datacenter.verification.models import Check
from minzheng.datacenter.verification.report import Report, report_of
from minzheng.foundation.cases.models import Case
from minzheng.foundation.forms import Question
from minzheng.foundation.items import Move


def record_from_report(case: Case, move: Move) -> dict[str, Any] | None:
    """For a move that records a check, when a report of this case is ready; else None (typed by hand, as before)."""
    if "checked" not in move.marks:
        return None
    check = case.checks.filter(state=Check.State.READY).order_by("-id").first()
    if check is None:
        return None
    report = report_of(check, sources_to_check())
    form = move.form
    record = {key: _answer(question, report.household) for key, question in form.questions.items()}
    record |= {
        "report_no": check.number,
        "valid_until": report.valid_through.isoformat() if report.valid_through else None,
        "conclusion": report.conclusion,
        "remark": _remark(report),
    }
    for key, group in form.groups.items():
        record[key] = [
            {
                question.key: _answer(question, report.members.get(row.get("id_no", ""), {}))
                for question in group.questions
            }
            | {"name": row.get("name"), "id_no": row.get("id_no")}
            for row in case.data.get(key) or []
        ]
    asked = set(form.questions) | set(form.groups)
    return {key: value for key, value in record.items() if key in asked and value is not None}


def _answer(question: Question, facts: dict[str, Any]) -> Any:
    value = facts.get(question.key)
    if value is not None and question.kind == "money_flow":
        return {"fen": value, "period": "year"}
    return value


def _remark(report: Report) -> str | None:
    """What is missing, and why the case went on without it."""
    parts = [f"没有反馈：{'、'.join(report.unknown)}。"] if report.unknown else []
    if report.check.went_on_reason:
        parts.append(f"不再等待的理由：{report.check.went_on_reason}")
    return "".join(parts) or None
