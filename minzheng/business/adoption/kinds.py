"""The words for who may be adopted and who gives a child up; without a table, since rules and forms are read without one."""

from django.db import models


class ChildKind(models.TextChoices):
    """Stored as the fact `child_kind` says it (民法典 第一千零九十三条、第一千零九十九条、第一千一百零三条)."""

    ORPHAN = "孤儿", "丧失父母的孤儿"
    FOUNDLING = "查找不到生父母", "查找不到生父母的未成年人"
    HARDSHIP = "特殊困难", "生父母有特殊困难无力抚养的子女"
    STEP = "继子女", "继子女"
    KIN = "三代以内旁系同辈血亲的子女", "三代以内旁系同辈血亲的子女"


class Placer(models.TextChoices):
    """送养人 (民法典 第一千零九十四条、第一千零九十五条)."""

    INSTITUTION = "institution", "儿童福利机构"
    GUARDIAN = "guardian", "监护人"
    PARENTS = "parents", "生父母"
