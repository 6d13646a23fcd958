"""What a register writes about somebody by name and number: the number leads to the master record, if there is one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models

from minzheng.foundation.crypto.fields import EncryptedTextField
from minzheng.foundation.crypto.rowkey import RowKey, RowKeyManager
from minzheng.foundation.forms import Question
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region
from minzheng.foundation.registers import Column, Filter, Search


class Named(models.Model):
    """Abstract. `person` follows `id_no` whenever the row is judged; it stays empty for whom no master record exists."""

    id = RowKey()
    name = models.CharField("姓名", max_length=60)
    id_no = EncryptedTextField("公民身份号码", kind="id_no", max_length=18)
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="人员", null=True, blank=True, related_name="+"
    )
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在村（社区）", related_name="+")

    objects = RowKeyManager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        link_person(self)


def link_person(row: Any) -> None:
    row.person = Person.objects.filter(id_no=row.id_no).first() if row.id_no else None


def people_of(rows: Sequence[Any]) -> Iterable[int]:
    return {row.person_id for row in rows if row.person_id}


WHO = (
    Column("name", "姓名", "name"),
    Column("id_no", "身份证号", "id_no"),
    Column("region", "所在村（社区）", "region"),
)
ASKED = (
    Question("name", "姓名", "name"),
    Question("id_no", "身份证号", "id_no"),
    Question("region", "所在村（社区）", "region"),
)
WHERE = Filter("region", "所在地", "region", "region_id")
SEARCH = (Search("name"), Search("id_no", "exact"))
SEARCH_HINT = "姓名（从姓开始）或完整身份证号"
