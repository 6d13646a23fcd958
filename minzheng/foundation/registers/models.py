"""What the generic screens keep: saved views, jobs with progress, rows of a checked import."""

from django.conf import settings
from django.db import models

from minzheng.foundation.crypto.fields import EncryptedJSONField
from minzheng.foundation.crypto.rowkey import RowKey, RowKeyManager
from minzheng.foundation.regions.models import Region


class SavedView(models.Model):
    """Filters, columns and order under a name. Shared with everyone who works in `shared_with` or below it."""

    register = models.CharField("台账", max_length=40)
    title = models.CharField("名称", max_length=40)
    query = models.TextField("地址参数", blank=True)  # never a search text: that would be personal data
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    shared_with = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField("建立时间", auto_now_add=True)

    class Meta:
        verbose_name = "常用视图"
        constraints = [
            models.UniqueConstraint(fields=["owner", "register", "title"], name="one_saved_view_of_a_name")
        ]

    def __str__(self) -> str:
        return self.title


class JobKind(models.TextChoices):
    EXPORT = "export", "导出"
    IMPORT = "import", "导入"
    BULK = "bulk", "批量办理"


class JobState(models.TextChoices):
    ASKED = "asked", "等待核准"
    DECLINED = "declined", "不予核准"
    WAITING = "waiting", "等待处理"
    RUNNING = "running", "正在处理"
    CHECKED = "checked", "已核对，等您确认"
    SAVING = "saving", "正在写入"
    DONE = "done", "已完成"
    FAILED = "failed", "没有完成"


class Job(models.Model):
    """Long work of one user on one register. Holds personal data until done, so old ones are forgotten (jobs.py)."""

    id = RowKey()
    kind = models.CharField("种类", max_length=8, choices=JobKind.choices)
    register = models.CharField("台账", max_length=40)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = models.CharField("状态", max_length=8, choices=JobState.choices, default=JobState.WAITING)
    done = models.PositiveIntegerField("已处理", default=0)
    total = models.PositiveIntegerField("总数", default=0)
    request = EncryptedJSONField("要求", default=dict)  # query, text, reason, action, keys, record
    result = models.JSONField("结果", default=dict)  # counts and messages
    note = models.TextField("说明", blank=True)
    file = models.FileField("文件", upload_to="registers/%Y/%m/%d", blank=True)
    region = models.CharField("导出范围的区划", max_length=12, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField("核准时间", null=True, blank=True)
    downloads = models.PositiveIntegerField("下载次数", default=0)
    created_at = models.DateTimeField("开始时间", auto_now_add=True)
    moved_at = models.DateTimeField("最近进展", auto_now=True)

    objects = RowKeyManager()

    class Meta:
        verbose_name = "台账任务"
        indexes = [models.Index(fields=["owner", "-id"], name="job_owner")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("owner")),
                name="export_is_approved_by_another",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def number(self) -> str:
        """Stands on the exported file and in the audit trail: whoever finds the file finds who took it."""
        return f"DC{self.pk:08d}"

    @property
    def is_moving(self) -> bool:
        return self.state in {JobState.WAITING, JobState.RUNNING, JobState.SAVING}


class ImportRow(models.Model):
    """One row of an uploaded sheet: as typed, as understood, and what must be mended."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField("行号")  # as the spreadsheet counts
    typed = EncryptedJSONField("原文", row="job number")
    cleaned = EncryptedJSONField("核对后", default=dict, row="job number")
    errors = models.JSONField("问题", default=dict)  # {question key: what to do}
    is_good = models.BooleanField("可导入", default=True)
    is_change = models.BooleanField("更新已有", default=False)

    class Meta:
        verbose_name = "导入行"
        constraints = [models.UniqueConstraint(fields=["job", "number"], name="one_import_row_of_a_number")]
        indexes = [models.Index(fields=["job", "is_good", "number"], name="import_row_good")]

    def __str__(self) -> str:
        return f"第{self.number}行"
