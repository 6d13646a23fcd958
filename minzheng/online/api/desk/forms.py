"""Forms of the desk: a new client, a new subscription, the end of a client."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.validators import RegexValidator

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.exchange.words import PURPOSES, Purpose
from minzheng.foundation.regions.models import Region
from minzheng.online.api.models import ApiClient, Kind
from minzheng.online.api.scopes import SCOPES
from minzheng.online.api.sources import BENEFIT_STATUS
from minzheng.online.api.webhooks.kinds import KINDS
from minzheng.online.ui.forms import PlainForm

MOST_OFFERED = 100
DATE = {"type": "date"}


class ClientForm(PlainForm):
    """Everything about a new client, on one page: it is filled in once, with the agreement beside it."""

    kind = forms.ChoiceField(
        label="种类", choices=Kind.choices, widget=forms.RadioSelect, initial=Kind.PARTNER
    )
    name = forms.CharField(label="名称", max_length=60, help_text="系统或应用的名称，群众授权时会看到。")
    department = forms.CharField(label="使用单位", max_length=60)
    contact = forms.CharField(label="联系科室和电话", max_length=60, help_text="写科室，不写个人。")
    basis = forms.CharField(label="依据", max_length=120, help_text="共享协议或文件的名称和文号。")
    region = forms.CharField(
        label="辖区",
        help_text="只能查到这个辖区内的人和事。输入名称或 12 位代码，从提示中选。",
        widget=forms.TextInput(attrs={"list": "regions", "autocomplete": "off"}),
        validators=[RegexValidator(r"^\d{12}$", "区划代码是 12 位数字，请核对。")],
    )
    since = forms.DateField(label="启用日期", widget=forms.DateInput(DATE, "%Y-%m-%d"))
    until = forms.DateField(
        label="到期日期", widget=forms.DateInput(DATE, "%Y-%m-%d"), help_text="这一天起不能再调用。"
    )
    scopes = forms.MultipleChoiceField(
        label="授权范围",
        choices=[
            (one.code, f"{one.title}（{'群众应用' if one.is_of_citizens else '部门系统'}）")
            for one in SCOPES.values()
        ],
        widget=forms.CheckboxSelectMultiple,
    )
    purposes = forms.MultipleChoiceField(
        label="核实待遇资格的用途",
        choices=[(one.value, PURPOSES[Purpose(one)]) for one in BENEFIT_STATUS.purposes],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="只有选了“核实待遇资格”的部门系统需要。",
    )
    redirects = forms.CharField(
        label="回调地址",
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        help_text="只有群众应用需要：授权后回到哪里，一行一个。",
    )
    calls_per_minute = forms.IntegerField(
        label="每分钟调用上限",
        required=False,
        min_value=1,
        max_value=1_000_000,
        help_text="不填按平台的统一上限。",
    )

    def __init__(self, access: Access, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].initial = access.today
        self.fields["until"].initial = access.today + dt.timedelta(days=365)
        self.regions = access.scope("api.client", Region.objects.on(access.today), "code")

    @property
    def offered(self) -> Any:
        return self.regions.filter(level__lte=4)[:MOST_OFFERED]

    def clean_region(self) -> Region:
        region = self.regions.filter(code=self.cleaned_data["region"]).first()
        if region is None:
            raise forms.ValidationError("您的辖区内没有这个区划。请在区划台账查到代码后填写。")
        return region

    @property
    def client(self) -> ApiClient:
        """The client asked for, not saved."""
        kept = (
            "kind",
            "name",
            "department",
            "contact",
            "basis",
            "region",
            "since",
            "until",
            "purposes",
            "calls_per_minute",
        )
        return ApiClient(**{name: self.cleaned_data[name] for name in kept})


class SubscriptionForm(PlainForm):
    url = forms.CharField(label="接收地址", max_length=300, help_text="https:// 开头的完整地址。")
    events = forms.MultipleChoiceField(
        label="事件",
        choices=[(one.code, f"{one.title}（{one.code}）") for one in KINDS.values()],
        widget=forms.CheckboxSelectMultiple,
    )


class RevokeForm(PlainForm):
    reason = forms.CharField(label="停用原因", max_length=200)
