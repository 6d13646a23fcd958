"""Notices (公示, 通知书) and the numbers that are never reused."""

from django.db import models, transaction

from minzheng.foundation.cases.models.case import Case
from minzheng.foundation.history import with_history


class NumberSeries(models.Model):
    """The last number given in a series. It only ever grows."""

    prefix = models.CharField(primary_key=True, max_length=30)
    last = models.IntegerField(default=0)

    class Meta:
        verbose_name = "编号序列"

    def __str__(self) -> str:
        return self.prefix

    @classmethod
    def next(cls, prefix: str) -> int:
        """One more, under a row lock: two clerks at once get two numbers."""
        with transaction.atomic():
            cls.objects.get_or_create(prefix=prefix)
            series = cls.objects.select_for_update().get(prefix=prefix)
            series.last += 1
            series.save(update_fields=["last"])
            return series.last


@with_history
class Notice(models.Model):
    """One issued notice, its wording frozen on the day. A public one is posted until `ends_on` at least."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="notices")
    number = models.CharField("文号", max_length=40, unique=True)
    kind = models.CharField("种类", max_length=30)
    title = models.CharField("名称", max_length=60)
    body = models.JSONField("内容")
    basis = models.CharField("依据", max_length=120)
    is_public = models.BooleanField("公开张贴", default=False)
    issued_on = models.DateField("日期")
    ends_on = models.DateField("公示截止", null=True, blank=True)
    photo = models.ForeignKey("documents.Document", models.PROTECT, null=True, blank=True, related_name="+")
    move = models.ForeignKey("cases.CaseMove", models.PROTECT, related_name="notices")

    class Meta:
        verbose_name = "文书"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"
