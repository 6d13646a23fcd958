"""Filters of the work lists. They stand in the address, so a filtered list can be kept and shared."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.cases.models import Case, Lamp
from minzheng.foundation.items import ServiceItem, Status
from minzheng.foundation.regions.models import Level, Region, prefix_of, within
from minzheng.foundation.registry.words import shelf
from minzheng.online.ui.forms import PlainForm

LAMPS = [("", "全部"), (Lamp.RED, "已超时"), (Lamp.AMBER, "临近时限"), (Lamp.GREEN, "正常")]
STATUSES = [("", "全部"), *((status.value, status.label) for status in Status)]


class WorklistFilter(PlainForm):
    """An answer that is not offered is ignored: an old link still opens the list."""

    item = forms.ChoiceField(label="事项", required=False)
    status = forms.ChoiceField(label="状态", choices=STATUSES, required=False)
    lamp = forms.ChoiceField(label="时限", choices=LAMPS, required=False)
    region = forms.ChoiceField(label="乡镇或村", required=False)

    def __init__(self, access: Access, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [
            ("", "全部"),
            *((item.code, item.title) for item in shelf(ServiceItem)),
        ]
        self.fields["region"].choices = [("", "全部"), *_places(access)]

    def apply(self, cases: QuerySet[Case]) -> QuerySet[Case]:
        self.is_valid()
        asked = self.cleaned_data
        for name in ("item", "status", "lamp"):
            if value := asked.get(name):
                cases = cases.filter(**{name: value})
        if region := asked.get("region"):
            cases = cases.filter(within(prefix_of(region)))
        return cases


def _places(access: Access) -> list[tuple[str, str]]:
    """The next level below the own region: townships for the county, villages for the township."""
    own = access.scope("case.read", Region.objects.on(access.today), "code")
    highest = own.order_by("level").values_list("level", flat=True).first() or Level.VILLAGE
    return list(own.filter(level=min(highest + 1, Level.VILLAGE)).values_list("code", "name"))
