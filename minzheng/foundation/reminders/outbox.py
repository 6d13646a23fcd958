"""What is to be told is written down with what it tells of; nobody is written to who does not want it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from minzheng.foundation.items.figures import figures
from minzheng.foundation.reminders.models import Declined, Sms


@dataclass(frozen=True)
class Draft:
    """One message. `until`: afterwards it would only confuse. `about` names its occasion, once for all."""

    about: str
    person: int | None
    region: str
    phone: str
    text: str
    until: dt.datetime


def write(drafts: Iterable[Draft], today: dt.date) -> int:
    """Put them into the outbox, to leave from the hour on at which one may write to people. Returns how many are new.

    None where no channel is connected, for those without a telephone, and for those who have declined.
    """
    if not settings.SMS_CHANNEL:
        return 0
    wanted = [one for one in drafts if one.phone]
    declined = set(
        Declined.objects.filter(person__in=[one.person for one in wanted]).values_list("person", flat=True)
    )
    first = timezone.make_aware(dt.datetime.combine(today, dt.time(int(figures(today)("sms_hour")))))
    at = max(first, timezone.now())
    new = [
        Sms(
            about=one.about, person_id=one.person, region_id=one.region, phone=one.phone, text=one.text,
            next_at=at, give_up_at=one.until,
        )
        for one in wanted
        if one.person not in declined
    ]  # fmt: skip
    known = set(Sms.objects.filter(about__in=[one.about for one in new]).values_list("about", flat=True))
    made = Sms.objects.bulk_create([one for one in new if one.about not in known], ignore_conflicts=True)
    if made:
        from minzheng.foundation.reminders.jobs import run_messages

        transaction.on_commit(run_messages.enqueue)
    return len(made)
