"""Setting a target of one's own, and sharing one out."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms

from minzheng.datacenter.indicators.models import Comparator, Target
from minzheng.datacenter.indicators.targets import read_span
from minzheng.datacenter.indicators.words import Better, Indicator
from minzheng.foundation.regions.models import Region
from minzheng.foundation.registry.words import shelf
from minzheng.online.ui.forms import PlainForm

NUMBER: dict[str, Any] = {"min_value": 0, "max_digits": 18, "decimal_places": 2}


def to_screen(indicator: Indicator, value: Decimal) -> str:
    """As typed in a form: money in yuan."""
    return f"{(value / 100 if indicator.is_money else value).normalize():f}"


class TargetForm(PlainForm):
    """A target of a region; after `is_valid`, `target(region)` is the unsaved row."""

    indicator = forms.ChoiceField(label="指标")
    year = forms.CharField(label="期间", help_text="写年份，如 2026；半年写 2026H1，季度写 2026Q3")
    comparator = forms.ChoiceField(label="要求", choices=Comparator.choices)
    value = forms.DecimalField(label="目标数", help_text="金额以元为单位，比率写百分数", **NUMBER)
    document = forms.CharField(label="依据文件", max_length=120)
    text = forms.CharField(label="原文", max_length=200)

    def __init__(self, today: dt.date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        judged = [one for one in shelf(Indicator) if one.better is not Better.NONE]
        choices = [(one.code, f"{one.title}（{one.unit}）") for one in judged]
        self.fields["indicator"].choices = [("", "请选择"), *choices]  # type: ignore[attr-defined]
        self.fields["year"].initial = str(today.year)

    def clean_year(self) -> tuple[dt.date, dt.date]:
        try:
            return read_span(self.cleaned_data["year"].strip())
        except ValueError as problem:
            raise forms.ValidationError(str(problem)) from None

    def target(self, region: Region) -> Target:
        answers = self.cleaned_data
        indicator = shelf(Indicator).get(answers["indicator"])
        since, until = answers["year"]
        return Target(
            indicator=indicator.code, region=region, since=since, until=until, comparator=answers["comparator"],
            value=answers["value"] * (100 if indicator.is_money else 1),
            document=answers["document"], text=answers["text"],
        )  # fmt: skip


class ShareForm(PlainForm):
    """One number for each division below; an empty one has no share."""

    document = forms.CharField(label="分解文件", max_length=120, help_text="例如“县政府办〔2026〕3号”")

    def __init__(
        self, target: Target, below: list[Region], shares: dict[str, Target], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.indicator = shelf(Indicator).get(target.indicator)
        self.codes = [region.code for region in below]
        for region in below:
            share = shares.get(region.code)
            initial = to_screen(self.indicator, share.value) if share else None
            self.fields[region.code] = forms.DecimalField(
                label=region.name, required=False, initial=initial, **NUMBER
            )

    @property
    def shares(self) -> dict[str, Decimal]:
        factor = 100 if self.indicator.is_money else 1
        given = {code: self.cleaned_data[code] for code in self.codes}
        return {code: value * factor for code, value in given.items() if value is not None}

    @property
    def numbers(self) -> list[forms.BoundField]:
        return [self[code] for code in self.codes]
