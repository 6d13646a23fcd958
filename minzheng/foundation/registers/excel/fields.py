"""The columns of an import: the form's questions, by their labels."""

from __future__ import annotations

from collections.abc import Iterable

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.forms import Question
from minzheng.foundation.regions.models import Level, Region
from minzheng.foundation.registers.declaration import Register

TEXT_KINDS = {"text", "long_text", "name", "id_no", "phone", "bank_account", "region"}
FILE_KINDS = {"file", "files"}


def import_questions(register: Register) -> dict[str, Question]:
    """Everything the form asks that a cell can hold."""
    return {key: question for key, question in register.questions.items() if question.kind not in FILE_KINDS}


class Villages:
    """Villages and communities in which the user may write: the only ones that a sheet may name."""

    def __init__(self, access: Access, permission: str) -> None:
        regions = access.scope(permission, Region.objects.on(access.today), "code").filter(
            level=Level.VILLAGE
        )
        self.full_names: dict[str, str] = dict(regions.order_by("code").values_list("code", "full_name"))
        self.codes = {name: code for code, name in self.full_names.items()}

    def find(self, typed: str) -> str | None:
        """The code behind a full name or a code; None when it is not one of the user's."""
        typed = "".join(typed.split())
        return typed if typed in self.full_names else self.codes.get(typed)

    def lines(self) -> Iterable[tuple[str, str]]:
        return self.full_names.items()
