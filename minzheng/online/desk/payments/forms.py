"""The finance office's forms."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.benefits.months import month_of, parse_month
from minzheng.foundation.benefits.words import Benefit
from minzheng.foundation.funds.models import PaperKind
from minzheng.foundation.ledger.models import Fund
from minzheng.foundation.ledger.money import fen
from minzheng.foundation.payments.models import BatchKind
from minzheng.foundation.regions.models import Level, Region
from minzheng.foundation.registry.words import shelf
from minzheng.online.ui.forms import PlainForm


def counties_of(access: Access, permission: str = "payment.make") -> Any:
    """Counties in which the user holds the permission."""
    return access.scope(permission, Region.objects.on(access.today).filter(level=Level.COUNTY), "code")


class CountyForm(PlainForm):
    """A form about one of the user's counties; the only one is chosen already."""

    county = forms.ModelChoiceField(Region.objects.none(), label="县（市、区）", empty_label="请选择")

    def __init__(self, access: Access, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["county"]
        field.queryset = counties_of(access)  # type: ignore[attr-defined]
        if len(offered := field.queryset[:2]) == 1:  # type: ignore[attr-defined]
            field.initial = offered[0]


class BatchForm(CountyForm):
    """Which list to make."""

    benefit = forms.ChoiceField(label="待遇")
    month = forms.CharField(
        label="发放月份", widget=forms.TextInput({"type": "month"}), help_text="例如 2026-10"
    )
    kind = forms.ChoiceField(
        label="种类", choices=BatchKind.choices, widget=forms.RadioSelect, initial="monthly"
    )
    field_order = ["county", "benefit", "month", "kind"]

    def __init__(self, access: Access, *args: Any, **kwargs: Any) -> None:
        super().__init__(access, *args, **kwargs)
        self.fields["benefit"].choices = [(word.code, word.title) for word in shelf(Benefit)]  # type: ignore[attr-defined]
        self.fields["month"].initial = f"{month_of(access.today):%Y-%m}"

    def clean_month(self) -> dt.date:
        try:
            return parse_month(self.cleaned_data["month"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None


class AmountField(forms.CharField):
    """Yuan on the page, whole fen in the program."""

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        try:
            return fen(text) if text else None
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None


class PaperForm(CountyForm):
    """A document that gives, announces, takes back or carries over money."""

    kind = forms.ChoiceField(
        label="种类",
        choices=PaperKind.choices,
        widget=forms.RadioSelect,
        help_text="“下达”填文件总额，含已提前下达的部分；系统自动扣除，不会重复记账。",
    )
    number = forms.CharField(label="文号或凭证号", max_length=60, help_text="同一份文件只记一次账。")
    programme = forms.ChoiceField(label="资金项目")
    fund = forms.ChoiceField(label="资金来源", choices=Fund.choices)
    year = forms.IntegerField(label="预算年度", min_value=2000, max_value=2100)
    amount = AmountField(label="金额", widget=forms.TextInput({"inputmode": "decimal"}))
    issued_on = forms.DateField(label="发文日期", widget=forms.DateInput({"type": "date"}))
    arrived_on = forms.DateField(label="收文日期", widget=forms.DateInput({"type": "date"}))
    field_order = [
        "county",
        "kind",
        "number",
        "programme",
        "fund",
        "year",
        "amount",
        "issued_on",
        "arrived_on",
    ]

    def __init__(self, access: Access, *args: Any, **kwargs: Any) -> None:
        super().__init__(access, *args, **kwargs)
        titles = {word.programme: word.title for word in shelf(Benefit)}
        self.fields["programme"].choices = list(titles.items())  # type: ignore[attr-defined]
        self.fields["year"].initial = access.today.year
        self.fields["arrived_on"].initial = access.today


class AnswerForm(PlainForm):
    """The bank's answer."""

    file = forms.FileField(label="回盘文件", help_text="代发机构返回的文本文件或 Excel 文件（.txt、.xlsx）。")

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith((".txt", ".xlsx")):
            raise forms.ValidationError("请选择 .txt 或 .xlsx 格式的回盘文件。")
        return file
