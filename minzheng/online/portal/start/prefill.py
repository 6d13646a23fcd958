"""What is known already is not asked again (社会救助法 第六十二条)."""

from __future__ import annotations

from typing import Any

from minzheng.foundation.forms import Question
from minzheng.foundation.items import ServiceItem
from minzheng.foundation.people.models import Person

KNOWN = ("name", "id_no", "phone", "address", "bank_name", "bank_account")
TYPED_BY_AGENT = ("name", "id_no")  # an agent is shown nothing that he did not type himself
OF_ONESELF = "本人"


def prefill(item: ServiceItem, applicant: Person, known: tuple[str, ...] = KNOWN) -> dict[str, Any]:
    """First answers from the applicant's own record: the first row of the family, and questions of the same key."""
    data = {key: value for key in item.form.questions if key in known and (value := getattr(applicant, key))}
    group = item.form.groups.get(item.members)
    if group is None:
        return data
    row = {
        question.key: getattr(applicant, question.key, "")
        for question in group.questions
        if question.key in known
    }
    for question in group.questions:
        if question.key == "relation" and OF_ONESELF in _values(question):
            row["relation"] = OF_ONESELF
    return data | {group.key: [{key: value for key, value in row.items() if value}]}


def _values(question: Question) -> list[Any]:
    return [value for value, _label in question.options]
