"""What the county enters: the kind first, then its own figures."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.benefits.months import month_of, parse_month
from minzheng.foundation.oneoffs.words import OneOff
from minzheng.online.desk.payments.forms import counties_of
from minzheng.online.ui.forms import PlainForm


class EnterForm(PlainForm):
    """County, month, evidence, and the declared figures of one kind."""

    county = forms.ModelChoiceField(None, label="县（市、区）", empty_label="请选择")
    month = forms.CharField(label="所属月份", widget=forms.TextInput({"type": "month"}))
    evidence = forms.CharField(
        label="依据文件", max_length=120, help_text="统计公报、联席会议纪要或发放通知的文号。"
    )

    def __init__(self, declared: OneOff, access: Access, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["county"]
        field.queryset = counties_of(access, "one_off.make")  # type: ignore[attr-defined]
        if len(offered := field.queryset[:2]) == 1:  # type: ignore[attr-defined]
            field.initial = offered[0]
        self.fields["month"].initial = f"{month_of(access.today):%Y-%m}"
        self.asked = [question.key for question in declared.figures]
        for question in declared.figures:
            if question.kind == "agree":
                self.fields[question.key] = forms.BooleanField(label=question.label)
            elif question.kind == "choice":
                self.fields[question.key] = forms.ChoiceField(
                    label=question.label, help_text=question.hint, required=question.required,
                    choices=(("", "请选择"), *question.options),
                )  # fmt: skip
            else:
                self.fields[question.key] = forms.IntegerField(
                    label=question.label, help_text=question.hint, widget=forms.TextInput({"inputmode": "numeric"})
                )  # fmt: skip

    def clean_month(self) -> dt.date:
        try:
            return parse_month(self.cleaned_data["month"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None

    @property
    def figures(self) -> dict[str, Any]:
        return {key: self.cleaned_data[key] for key in self.asked if self.cleaned_data[key] != ""}
