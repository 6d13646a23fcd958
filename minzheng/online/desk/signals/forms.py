"""What is asked to start a sweep: where, whom, since when, by when."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from minzheng.datacenter.signals.groups import THIRTEEN, declared_groups
from minzheng.foundation.regions.models import Level, Region
from minzheng.online.ui.forms import PlainForm


class SweepForm(PlainForm):
    title = forms.CharField(label="名称", max_length=60, help_text="例如：入冬困难群众摸排")
    region = forms.ModelChoiceField(label="范围", queryset=Region.objects.none(), empty_label="请选择")
    groups = forms.MultipleChoiceField(label="人群", widget=forms.CheckboxSelectMultiple)
    since = forms.DateField(label="这一天以来走访过的不再走", widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label="截止日期", widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, access: Any, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        counties = Region.objects.filter(level__in=(Level.COUNTY, Level.TOWNSHIP), until=None)
        self.fields["region"].queryset = access.scope("screening.run", counties, "code").order_by("code")
        declared = declared_groups().on(THIRTEEN, access.today).groups
        self.fields["groups"].choices = [(group.code, group.title) for group in declared]
        self.fields["since"].initial = access.today - dt.timedelta(days=30)
        self.fields["until"].initial = access.today + dt.timedelta(days=30)
