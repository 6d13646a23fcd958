"""One county's list of one benefit for one month."""

from typing import IO

import pgtrigger
from django.db import models
from django.db.models import F, Q

from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region


class BatchKind(models.TextChoices):
    MONTHLY = "monthly", "月度发放"
    REISSUE = "reissue", "补发（失败和暂缓）"


class BatchState(models.TextChoices):
    DRAFT = "draft", "编制中"
    FROZEN = "frozen", "已冻结，待复核"
    CHECKED = "checked", "已复核，待送出"
    SENT = "sent", "已送代发，待回盘"
    RETURNED = "returned", "已回盘"
    CLOSED = "closed", "已办结"


class Delivery(models.TextChoices):
    """What is known of the instruction file's way to the bank (delivery.py)."""

    WAITING = "waiting", "尚未送达"
    UNANSWERED = "unanswered", "已送出，没有答复"
    TAKEN = "taken", "已送达"
    ABSENT = "absent", "对方没有收到"
    REFUSED = "refused", "对方不受理"
    OTHER = "other", "对方收到的是另一份"


# What a batch may become. Only before its file has gone out may it go back.
MOVES = [
    ("draft", "frozen"),
    ("frozen", "draft"),
    ("frozen", "checked"),
    ("checked", "draft"),
    ("checked", "sent"),
    ("sent", "returned"),
    ("sent", "closed"),  # a list of held lines only has no answer to wait for
    ("returned", "closed"),
]


class Batch(models.Model):
    """From the freeze on the lines and the evidence hash over them are fixed; the database refuses an edit.

    `month` is the month of the run. Amounts are whole fen: `payable` goes out in the file, `held` does not.
    """

    spool: IO[bytes] | None = None  # the instruction's text between sending and delivery (instruction.py)

    number = models.CharField("批次号", max_length=60, unique=True)
    benefit = models.CharField("待遇", max_length=40)
    county = models.ForeignKey(Region, models.PROTECT, verbose_name="县（市、区）", related_name="+")
    month = models.DateField("发放月份")
    kind = models.CharField("种类", max_length=10, choices=BatchKind.choices)
    sequence = models.PositiveSmallIntegerField("当月序号")
    state = models.CharField("状态", max_length=10, choices=BatchState.choices, default=BatchState.DRAFT)
    payable_count = models.PositiveIntegerField("应发笔数", default=0)
    payable_fen = models.BigIntegerField("应发金额（分）", default=0)
    held_count = models.PositiveIntegerField("暂缓笔数", default=0)
    held_fen = models.BigIntegerField("暂缓金额（分）", default=0)
    evidence = models.CharField("证据校验值", max_length=64, blank=True)
    file_sha256 = models.CharField("指令文件校验值", max_length=64, blank=True)
    made_by = models.ForeignKey("accounts.User", models.PROTECT, verbose_name="编制人", related_name="+")
    checked_by = models.ForeignKey(
        "accounts.User", models.PROTECT, verbose_name="复核人", null=True, blank=True, related_name="+"
    )
    # Four eyes are two human beings, not two accounts: the persons behind the accounts are compared.
    maker = models.ForeignKey(Person, models.PROTECT, related_name="+")
    checker = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField("退回说明", max_length=200, blank=True)
    made_at = models.DateTimeField("编制时间", auto_now_add=True)
    frozen_at = models.DateTimeField("冻结时间", null=True, blank=True)
    checked_at = models.DateTimeField("复核时间", null=True, blank=True)
    sent_at = models.DateTimeField("送出时间", null=True, blank=True)
    delivery = models.CharField("送达", max_length=10, choices=Delivery.choices, default=Delivery.WAITING)
    delivery_note = models.CharField("送达说明", max_length=200, blank=True)
    asked_at = models.DateTimeField("最近一次与代发机构联系", null=True, blank=True)
    delivered_at = models.DateTimeField("文件写出时间", null=True, blank=True)
    return_note = models.CharField("取回的回盘文件为什么不能导入", max_length=200, blank=True)
    closed_at = models.DateTimeField("办结时间", null=True, blank=True)

    class Meta:
        verbose_name = "发放批次"
        indexes = [models.Index(fields=["county", "-month", "-id"], name="batch_list")]
        constraints = [
            models.UniqueConstraint(
                fields=["benefit", "county", "month", "sequence"], name="one_batch_number"
            ),
            models.UniqueConstraint(
                fields=["benefit", "county", "month"], condition=Q(kind="monthly"), name="one_monthly_batch"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="batch_month_is_a_month"),
            models.CheckConstraint(
                condition=Q(checker__isnull=True) | ~Q(checker=F("maker")), name="checker_is_another_person"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "frozen"]) | Q(checker__isnull=False),
                name="checked_before_sent",
            ),
            models.CheckConstraint(condition=Q(state="draft") | ~Q(evidence=""), name="frozen_with_evidence"),
        ]
        triggers = [
            pgtrigger.FSM(name="batch_moves", field="state", transitions=MOVES),
            pgtrigger.Protect(
                name="batch_is_kept", operation=pgtrigger.Delete, condition=~pgtrigger.Q(old__state="draft")
            ),
            pgtrigger.Protect(
                name="frozen_batch_is_not_edited",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state <> 'draft' AND NEW.state <> 'draft' AND (OLD.evidence, OLD.payable_fen,"
                    " OLD.payable_count, OLD.held_fen, OLD.held_count, OLD.maker_id, OLD.month, OLD.benefit,"
                    " OLD.county_id, OLD.number) IS DISTINCT FROM (NEW.evidence, NEW.payable_fen,"
                    " NEW.payable_count, NEW.held_fen, NEW.held_count, NEW.maker_id, NEW.month, NEW.benefit,"
                    " NEW.county_id, NEW.number)"
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.number
