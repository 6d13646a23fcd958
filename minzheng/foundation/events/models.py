"""What happened, kept: an event is stored and handled in the same transaction, so it cannot be lost."""

from django.db import models


class Event(models.Model):
    kind = models.CharField("种类", max_length=60)
    payload = models.JSONField("内容")
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = "业务事件"
        indexes = [models.Index(fields=["kind", "-at"], name="event_kind")]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"
