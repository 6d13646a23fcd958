"""Who lives in a child welfare institution, who was handed over to another one, and what an institution became."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from minzheng.business.children.models.files import ChildFile
from minzheng.foundation.accounts.models import User
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.history import with_history
from minzheng.foundation.people.models import LifeEvent
from minzheng.foundation.people.named import Named
from minzheng.foundation.regions.models import Region


class Ground(models.TextChoices):
    """Whom a child welfare institution takes in (儿童福利机构管理办法 第九条)."""

    NOT_FOUND = "not_found", "查找不到生父母"
    ORPHAN = "orphan", "父母死亡或被宣告失踪，没有其他依法具有监护资格的人"
    UNABLE = "unable", "父母没有监护能力，没有其他依法具有监护资格的人"
    COURT = "court", "法院指定由民政部门担任监护人"
    OTHER = "other", "法律规定应由民政部门担任监护人的其他情形"


class Paper(models.TextChoices):
    """What goes along with a child."""

    CHILD = "child", "儿童个人档案"
    HEALTH = "health", "健康和病历档案"
    SCHOOL = "school", "学籍和教育档案"
    GUARDIAN = "guardian", "监护和入院依据"
    THINGS = "things", "个人物品和成长纪念"
    MONEY = "money", "个人账户和基本生活费结余"


@with_history
class Residence(Named):
    """A child's time in one institution; `region` is the institution's. `until`: the first day on which it is over.

    `came_from` is the stay out of which the child was handed over (often behind another region's wall, so the house's
    name is kept beside it); `move` is the hukou's move that went with it, `file_home` where the child's file lay before.
    """

    facility = models.ForeignKey(
        Facility, models.PROTECT, verbose_name="机构", related_name="child_residences"
    )
    bed = models.CharField("床号", max_length=20)
    ground = models.CharField("入住依据", max_length=10, choices=Ground.choices)
    ground_no = models.CharField("依据文号", max_length=60)
    since = models.DateField("入住日期")
    until = models.DateField("离开日期", null=True, blank=True)
    left_for = models.CharField("去向", max_length=60, blank=True)
    left_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="移交办理人", null=True, blank=True, related_name="+"
    )
    came_from = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="由哪次入住移交",
        null=True,
        blank=True,
        related_name="handed_over_to",
    )
    came_from_house = models.CharField("由哪家机构移交", max_length=100, blank=True)
    hand_over_no = models.CharField("移交协议文号", max_length=60, blank=True)
    papers = ArrayField(
        models.CharField(max_length=10, choices=Paper.choices),
        verbose_name="移交的档案",
        default=list,
        blank=True,
    )
    move = models.ForeignKey(
        LifeEvent, models.PROTECT, verbose_name="户口迁移", null=True, blank=True, related_name="+"
    )
    file = models.ForeignKey(
        ChildFile, models.PROTECT, verbose_name="儿童档案", null=True, blank=True, related_name="+"
    )
    file_home = models.ForeignKey(
        Region, models.PROTECT, verbose_name="档案原所在地", null=True, blank=True, related_name="+"
    )

    class Meta:
        app_label = "children"
        verbose_name = "机构养育儿童"
        indexes = [
            models.Index(fields=["region", "id"], name="residence_region"),
            models.Index(fields=["facility"], name="residence_facility"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(until__isnull=True) & Q(person__isnull=False),
                name="one_residence_at_a_time",
                violation_error_message="这个孩子正住在儿童福利机构，请先办理离开或移交。",
            ),
            models.UniqueConstraint(
                fields=["facility", "bed"],
                condition=Q(until__isnull=True),
                name="one_child_in_a_bed",
                violation_error_message="这张床已经有孩子，请换一张床。",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="residence_ends_after_start"
            ),
        ]


class Function(models.TextChoices):
    """What an institution does after its conversion (民发〔2021〕44号)."""

    PROTECTION = "protection", "未成年人救助保护、临时监护"
    GUIDANCE = "guidance", "指导乡镇（街道）和儿童主任"
    COMMUNITY = "community", "为散居孤儿、留守和困境儿童提供服务"
    REHAB = "rehab", "面向社会残疾儿童的康复和特教"
    FAMILY = "family", "家庭寄养、收养评估和家庭教育指导"


class ConversionState(models.TextChoices):
    BEGUN = "begun", "正在移交"
    DONE = "done", "已转型"
    WITHDRAWN = "withdrawn", "已撤销"


@with_history
class Conversion(models.Model):
    """One institution's way from bringing children up to protecting those of the county."""

    facility = models.ForeignKey(Facility, models.PROTECT, verbose_name="原机构", related_name="conversions")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在地", related_name="+")
    document_no = models.CharField("转型批准文号", max_length=60)
    functions = ArrayField(models.CharField(max_length=10, choices=Function.choices), verbose_name="新职能")
    new_name = models.CharField("转型后的名称", max_length=100)
    begun_on = models.DateField("开始日期")
    begun_by = models.ForeignKey(User, models.PROTECT, verbose_name="办理人", related_name="+")
    state = models.CharField(
        "状态", max_length=10, choices=ConversionState.choices, default=ConversionState.BEGUN
    )
    done_on = models.DateField("完成日期", null=True, blank=True)
    done_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="确认人", null=True, blank=True, related_name="+"
    )
    became = models.ForeignKey(
        Facility, models.PROTECT, verbose_name="转型后的机构", null=True, blank=True, related_name="+"
    )
    reason = models.CharField("撤销原因", max_length=200, blank=True)

    class Meta:
        app_label = "children"
        verbose_name = "儿童福利机构转型"
        indexes = [models.Index(fields=["region", "id"], name="conversion_region")]
        constraints = [
            models.UniqueConstraint(
                fields=["facility"], condition=~Q(state="withdrawn"), name="one_conversion_of_an_institution"
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(done_on__isnull=False, became__isnull=False),
                name="done_conversion_became_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.facility.name}转型"
