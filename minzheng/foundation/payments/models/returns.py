"""The bank's answers, kept as they came."""

import pgtrigger
from django.db import models

from minzheng.foundation.crypto.fields import EncryptedTextField
from minzheng.foundation.payments.models.batch import Batch


class ReturnFile(models.Model):
    """One answer file (回盘文件). The same file counts once, however often it is handed in."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="return_files")
    name = models.CharField("文件名", max_length=120)
    sha256 = models.CharField("校验值", max_length=64)
    paid_count = models.PositiveIntegerField("成功笔数", default=0)
    paid_fen = models.BigIntegerField("成功金额（分）", default=0)
    failed_count = models.PositiveIntegerField("失败笔数", default=0)
    failed_fen = models.BigIntegerField("失败金额（分）", default=0)
    problem_count = models.PositiveIntegerField("有疑问的行数", default=0)
    # Nobody: fetched by night.
    imported_by = models.ForeignKey(
        "accounts.User", models.PROTECT, verbose_name="导入人", null=True, blank=True, related_name="+"
    )
    imported_at = models.DateTimeField("导入时间", auto_now_add=True)

    class Meta:
        verbose_name = "回盘文件"
        constraints = [models.UniqueConstraint(fields=["batch", "sha256"], name="one_effect_per_return_file")]
        # What came is kept; what was counted in it is ours.
        triggers = [
            pgtrigger.Protect(name="answer_is_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="answer_is_as_it_came",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("batch", "name", "sha256", "imported_by", "imported_at"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Problem(models.TextChoices):
    """Why a row of an answer changed nothing. Each needs a person to look at it."""

    UNREADABLE = "unreadable", "这一行读不懂"
    UNKNOWN = "unknown", "业务编号不在本批次送出的明细中"
    AMOUNT = "amount", "金额与送出的不一致"
    ACCOUNT = "account", "账号与送出的不一致"
    NAME = "name", "户名与送出的不一致"
    DUPLICATE = "duplicate", "同一业务编号在文件中出现多次"
    CODE = "code", "结果代码不在约定范围内"
    REPEATED = "repeated", "这一笔早先已经回盘，结果相同"
    CONTRADICTION = "contradiction", "这一笔早先已经回盘，结果不同"


AS_IT_CAME = (
    "file_id",
    "row_number",
    "sequence",
    "reference",
    "amount_fen",
    "account_no",
    "account_name",
    "result",
    "note",
)
_old, _new = (", ".join(f"{side}.{column}" for column in AS_IT_CAME) for side in ("OLD", "NEW"))


class ReturnRow(models.Model):
    """One row of an answer; `problem` empty means that it was taken."""

    file = models.ForeignKey(ReturnFile, models.CASCADE, related_name="rows")
    row_number = models.PositiveIntegerField("行号")
    sequence = models.BigIntegerField("序号", null=True)
    reference = models.CharField("业务编号", max_length=80, blank=True)
    amount_fen = models.BigIntegerField("金额（分）", null=True)
    account_no = EncryptedTextField(
        "银行账号", kind="bank_account", max_length=30, blank=True, row="file row_number"
    )
    account_name = models.CharField("户名", max_length=60, blank=True)
    result = models.CharField("结果代码", max_length=10, blank=True)
    note = models.CharField("说明", max_length=120, blank=True)
    problem = models.CharField("疑问", max_length=16, choices=Problem.choices, blank=True)

    class Meta:
        verbose_name = "回盘明细"
        indexes = [models.Index(fields=["file", "row_number"], name="return_row_order")]
        # What the bank said is kept; what we found wrong with it is ours.
        triggers = [
            pgtrigger.Protect(name="answer_row_is_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="answer_row_is_as_it_came",
                operation=pgtrigger.Update,
                # The account is a sealed field, which the lookups of AnyChange do not know.
                condition=pgtrigger.Condition(f"ROW({_old}) IS DISTINCT FROM ROW({_new})"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.row_number}"
