"""Which certificates to print: one kind, issued between two days."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from minzheng.foundation.certificates.registers import kinds
from minzheng.online.ui.forms import PlainForm

DAY = {"invalid": "请填写日期，例如 2026-11-20。", "required": "请填写日期。"}


class PrintForm(PlainForm):
    kind = forms.ChoiceField(label="证照")
    first = forms.DateField(label="发证日期从", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"), error_messages=DAY)  # fmt: skip
    last = forms.DateField(label="到", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"), error_messages=DAY)  # fmt: skip

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"first": today, "last": today}, **kwargs)
        self.fields["kind"].choices = list(kinds())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("first") and cleaned.get("last") and cleaned["first"] > cleaned["last"]:
            self.add_error("last", "结束日期不能早于开始日期。")
        return cleaned
