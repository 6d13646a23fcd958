"""Whom the application is for. Name and number are posted, never put in an address."""

from __future__ import annotations

from typing import Any

from django import forms

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.actions import Refused
from minzheng.foundation.cases.whose import place_of
from minzheng.foundation.items import ServiceItem
from minzheng.foundation.items.catalogue import item_of
from minzheng.foundation.organisations.exact import organisation_with
from minzheng.foundation.organisations.uscc import UsccError, parse_uscc
from minzheng.foundation.people.actions import register_person
from minzheng.foundation.people.exact import person_with
from minzheng.foundation.people.id_numbers import IdNumberError, parse_id_number
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Level, Region
from minzheng.foundation.registry.words import shelf
from minzheng.online.ui.forms import PlainForm


class ApplicantForm(PlainForm):
    """The item, the applicant as on the identity card, and the village that is competent."""

    item = forms.ChoiceField(label="办什么事")
    name = forms.CharField(label="申请人姓名", max_length=60, help_text="与身份证一致；单位申请的填经办人。")
    id_no = forms.CharField(label="身份证号", max_length=18, help_text="18位，最后一位可以是X。")
    region = forms.ModelChoiceField(
        Region.objects.none(), label="户籍所在村（社区）", empty_label="请选择", to_field_name="code"
    )
    uscc = forms.CharField(
        label="单位的统一社会信用代码",
        max_length=24,
        required=False,
        help_text="由单位申请的事项填写，本人申请的留空。",
    )
    place = forms.CharField(
        label="有关设施的名称", max_length=100, required=False, help_text="单位只有一处的不用填。"
    )

    def __init__(self, access: Access, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        self.fields["item"].choices = [
            (item.code, item.title)
            for item in shelf(ServiceItem)
            if access.may("case.open") or item.accepted_by_county
        ]
        villages = Region.objects.on(access.today).filter(level=Level.VILLAGE)
        self.fields["region"].queryset = access.scope("case.window", villages, "code")
        self.fields["region"].label_from_instance = lambda region: region.full_name

    def clean_id_no(self) -> str:
        try:
            return parse_id_number(self.cleaned_data["id_no"], self.access.today).number
        except IdNumberError as error:
            raise forms.ValidationError(str(error)) from None

    def clean_uscc(self) -> str:
        try:
            return parse_uscc(self.cleaned_data["uscc"]) if self.cleaned_data["uscc"] else ""
        except UsccError as error:
            raise forms.ValidationError(str(error)) from None

    def whose(self) -> dict[str, Any]:
        """Arguments of open_case: who applies, where; for an organisation also who acts for it and for which place."""
        answers = self.cleaned_data
        item = item_of(answers["item"])
        if not answers["uscc"]:
            return {"applicant": self.person(), "region": answers["region"]}
        found = organisation_with(answers["uscc"])
        if found is None:
            raise Refused("没有登记过这个代码的单位，请先在单位台账登记，再代为申请。")
        place = place_of(item, found, answers["place"], self.access.today)
        region = place.region if place else found.region
        return {"applicant": found, "region": region, "handler": self.person(), "facility": place}

    def person(self) -> Person:
        """The person of that number; registered now if nobody has it. Refused when the name is another's."""
        answers = self.cleaned_data
        person = person_with(answers["id_no"])
        if person is None:
            new = Person(name=answers["name"], id_no=answers["id_no"], region=answers["region"])
            return register_person(self.access, new)
        if person.name != answers["name"].strip():
            raise Refused("这个身份证号登记的是另一个姓名，请对照身份证核对姓名和号码。")
        return person
