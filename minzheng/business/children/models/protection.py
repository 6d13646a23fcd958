"""Violence, temporary guardianship, case conferences, guardians' credit: read by the protection centre alone."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from minzheng.business.children.models.files import ChildFile
from minzheng.foundation.accounts.models import User
from minzheng.foundation.cases.models import NumberSeries
from minzheng.foundation.crypto.fields import EncryptedTextField
from minzheng.foundation.crypto.rowkey import RowKey, RowKeyManager
from minzheng.foundation.history import with_history
from minzheng.foundation.people.models import Sex
from minzheng.foundation.regions.models import Region


class ReportState(models.TextChoices):
    NEW = "new", "待处置"
    POLICE = "police", "已报公安"
    CLOSED = "closed", "已办结"


@with_history
class HarmReport(models.Model):
    """强制报告: a minor was or may have been harmed (未成年人保护法 第十一条). What was seen is sealed."""

    id = RowKey()
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在村（社区）", related_name="+")
    file = models.ForeignKey(
        ChildFile, models.PROTECT, verbose_name="档案", null=True, blank=True, related_name="harm_reports"
    )
    found_on = models.DateField("发现日期")
    source = models.CharField("来源", max_length=40)
    story = EncryptedTextField("发现的情况", kind="text", max_length=2000)
    state = models.CharField("状态", max_length=8, choices=ReportState.choices, default=ReportState.NEW)
    police_on = models.DateField("报告公安日期", null=True, blank=True)
    police_no = models.CharField("接警回执", max_length=60, blank=True)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    result = EncryptedTextField("处置结果", kind="text", max_length=2000, blank=True)

    objects = RowKeyManager()

    class Meta:
        verbose_name = "侵害线索"
        indexes = [models.Index(fields=["region", "id"], name="harm_report_region")]

    def __str__(self) -> str:
        return f"{self.found_on}的线索"


class Reason(models.TextChoices):
    """未成年人保护法 第九十二条: when civil affairs takes temporary guardianship."""

    LOST = "lost", "流浪乞讨或身份不明，暂时查不到父母"
    UNKNOWN = "unknown", "监护人下落不明且无其他人可以监护"
    UNABLE = "unable", "监护人因自身或自然灾害等客观原因不能监护"
    REFUSES = "refuses", "监护人拒绝或怠于履行监护职责，使其无人照料"
    INCITED = "incited", "监护人教唆、利用其实施违法犯罪，需带离安置"
    HARMED = "harmed", "监护人严重伤害或面临严重伤害威胁，需紧急安置"
    LAW = "law", "法律规定的其他情形"


class CareState(models.TextChoices):
    EXPECTED = "expected", "待接收"
    IN_CARE = "in_care", "照料中"
    LEFT = "left", "已离站"
    LONG_TERM = "long_term", "转长期监护"
    NOT_NEEDED = "not_needed", "已由亲属接回，未接收"


@with_history
class Intake(models.Model):
    """One minor in temporary guardianship (未成年人救助保护机构管理暂行办法, 2026-04-01). Who it is may not be known."""

    id = RowKey()
    number = models.CharField("编号", max_length=24, unique=True, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="保护机构所在县", related_name="+")
    name = models.CharField("姓名或代称", max_length=60)
    id_no = EncryptedTextField("公民身份号码", kind="id_no", max_length=18, blank=True)
    sex = models.CharField("性别", max_length=1, choices=Sex.choices)
    age = models.PositiveSmallIntegerField("年龄（约）", null=True, blank=True)
    features = EncryptedTextField("体貌和随身物品", kind="text", max_length=1000)
    reason = models.CharField("收留原因", max_length=8, choices=Reason.choices)
    brought_by = models.CharField("护送单位", max_length=60)
    hand_over_no = models.CharField("移交文书", max_length=60)
    stay_no = models.CharField("救助编号", max_length=30, blank=True)
    arrived_on = models.DateField("入站日期")
    staff = models.CharField("接收人", max_length=60)
    staff_two = models.CharField("第二名接收人", max_length=60)
    health_on = models.DateField("健康检查日期", null=True, blank=True)
    health = EncryptedTextField("健康检查结果", kind="text", max_length=1000, blank=True)
    police_on = models.DateField("通报公安查找日期", null=True, blank=True)
    dna_on = models.DateField("采集DNA日期", null=True, blank=True)
    notice_on = models.DateField("发布寻亲公告日期", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=CareState.choices, default=CareState.IN_CARE)
    left_on = models.DateField("离站日期", null=True, blank=True)
    left_to = models.CharField("接走人（单位）", max_length=60, blank=True)
    left_relation = models.CharField("与孩子关系", max_length=20, blank=True)
    follow_up_on = models.DateField("回访日期", null=True, blank=True)
    follow_up = EncryptedTextField("回访情况", kind="text", max_length=1000, blank=True)

    objects = RowKeyManager()

    class Meta:
        verbose_name = "临时监护"
        indexes = [models.Index(fields=["region", "id"], name="child_intake_region")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["expected", "not_needed"]) | ~Q(staff=F("staff_two")),
                name="taken_in_by_two",
            ),
            models.UniqueConstraint(
                fields=["stay_no"], condition=~Q(stay_no=""), name="one_intake_of_a_stay"
            ),
            models.CheckConstraint(
                condition=~Q(state="left") | Q(left_on__isnull=False, health_on__isnull=False),
                name="leaves_after_health_check",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    def clean(self) -> None:
        if self.staff.strip() == self.staff_two.strip():
            raise ValidationError({"staff_two": "接收要有两名工作人员，请填写另一位。"})
        self.give_number()

    def give_number(self) -> None:
        if not self.number:
            year = timezone.localdate().year
            sequence = NumberSeries.next(f"{self.region_id[:6]}-intake-{year}")
            self.number = f"{self.region_id[:6]}JH{year}{sequence:04d}"


@with_history
class Conference(models.Model):
    """一事一议: several offices sit together over one child or one matter (S-119)."""

    id = RowKey()
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在地", related_name="+")
    file = models.ForeignKey(
        ChildFile, models.PROTECT, verbose_name="档案", null=True, blank=True, related_name="conferences"
    )
    title = models.CharField("议题", max_length=80)
    held_on = models.DateField("召开日期")
    minutes_no = models.CharField("会议纪要文号", max_length=60)
    decision = EncryptedTextField("议定事项", kind="text", max_length=2000)
    closed_on = models.DateField("办结日期", null=True, blank=True)

    objects = RowKeyManager()

    class Meta:
        verbose_name = "会商"
        indexes = [models.Index(fields=["region", "id"], name="child_conference_region")]

    def __str__(self) -> str:
        return self.title


@with_history
class Duty(models.Model):
    """What one office took upon itself in a conference, by when."""

    conference = models.ForeignKey(Conference, models.PROTECT, verbose_name="会商", related_name="duties")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在地", related_name="+")
    agency = models.CharField("责任单位", max_length=60)
    work = models.CharField("任务", max_length=200)
    due_on = models.DateField("完成期限")
    done_on = models.DateField("完成日期", null=True, blank=True)
    result = models.CharField("完成情况", max_length=200, blank=True)

    class Meta:
        verbose_name = "会商任务"
        indexes = [models.Index(fields=["region", "id"], name="child_duty_region")]

    def __str__(self) -> str:
        return f"{self.agency}：{self.work}"


class CreditState(models.TextChoices):
    RECORDED = "recorded", "已记录"
    OBJECTED = "objected", "异议处理中"
    REPAIRED = "repaired", "已修复"
    WITHDRAWN = "withdrawn", "已撤销"


@with_history
class GuardianCredit(models.Model):
    """A guardian's bad record, on a document's basis; open to objection and repair (S-126, 信用修复)."""

    id = RowKey()
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在地", related_name="+")
    name = models.CharField("监护人", max_length=60)
    id_no = EncryptedTextField("公民身份号码", kind="id_no", max_length=18)
    file = models.ForeignKey(
        ChildFile, models.PROTECT, verbose_name="档案", null=True, blank=True, related_name="credits"
    )
    conduct = models.CharField("失信行为", max_length=120)
    basis = models.CharField("依据文书", max_length=80)
    recorded_on = models.DateField("记录日期")
    recorded_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="记录人", null=True, blank=True, related_name="+"
    )
    state = models.CharField("状态", max_length=10, choices=CreditState.choices, default=CreditState.RECORDED)
    objection = models.CharField("异议理由", max_length=200, blank=True)
    objected_on = models.DateField("异议日期", null=True, blank=True)
    settled_on = models.DateField("处理日期", null=True, blank=True)
    settled_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="处理人", null=True, blank=True, related_name="+"
    )
    settled_why = models.CharField("处理结论", max_length=200, blank=True)

    objects = RowKeyManager()

    class Meta:
        verbose_name = "监护信用记录"
        indexes = [models.Index(fields=["region", "id"], name="guardian_credit_region")]

    def __str__(self) -> str:
        return f"{self.name}：{self.conduct}"
