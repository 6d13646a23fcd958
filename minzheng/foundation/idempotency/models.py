"""Requests that carried a key, with what was answered: whoever asks again gets the same answer, not a second effect."""

from django.db import models

from minzheng.foundation.crypto.fields import EncryptedJSONField


class KeyedRequest(models.Model):
    """`owner` is who chose the key ("client:…", "user:…"): keys of different owners never meet.

    `fingerprint` is a keyed hash of operation and content (once.py). The row is written in the same transaction as the effect.
    """

    owner = models.CharField("调用方", max_length=120)
    key = models.CharField("防重复键", max_length=120)
    operation = models.CharField("操作", max_length=120)
    fingerprint = models.CharField("内容校验值", max_length=64)
    status = models.PositiveSmallIntegerField("状态码", null=True)
    headers = models.JSONField("响应头", default=dict)
    body = EncryptedJSONField("响应", null=True)  # {"base64": …}: it may say who receives what
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = "带键的请求"
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="one_effect_per_key")]
        indexes = [models.Index(fields=["at"], name="keyed_request_at")]

    def __str__(self) -> str:
        return f"{self.operation} {self.key}"
