"""What was backed up, restored and rehearsed (GB/T 22239 8.1.4.9 数据备份恢复): a record nobody edits."""

import pgtrigger
from django.db import models


class Kind(models.TextChoices):
    BACKUP = "backup", "备份"
    DRILL = "drill", "恢复演练"
    RESTORE = "restore", "恢复"


class BackupRun(models.Model):
    """One backup, one restore for good, or one drill. `data_at`: the moment whose data it holds."""

    kind = models.CharField("种类", max_length=8, choices=Kind.choices)
    name = models.CharField("备份", max_length=60)
    is_good = models.BooleanField("成功")
    started_at = models.DateTimeField("开始")
    finished_at = models.DateTimeField("结束", auto_now_add=True)
    data_at = models.DateTimeField("数据截止")
    rows = models.BigIntegerField("记录数")
    bytes = models.BigIntegerField("字节数")
    manifest = models.CharField("清单校验值", max_length=64)
    note = models.TextField("结果", blank=True)

    class Meta:
        verbose_name = "备份与恢复记录"
        indexes = [models.Index(fields=["kind", "-finished_at"], name="backup_kind")]
        triggers = [pgtrigger.Protect(name="run_is_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.name}"
