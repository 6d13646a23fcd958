"""What the database knows of the keys that sealed it: their fingerprints, so that other keys are noticed."""

from django.db import models


class KnownKey(models.Model):
    number = models.PositiveSmallIntegerField("编号", primary_key=True)  # 0: the index key
    fingerprint = models.CharField("指纹", max_length=16)
    retired_at = models.DateTimeField("停用时间", null=True, blank=True)

    class Meta:
        verbose_name = "密钥指纹"

    def __str__(self) -> str:
        return f"{self.number}"
