"""Files that people hand in or that officers make in the field: stored once, checked, never edited."""

from django.db import models

from minzheng.foundation.regions.models import Region


class Document(models.Model):
    """One stored file. It belongs to whatever refers to it (a case's material, a visit's photo).

    `file` is named by content, so the same paper handed in twice is kept once.
    """

    file = models.FileField("文件", max_length=120)
    name = models.CharField("文件名", max_length=120)
    kind = models.CharField("材料种类", max_length=40)
    content_type = models.CharField("类型", max_length=60)
    size = models.PositiveIntegerField("字节数")
    sha256 = models.CharField("校验值", max_length=64, db_index=True)
    capture = models.JSONField("拍摄时间与地点", default=dict, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    uploaded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField("上传时间", auto_now_add=True)

    class Meta:
        verbose_name = "材料"

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        return self.content_type.startswith("image/")
