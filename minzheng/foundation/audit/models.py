"""One entry for every write and for every read of a person (PIPL 54; GB/T 22239 8.1.4.3), linked into a chain."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from minzheng.foundation.history import not_emptied


def kept(noun: str) -> list[pgtrigger.Trigger]:
    """Triggers that refuse to change, delete or empty what is on record, by whatever SQL."""
    return [
        pgtrigger.Protect(name=f"{noun}_is_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        not_emptied(noun, "audit"),
    ]


class AuditEntry(models.Model):
    """Who did what to what, about whom, why. Holds keys, never names or numbers."""

    at = models.DateTimeField("时间", auto_now_add=True)
    actor = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    action = models.CharField("动作", max_length=60)
    title = models.CharField("说明", max_length=100)
    is_read = models.BooleanField("仅查看", default=False)
    subject_type = models.CharField("对象类型", max_length=40, blank=True)
    subject_id = models.CharField("对象编号", max_length=40, blank=True)
    persons = ArrayField(models.BigIntegerField(), default=list, blank=True)
    region = models.CharField("区划", max_length=12, blank=True)
    reason = models.CharField("事由", max_length=200, blank=True)
    detail = models.JSONField("详情", default=dict, blank=True)

    class Meta:
        verbose_name = "审计记录"
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="audit_subject"),
            models.Index(fields=["actor", "-at"], name="audit_actor"),
            GinIndex(fields=["persons"], name="audit_persons"),
        ]
        triggers = [
            *kept("entry"),
            pgtrigger.Trigger(
                name="entry_waits_for_its_seal",
                # For the usual single row cheaper than a statement's transition table, and level in bulk.
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func="INSERT INTO audit_auditpending (entry_id) VALUES (NEW.id); RETURN NULL;",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject_type}:{self.subject_id}"


class AuditPending(models.Model):
    """An entry that is committed and not yet part of the chain; audit_seal() (chain.sql) takes it from here."""

    # No foreign keys here and in AuditLink: an entry that was taken away must be found out, not forbidden twice.
    entry = models.OneToOneField(
        AuditEntry, models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="+"
    )

    class Meta:
        verbose_name = "待封存审计记录"

    def __str__(self) -> str:
        return str(self.pk)


class AuditLink(models.Model):
    """Place `seq` of the chain: `hash` = SHA-256 of the previous hash (32 bytes) and the entry's audit_text."""

    seq = models.BigIntegerField("序号", primary_key=True)
    entry = models.OneToOneField(
        AuditEntry, models.DO_NOTHING, db_constraint=False, related_name="link", verbose_name="审计记录"
    )
    hash = models.BinaryField("链值")

    class Meta:
        verbose_name = "审计链"
        triggers = kept("link")

    def __str__(self) -> str:
        return str(self.seq)
