"""The reform as a form: each standard with what holds today and its basis; an empty field changes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings

from minzheng.datacenter.simulation.readings import standards_of_benefits
from minzheng.datacenter.simulation.reform import Reform, ReformError, read_reform
from minzheng.foundation.regions.models import Region
from minzheng.foundation.rules import default_counter
from minzheng.foundation.rules.kinds import read_date
from minzheng.foundation.rules.standards import Declared, Value
from minzheng.online.ui.forms import PlainForm

SAME = ("", "不改")
YES_NO = [SAME, ("是", "是"), ("否", "否")]
PREFIX = "standard_"


class PlaceForm(forms.Form):
    """Where and from when; chosen first, because today's values depend on it."""

    region = forms.ChoiceField(
        label="测算地区", error_messages={"invalid_choice": "这个地区不在您的辖区内，请从列表中选择。"}
    )
    on = forms.DateField(
        label="从哪天起", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"), error_messages={"invalid": "请填写日期，例如 2027-01-01。"}
    )  # fmt: skip

    def __init__(self, regions: list[Region], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The whole name of a county does not fit into a list on a phone; what is above the highest is the same for all.
        above = len(regions[0].full_name) - len(regions[0].name)
        self.fields["region"].choices = [(one.code, one.full_name[above:]) for one in regions]  # type: ignore[attr-defined]


class ReformForm(PlainForm):
    """The changed standards of one region and day. After `is_valid`, `reform` holds them."""

    title = forms.CharField(label="方案名称", max_length=80, help_text="例如“农村低保标准提高到每年4800元”")

    def __init__(self, region: Region, on: dt.date, *args: Any, **kwargs: Any) -> None:
        self.region, self.on = region, on
        counter = default_counter()
        self.standards = counter.standards(settings.STANDARDS_SET)
        self.reform: Reform | None = None
        super().__init__(*args, **kwargs)
        row = self.standards.row(region.code, read_date(on))
        for name in standards_of_benefits(counter, on):
            declared = self.standards.declared[name]
            # A set of options is changed in a file (docs/simulation.md): a form cannot show it in one line.
            if declared.kind.name != "choices":
                self.fields[PREFIX + name] = _field(declared, row.get(name))

    def main(self) -> Iterator[forms.BoundField]:
        """Amounts: what a reform is mostly about."""
        return (bound for bound in self._standards() if self._kind(bound) == "money")

    def others(self) -> Iterator[forms.BoundField]:
        return (bound for bound in self._standards() if self._kind(bound) != "money")

    def others_open(self) -> bool:
        return any(bound.errors or bound.value() for bound in self.others())

    def _standards(self) -> Iterator[forms.BoundField]:
        return (self[name] for name in self.fields if name.startswith(PREFIX))

    def _kind(self, bound: forms.BoundField) -> str:
        return self.standards.declared[bound.name.removeprefix(PREFIX)].kind.name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        changes = {}
        for name, said in cleaned.items():
            if name.startswith(PREFIX) and said not in ("", None):
                changes[name.removeprefix(PREFIX)] = said
        for name, said in changes.items():
            try:
                self.standards.declared[name].kind.read(said)
            except ValueError as error:
                self.add_error(PREFIX + name, f"{error}。")
        if not changes and not self.errors:
            raise forms.ValidationError("还没有改任何标准。请至少填写一项新的数值。")
        if not self.errors:
            self._read(cleaned["title"], changes)
        return cleaned

    def _read(self, title: str, changes: dict[str, Any]) -> None:
        document = {
            "title": title,
            "base": settings.STANDARDS_SET,
            "region": self.region.prefix,
            "from": self.on,
            "changes": changes,
        }
        try:
            self.reform = read_reform(document, default_counter())
        except ReformError as error:
            raise forms.ValidationError(error.problems) from None


def _field(declared: Declared, now: Value | None) -> forms.Field:
    known = f"现行 {declared.kind.show(now.value)}（{now.cite}）" if now else "当地现在没有规定"
    common = {"label": declared.label, "required": False}
    match declared.kind.name:
        case "money":
            unit = {"year": "写成 620元/月 或 7440元/年", "month": "写成 620元/月", "": "写成 5000元"}[
                declared.kind.per
            ]
            return forms.CharField(**common, help_text=f"{known}。{unit}。")
        case "bool":
            return forms.ChoiceField(**common, help_text=f"{known}。", choices=YES_NO)
        case "choice":
            options = [SAME, *((option, option) for option in declared.kind.options)]
            return forms.ChoiceField(**common, help_text=f"{known}。", choices=options)
        case "date":
            widget = forms.DateInput({"type": "date"}, "%Y-%m-%d")
            return forms.DateField(**common, help_text=f"{known}。", widget=widget)
    invalid = {"invalid": "请填写整数。", "min_value": "不能小于0。"}
    return forms.IntegerField(**common, help_text=f"{known}。", min_value=0, error_messages=invalid)
