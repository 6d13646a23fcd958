"""Forms of the reserve pages: yuan on the page, whole fen in the program."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.benefits.months import parse_month
from minzheng.foundation.items.figures import figures
from minzheng.foundation.ledger.money import yuan
from minzheng.foundation.regions.models import Level, Region
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.reserves.models import ReserveFund
from minzheng.foundation.reserves.words import Reserve
from minzheng.online.desk.payments.forms import AmountField
from minzheng.online.ui.forms import PlainForm

DECIMAL = forms.TextInput({"inputmode": "decimal"})


class LimitsForm(PlainForm):
    """How much a fund may hold, and when the county is told."""

    ceiling = AmountField(label="上限", widget=DECIMAL)
    floor = AmountField(label="下限", widget=DECIMAL, help_text="余额低于下限时提醒县级补足。")
    document = forms.CharField(
        label="设立或调整文件", max_length=120, help_text="文号，例如 晃民发〔2026〕1号。"
    )


class OpenForm(LimitsForm):
    """A new fund for one of the user's townships; the standards propose its limits."""

    kind = forms.ChoiceField(label="种类")
    township = forms.ModelChoiceField(
        Region.objects.none(), label="乡镇（街道）", empty_label="请选择", to_field_name="code"
    )
    field_order = ["kind", "township", "ceiling", "floor", "document"]

    def __init__(self, access: Access, standards: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = list(shelf(Reserve))
        self.fields["kind"].choices = [(one.code, one.title) for one in kinds]  # type: ignore[attr-defined]
        townships = access.scope(
            "reserve.open", Region.objects.on(access.today).filter(level=Level.TOWNSHIP), "code"
        )
        open_funds = ReserveFund.objects.filter(closed_on=None).values("region_id")
        field = self.fields["township"]
        field.queryset = townships.exclude(code__in=open_funds)  # type: ignore[attr-defined]
        field.label_from_instance = lambda region: region.name  # type: ignore[attr-defined]
        first = townships.first()
        if kinds and first is not None:
            declared = figures(access.today, first.code, standards)
            try:
                ceiling = int(declared(kinds[0].ceiling))
            except LookupError:  # no proposal here: the county types its own decision
                return
            self.fields["ceiling"].initial = yuan(ceiling)
            self.fields["floor"].initial = yuan(ceiling * int(declared(kinds[0].floor_percent)) // 100)


class AmountForm(PlainForm):
    """Money in or back, against a paper."""

    amount = AmountField(label="金额", widget=DECIMAL)
    reference = forms.CharField(label="凭证号", max_length=60, help_text="同一张凭证只记一次账。")


class CountForm(PlainForm):
    """What lies on the table at the end of a month."""

    month = forms.CharField(label="月份", widget=forms.TextInput({"type": "month"}))
    counted = AmountField(label="实点金额", widget=DECIMAL)
    note = forms.CharField(
        label="差异说明",
        required=False,
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        help_text="实点与账面一致的不用填。",
    )

    def clean_month(self) -> dt.date:
        try:
            return parse_month(self.cleaned_data["month"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None
