"""Forms of the data centre: what to rebuild, what arrived."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from minzheng.datacenter.deliveries.words import FileFormat
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.benefits.months import month_of, parse_month
from minzheng.foundation.regions.models import Level, Region
from minzheng.foundation.registry.words import shelf
from minzheng.online.ui.forms import PlainForm


class MonthForm(PlainForm):
    """A region of the user's, and a month."""

    region = forms.ModelChoiceField(Region.objects.none(), label="地区", empty_label=None)
    month = forms.CharField(label="月份", widget=forms.TextInput({"type": "month"}), help_text="例如 2026-10")
    permission = "lake.refresh"

    def __init__(self, access: Access, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regions = access.scope(self.permission, Region.objects.on(access.today), "code")
        self.fields["region"].queryset = self.offered(regions)  # type: ignore[attr-defined]
        self.fields["month"].initial = f"{month_of(access.today):%Y-%m}"

    def offered(self, regions: Any) -> Any:
        return regions.filter(level__lte=Level.COUNTY).order_by("code")

    def clean_month(self) -> dt.date:
        try:
            return parse_month(self.cleaned_data["month"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None


class RebuildForm(MonthForm):
    """What to make anew; in one line, so without hints."""

    month = forms.CharField(label="月份", widget=forms.TextInput({"type": "month"}))


class DeliveryForm(MonthForm):
    """A file that another department sent."""

    source = forms.ChoiceField(label="哪一种数据")
    file = forms.FileField(
        label="文件", help_text="CSV（UTF-8 或 GB18030）或 .xlsx，最大 200 MB，最多 200 万行"
    )
    fewer_is_right = forms.BooleanField(
        label="已向来源部门核实，行数确实比上次少很多", required=False, help_text="只在系统提示行数太少时勾选"
    )
    permission = "delivery.make"
    field_order = ["source", "region", "month", "file", "fewer_is_right"]

    def __init__(self, access: Access, *args: Any, **kwargs: Any) -> None:
        super().__init__(access, *args, **kwargs)
        choices = [(form.code, f"{form.title}（{form.department}）") for form in shelf(FileFormat)]
        self.fields["source"].choices = [("", "请选择"), *choices]  # type: ignore[attr-defined]
        self.fields["month"].label = "数据所属月份"

    def offered(self, regions: Any) -> Any:
        return regions.filter(level=Level.COUNTY).order_by("code")
