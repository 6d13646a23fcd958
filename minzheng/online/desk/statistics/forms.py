"""Which report to make."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from minzheng.datacenter.statistics.actions import WRITE
from minzheng.datacenter.statistics.words import ReportTable
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.benefits.months import add_months, month_of, parse_month
from minzheng.foundation.regions.models import Level, Region
from minzheng.foundation.registry.words import shelf
from minzheng.online.ui.forms import PlainForm


class StartForm(PlainForm):
    """Table, region and month."""

    table = forms.ChoiceField(label="报表")
    region = forms.ModelChoiceField(Region.objects.none(), label="地区", empty_label=None)
    month = forms.CharField(label="月份", widget=forms.TextInput({"type": "month"}), help_text="例如 2026-10")

    def __init__(self, access: Access, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regions = Region.objects.on(access.today).filter(level__lte=Level.COUNTY)
        self.fields["region"].queryset = access.scope(WRITE, regions, "code").order_by("code")  # type: ignore[attr-defined]
        self.fields["table"].choices = [(one.code, one.title) for one in shelf(ReportTable)]  # type: ignore[attr-defined]
        self.fields["month"].initial = f"{add_months(month_of(access.today), -1):%Y-%m}"

    def clean_month(self) -> dt.date:
        try:
            return parse_month(self.cleaned_data["month"])
        except ValueError as problem:
            raise forms.ValidationError(str(problem)) from None
