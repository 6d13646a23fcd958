"""How many calls each caller has made in a minute, counted in the one place that all processes share."""

from django.db import models


class CallWindow(models.Model):
    """The migration makes this table UNLOGGED: a count that a crash forgets costs nobody anything."""

    caller = models.CharField(max_length=80, primary_key=True)
    minute = models.BigIntegerField()
    calls = models.PositiveIntegerField()

    class Meta:
        verbose_name = "调用计数"

    def __str__(self) -> str:
        return f"{self.caller} {self.calls}"
