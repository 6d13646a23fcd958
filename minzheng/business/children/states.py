"""The words for a parent's situation; without a table, since items are read without a database too (`minzheng clocks`)."""

from django.db import models


class Side(models.TextChoices):
    FATHER = "father", "父亲"
    MOTHER = "mother", "母亲"


class ParentState(models.TextChoices):
    """Stored as the facts `father_state` and `mother_state` say it (民发〔2019〕62号 一; 民发〔2020〕125号)."""

    WELL = "正常", "正常"
    DEAD = "死亡", "死亡"
    MISSING = "失踪", "失踪（法院宣告）"
    DISABLED = "重残", "重残"
    ILL = "重病", "重病"
    PRISON = "服刑", "服刑"
    DETOX = "强制隔离戒毒", "强制隔离戒毒"
    RESTRICTED = "被执行其他限制人身自由的措施", "被执行其他限制人身自由的措施"
    LOST = "失联", "失联"
    REVOKED = "被撤销监护资格", "被撤销监护资格"
    EXPELLED = "被遣送（驱逐）出境", "被遣送（驱逐）出境"


CONFINED = (ParentState.PRISON, ParentState.DETOX, ParentState.RESTRICTED)
AWAY = (ParentState.LOST, ParentState.MISSING)
