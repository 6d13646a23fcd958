"""Entering a value by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms

from minzheng.datacenter.indicators.words import Indicator
from minzheng.foundation.benefits.months import parse_month
from minzheng.online.ui.forms import PlainForm


class ReportForm(PlainForm):
    """A value of one indicator; money is typed in yuan, `cleaned_data["value"]` is fen."""

    month = forms.CharField(
        label="截至月份", widget=forms.TextInput({"type": "month"}), help_text="例如 2026-10"
    )
    value = forms.DecimalField(label="数值", min_value=0, max_digits=18, decimal_places=2)
    basis = forms.CharField(label="依据文件", max_length=200, help_text="文件或报表的名称、文号")
    document = forms.FileField(label="证明材料（扫描件）", required=False, help_text="PDF或照片，不超过10MB")

    def __init__(self, indicator: Indicator, month: dt.date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.indicator = indicator
        self.fields["month"].initial = f"{month:%Y-%m}"
        self.fields["value"].label = f"数值（{indicator.unit}）"

    def clean_month(self) -> dt.date:
        try:
            return parse_month(self.cleaned_data["month"])
        except ValueError as problem:
            raise forms.ValidationError(str(problem)) from None

    def clean_value(self) -> Decimal:
        value: Decimal = self.cleaned_data["value"]
        return value * 100 if self.indicator.is_money else value
