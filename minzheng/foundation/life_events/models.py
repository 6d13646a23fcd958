"""What a life event brought about, entry by entry, and that it was taken back (handbook 0.7)."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models

from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.people.models import LifeEvent


class Recording(models.Model):
    """Who recorded a life event (None: the system, from another department's data)."""

    event = models.OneToOneField(LifeEvent, models.PROTECT, related_name="recording")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "生命事件登记"
        triggers = [pgtrigger.Protect(name="recording_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.event} 登记"


class Effect(models.Model):
    """One thing that followed in the same transaction, as the audit trail says it.

    The words are kept beside the entry: whoever may see the person may see this, but not the trail.
    """

    event = models.ForeignKey(LifeEvent, models.PROTECT, related_name="effects")
    # No foreign key in the database: an entry that was taken away must be found out, not forbidden twice.
    entry = models.OneToOneField(AuditEntry, models.DO_NOTHING, db_constraint=False, related_name="+")
    title = models.CharField("说明", max_length=100)
    subject_type = models.CharField("对象类型", max_length=40, blank=True)
    subject_id = models.CharField("对象编号", max_length=40, blank=True)
    of_undoing = models.BooleanField("撤销的后果", default=False)

    class Meta:
        verbose_name = "生命事件后果"
        triggers = [pgtrigger.Protect(name="effect_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.title


class Undoing(models.Model):
    """The event had not happened, or not on that day. The event stays, marked."""

    event = models.OneToOneField(LifeEvent, models.PROTECT, related_name="undoing")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField("理由", max_length=200)
    at = models.DateTimeField("撤销时间", auto_now_add=True)

    class Meta:
        verbose_name = "生命事件撤销"
        triggers = [pgtrigger.Protect(name="undoing_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.event} 撤销"
