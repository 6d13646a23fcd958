"""Near relatives of those who handle cases (民发〔2021〕57号: 近亲属单独登记备案)."""

from django.db import models

from minzheng.foundation.crypto.fields import EncryptedTextField
from minzheng.foundation.crypto.lookups import Blind, UniqueNumber
from minzheng.foundation.crypto.rowkey import RowKey, RowKeyManager
from minzheng.foundation.history import with_history
from minzheng.foundation.people.models import Person


@with_history
class StaffRelative(models.Model):
    """An officer's declared near relative, by identity number: the relative may have no record here yet."""

    id = RowKey()
    officer = models.ForeignKey(
        Person, models.PROTECT, verbose_name="工作人员", related_name="declared_relatives"
    )
    id_no = EncryptedTextField("近亲属身份号码", kind="id_no", max_length=18)
    relation = models.CharField("关系", max_length=20)
    since = models.DateField("备案日期")
    until = models.DateField("解除日期", null=True, blank=True)

    objects = RowKeyManager()

    class Meta:
        verbose_name = "近亲属备案"
        constraints = [UniqueNumber("officer", Blind("id_no"), name="one_declaration_per_relative")]
        indexes = [models.Index(Blind("id_no"), name="relative_id_no")]

    def __str__(self) -> str:
        return f"{self.officer} {self.relation}"
