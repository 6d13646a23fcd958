"""Choosing a time, and who comes along. Names and numbers are posted, never put in an address."""

from __future__ import annotations

from typing import Any

from django import forms

from minzheng.foundation.booking.actions import Guest
from minzheng.foundation.booking.models import Slot
from minzheng.foundation.booking.words import Bookable
from minzheng.foundation.people.models import Person
from minzheng.online.ui.forms import PlainForm


class TimeForm(PlainForm):
    """One of the day's free times; for a couple, the other one as on the identity card."""

    slot = forms.ChoiceField(label="几点来？", widget=forms.RadioSelect)
    partner_name = forms.CharField(label="对方姓名", max_length=60, help_text="与身份证一致。")
    partner_id_no = forms.CharField(label="对方身份证号", max_length=18)
    phone = forms.CharField(label="联系电话", max_length=20, help_text="临时有变化时联系您。")

    def __init__(self, word: Bookable, slots: list[Slot], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slot"].choices = [(str(one.pk), _said(one)) for one in slots if one.left > 0]  # type: ignore[attr-defined]
        if word.persons == 1:
            del self.fields["partner_name"], self.fields["partner_id_no"]

    def guests(self, me: Person) -> list[Guest]:
        """Whoever books first, then the other one."""
        given = self.cleaned_data
        own = [Guest(me.name, me.id_no or "")]
        if "partner_name" not in given:
            return own
        return [*own, Guest(given["partner_name"], given["partner_id_no"])]


def _said(slot: Slot) -> str:
    return f"{slot.starts:%H:%M}–{slot.ends:%H:%M}（还有{slot.left}个名额）"
