"""What is asked when something happened to a person."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from minzheng.foundation.life_events.actions import BY_THEIR_REGISTER
from minzheng.foundation.people.models import LifeEventKind
from minzheng.foundation.regions.models import Region
from minzheng.online.ui.forms import PlainForm

# Weddings and adoptions are recorded by the registry, with their certificates.
KINDS = [kind for kind in LifeEventKind if kind not in BY_THEIR_REGISTER]
SOURCES = (
    "死亡证明",
    "火化证明",
    "公安户籍",
    "法院文书",
    "监狱或戒毒所通知",
    "学校证明",
    "残疾人证",
    "入户核实",
    "家属报告",
)
DATE = {"type": "date"}


class EventForm(PlainForm):
    kind = forms.ChoiceField(
        label="发生了什么", choices=[("", "请选择"), *[(one.value, one.label) for one in KINDS]]
    )
    happened_on = forms.DateField(label="发生日期", widget=forms.DateInput(DATE, "%Y-%m-%d"))
    source = forms.ChoiceField(label="依据", choices=[("", "请选择"), *[(one, one) for one in SOURCES]])
    to_region = forms.CharField(
        label="迁入的村（社区）",
        required=False,
        help_text="只有迁移填写。填 12 位区划代码，可在区划台账查到。",
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, today: dt.date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_happened_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["happened_on"]
        if day > self.today:
            raise forms.ValidationError("发生日期晚于今天。事情发生之后再登记，或核对日期。")
        return day

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        code = given.get("to_region", "")
        given["to_region"] = None
        if given.get("kind") == LifeEventKind.MOVE:
            given["to_region"] = Region.objects.on(self.today).filter(code=code, level=5).first()
            if given["to_region"] is None:
                self.add_error("to_region", "请填写迁入村（社区）的 12 位区划代码。")
        return given


class UndoForm(PlainForm):
    reason = forms.CharField(
        label="理由", max_length=200, help_text="例如“同名误登，公安核实本人健在”。本人可以看到。"
    )
    happened_on = forms.DateField(
        label="正确的日期",
        required=False,
        help_text="只是日期登错的，填写正确日期；事情没有发生的，不填。",
        widget=forms.DateInput(DATE, "%Y-%m-%d"),
    )
