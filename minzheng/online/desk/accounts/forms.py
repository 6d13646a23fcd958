"""The two forms of account administration; the offered regions are those of the administrator."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db.models import QuerySet

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.models import Role, RoleRequest, User
from minzheng.foundation.accounts.walls import beyond_region
from minzheng.foundation.organisations.models import Organisation
from minzheng.foundation.organisations.uscc import tidy
from minzheng.foundation.regions.models import Region
from minzheng.online.ui.forms import PlainForm

MOST_OFFERED = 600  # a county with its villages; above that the code is typed
USERNAME = RegexValidator(
    r"^[a-z][a-z0-9._-]{2,29}$", "登录名用小写字母开头，3 到 30 位，只含字母、数字、点和横线。"
)


class RoleForm(PlainForm):
    """One role in one region from one day."""

    role = forms.ChoiceField(label="角色", choices=[("", "请选择"), *Role.choices])
    region = forms.CharField(
        label="任职区划",
        help_text="输入名称或 12 位代码，从提示中选。",
        widget=forms.TextInput(attrs={"list": "regions", "autocomplete": "off"}),
        validators=[RegexValidator(r"^\d{12}$", "区划代码是 12 位数字，请核对。")],
    )
    uscc = forms.CharField(
        label="机构的统一社会信用代码",
        required=False,
        max_length=24,
        help_text="只有机构账户填写。机构须先在单位台账登记。",
    )
    since = forms.DateField(label="自哪天起", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))

    def __init__(self, access: Access, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        self.fields["since"].initial = access.today
        self.regions = access.scope("account.write", Region.objects.on(access.today), "code")

    @property
    def offered(self) -> QuerySet[Region]:
        """Regions that the browser offers while typing."""
        return self.regions[:MOST_OFFERED]

    def clean_region(self) -> Region:
        region = self.regions.filter(code=self.cleaned_data["region"]).first()
        if region is None:
            raise forms.ValidationError("您的辖区内没有这个区划。请在区划台账查到代码后填写。")
        return region

    def clean_uscc(self) -> Organisation | None:
        if not (code := tidy(self.cleaned_data["uscc"])):
            return None
        with beyond_region("按完整的统一社会信用代码找单位，不论登记在哪里"):
            organisation = Organisation.objects.filter(uscc=code, ended_on__isnull=True).first()
        if organisation is None:
            raise forms.ValidationError("单位台账里没有这个代码。请先登记单位，或对照证书核对代码。")
        return organisation

    def request(self, user: User) -> RoleRequest:
        """The role asked for, not saved."""
        answers = self.cleaned_data
        return RoleRequest(
            user=user,
            role=answers["role"],
            region=answers["region"],
            organisation=answers["uscc"],
            since=answers["since"],
        )


class AccountForm(RoleForm):
    """A new account with its first role."""

    field_order = ["username", "display_name", "role", "region", "uscc", "since"]
    username = forms.CharField(label="登录名", validators=[USERNAME])
    display_name = forms.CharField(label="姓名", max_length=60)
    id_no = forms.CharField(
        label="公民身份号码",
        max_length=18,
        help_text="用来认出同一个人：办理和确认不能是同一人，也不能经办近亲属的业务。须先在人员台账建档。",
    )
