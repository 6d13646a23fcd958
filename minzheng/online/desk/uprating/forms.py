"""What the county says when a standard has changed: from which month, by which paper."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.benefits.months import parse_month
from minzheng.online.desk.payments.forms import counties_of
from minzheng.online.ui.forms import PlainForm


class AskForm(PlainForm):
    """County, the new standard's own month, the paper. The amounts themselves stand in the standards."""

    county = forms.ModelChoiceField(None, label="县（市、区）", empty_label="请选择")
    month = forms.CharField(
        label="新标准从哪个月起？",
        widget=forms.TextInput({"type": "month"}),
        help_text="可以是已经发放过的月份，差额会补发。",
    )
    evidence = forms.CharField(label="依据文件", max_length=120, help_text="调整标准的文件名称和文号。")

    def __init__(self, access: Access, month: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["county"]
        field.queryset = counties_of(access, "uprating.make")  # type: ignore[attr-defined]
        if len(offered := field.queryset[:2]) == 1:  # type: ignore[attr-defined]
            field.initial = offered[0]
        self.fields["month"].initial = month

    def clean_month(self) -> dt.date:
        try:
            return parse_month(self.cleaned_data["month"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None
