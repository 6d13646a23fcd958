"""One entry for every write and for every read of a person (PIPL 54; GB/T 22239 8.1.4.3)."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


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

    def __str__(self) -> str:
        return f"{self.action} {self.subject_type}:{self.subject_id}"
