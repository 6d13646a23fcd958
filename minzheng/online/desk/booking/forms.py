"""A new counter with its week, a special day, a guest at the counter."""

from __future__ import annotations

from typing import Any

from django import forms

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.booking.actions import Guest
from minzheng.foundation.booking.models import WEEK, Counter, Hours, Slot, SpecialDay
from minzheng.foundation.booking.words import Bookable
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.regions.models import Level, Region
from minzheng.foundation.registry.words import shelf
from minzheng.online.ui.forms import PlainForm

DAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
TIME = forms.TimeInput({"type": "time"}, format="%H:%M")
DAYS = [(str(number), f"周{name}") for number, name in enumerate("一二三四五六日")]


class CounterForm(PlainForm):
    kind = forms.ChoiceField(label="预约什么事")
    region = forms.ModelChoiceField(
        Region.objects.none(), label="辖区", empty_label="请选择", to_field_name="code"
    )
    name = forms.CharField(label="名称", max_length=60, help_text="例如 新晃侗族自治县婚姻登记处。")
    facility = forms.ModelChoiceField(
        Facility.objects.none(),
        label="在哪个设施里",
        required=False,
        empty_label="不在登记的设施里",
        help_text="选了以后，设施关闭，预约随之停止。",
    )
    address = forms.CharField(label="地址", max_length=120)
    phone = forms.CharField(label="电话", max_length=20, required=False)
    weekdays = forms.MultipleChoiceField(
        label="哪几天开放",
        choices=DAYS,
        initial=[str(day) for day in WEEK],
        widget=forms.CheckboxSelectMultiple,
    )
    follows_calendar = forms.BooleanField(
        label="按国务院放假安排：节假日停办，调休上班的周末照常", required=False, initial=True
    )
    morning_starts = forms.TimeField(label="上午开始", widget=TIME, initial="09:00")
    morning_ends = forms.TimeField(label="上午结束", widget=TIME, initial="12:00")
    afternoon_starts = forms.TimeField(label="下午开始", widget=TIME, initial="14:00")
    afternoon_ends = forms.TimeField(label="下午结束", widget=TIME, initial="17:00")
    minutes = forms.IntegerField(label="每段多少分钟", min_value=5, max_value=240, initial=30)
    quota = forms.IntegerField(label="每段几个名额", min_value=1, max_value=500, initial=3)

    def __init__(self, access: Access, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [word for word in shelf(Bookable) if access.may(word.permission)]
        self.fields["kind"].choices = [(word.code, word.title) for word in words]  # type: ignore[attr-defined]
        places = Region.objects.on(access.today).filter(level__in=[Level.COUNTY, Level.TOWNSHIP])
        field = self.fields["region"]
        field.queryset = access.scope("booking.handle", places, "code")  # type: ignore[attr-defined]
        field.label_from_instance = lambda region: region.full_name  # type: ignore[attr-defined]
        open_ones = Facility.objects.on(access.today).order_by("name")
        self.fields["facility"].queryset = access.scope("booking.handle", open_ones)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for part, name in (("morning", "上午"), ("afternoon", "下午")):
            starts, ends = given.get(f"{part}_starts"), given.get(f"{part}_ends")
            if starts and ends and ends <= starts:
                self.add_error(f"{part}_ends", f"{name}结束应晚于开始。")
        return given

    def counter(self) -> Counter:
        given = self.cleaned_data
        return Counter(
            **{key: given[key] for key in ("kind", "region", "name", "address", "phone", "facility")}
        )

    def hours(self, access: Access) -> list[Hours]:
        given = self.cleaned_data
        common = {
            "since": access.today,
            "weekdays": [int(day) for day in given["weekdays"]],
            "follows_calendar": given["follows_calendar"],
            "minutes": given["minutes"],
            "quota": given["quota"],
        }
        return [
            Hours(starts=given[f"{part}_starts"], ends=given[f"{part}_ends"], **common)
            for part in ("morning", "afternoon")
        ]


class SpecialDayForm(PlainForm):
    day = forms.DateField(label="日期", widget=DAY)
    way = forms.ChoiceField(
        label="怎么安排",
        choices=[("closed", "停止办理"), ("open", "延时或加开")],
        widget=forms.RadioSelect,
        initial="closed",
    )
    starts = forms.TimeField(label="开始（加开时填）", widget=TIME, required=False)
    ends = forms.TimeField(label="结束（加开时填）", widget=TIME, required=False)
    quota = forms.IntegerField(label="每段名额（加开时填）", min_value=1, max_value=500, required=False)
    reason = forms.CharField(label="原因", max_length=100, help_text="群众会看到，例如 系统升级、集体颁证。")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("way") == "open":
            for key in ("starts", "ends", "quota"):
                if not given.get(key):
                    self.add_error(key, "加开的日子要填开始、结束和名额。")
            if given.get("starts") and given.get("ends") and given["ends"] <= given["starts"]:
                self.add_error("ends", "结束应晚于开始。")
        return given

    def special(self, counter: Counter) -> SpecialDay:
        given = self.cleaned_data
        closed = given["way"] == "closed"
        times = {} if closed else {key: given[key] for key in ("starts", "ends", "quota")}
        return SpecialDay(
            counter=counter, day=given["day"], is_closed=closed, reason=given["reason"], **times
        )


class GuestForm(PlainForm):
    """Somebody at the counter or on the phone is booked by the officer."""

    slot = forms.ChoiceField(label="时段")
    name = forms.CharField(label="姓名", max_length=60)
    id_no = forms.CharField(label="身份证号", max_length=18)
    partner_name = forms.CharField(label="对方姓名", max_length=60)
    partner_id_no = forms.CharField(label="对方身份证号", max_length=18)
    phone = forms.CharField(label="联系电话", max_length=20, required=False)

    def __init__(self, word: Bookable, slots: list[Slot], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slot"].choices = [  # type: ignore[attr-defined]
            (str(one.pk), f"{one.starts:%H:%M}（余{one.left}）") for one in slots if one.left > 0
        ]
        if word.persons == 1:
            del self.fields["partner_name"], self.fields["partner_id_no"]

    def guests(self) -> list[Guest]:
        given = self.cleaned_data
        found = [Guest(given["name"], given["id_no"])]
        if "partner_name" in given:
            found.append(Guest(given["partner_name"], given["partner_id_no"]))
        return found
