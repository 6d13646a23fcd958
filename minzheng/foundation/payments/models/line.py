"""One payment to one person in one run."""

import pgtrigger
from django.db import models
from django.db.models import Q

from minzheng.foundation.benefits.models import Entitlement, EntitlementAmount
from minzheng.foundation.crypto.fields import EncryptedTextField
from minzheng.foundation.organisations.models import Organisation
from minzheng.foundation.payments.models.batch import Batch
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region


class LineKind(models.TextChoices):
    REGULAR = "regular", "当月"
    ARREARS = "arrears", "补差"
    REISSUE = "reissue", "重发"


class LineState(models.TextChoices):
    READY = "ready", "待送出"
    HELD = "held", "暂缓"
    SENT = "sent", "在途"
    PAID = "paid", "已发"
    FAILED = "failed", "失败"
    REISSUED = "reissued", "已转重发"
    CANCELLED = "cancelled", "不再发放"


class Held(models.TextChoices):
    """Why a line waits. It stays on the list, with its amount."""

    SUSPENDED = "suspended", "待遇暂缓发放"
    DEAD = "dead", "享受人或领款人已死亡，或单位已注销"
    NO_ACCOUNT = "no_account", "没有银行账号"
    NAME_MISMATCH = "name_mismatch", "户名与领款人姓名不符"


class Result(models.TextChoices):
    """What the bank answers (docs/money.md)."""

    PAID = "00", "成功"
    NO_SUCH_ACCOUNT = "01", "账号不存在"
    NAME_MISMATCH = "02", "户名不符"
    ACCOUNT_BLOCKED = "03", "账户已销户、冻结或久悬"
    BANK_FAULT = "04", "代发机构原因"
    OTHER = "99", "其他原因"


MOVES = [
    ("ready", "sent"),
    ("sent", "paid"),
    ("sent", "failed"),
    ("failed", "reissued"),
    ("held", "reissued"),
    ("reissued", "failed"),  # the reissue's own batch went back before it was sent
    ("reissued", "held"),
    ("failed", "cancelled"),
    ("held", "cancelled"),
]
FROZEN = (
    "batch_id, sequence, benefit, month, kind, person_id, entitlement_id, payee_id, region_id, amount_fen,"
    " amount_version_id, id_no, account_name, bank_name, account_no, held_reason, organisation_id,"
    " organisation_account"
)


SEALED = {
    "id_no",
    "account_no",
    "organisation_account",
}  # what they say is kept; sealing it anew with another key is no change


def _row(alias: str) -> str:
    columns = [column.strip() for column in FROZEN.split(",")]
    return ", ".join(f"blind({alias}.{one})" if one in SEALED else f"{alias}.{one}" for one in columns)


# Statement by statement, not row by row: a list of a million lines is looked at once. A full join without a WHERE,
# because that is always hashed: a plan kept from a short list would otherwise compare a long one row by row.
_GUARD_CHANGES = f"""
    SELECT
        count(*) FILTER (WHERE o.id IS NULL OR n.id IS NULL
            OR (b.state <> 'draft' AND ({_row("o")}) IS DISTINCT FROM ({_row("n")}))),
        count(*) FILTER (WHERE o.state <> n.state
            AND o.state || ' ' || n.state NOT IN ({", ".join(f"'{a} {b}'" for a, b in MOVES)}))
    INTO edited, moved
    FROM old_lines o FULL JOIN new_lines n ON n.id = o.id LEFT JOIN payments_batch b ON b.id = o.batch_id;
    IF edited > 0 THEN
        RAISE EXCEPTION 'payments: a frozen line cannot be edited';
    END IF;
    IF moved > 0 THEN
        RAISE EXCEPTION 'payments: this move of a line is not allowed';
    END IF;
    RETURN NULL;
"""  # noqa: S608  constants only


def _only_drafts(rows: str, message: str) -> str:
    return f"""
        IF EXISTS (SELECT FROM {rows} l JOIN payments_batch b ON b.id = l.batch_id WHERE b.state <> 'draft') THEN
            RAISE EXCEPTION 'payments: {message}';
        END IF;
        RETURN NULL;
    """


class PaymentLine(models.Model):
    """`month` is the month of the run: a regular line pays it, an arrears line pays earlier months (Arrear rows),
    a reissue line pays lines that failed or were held (they point to it by `carried_by`).

    (person, benefit, month, kind) is unique: no crash, retry or second click pays anyone twice. An organisation is paid
    once for each right of its own, on its own account.
    """

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="lines")
    sequence = models.PositiveIntegerField("序号")
    benefit = models.CharField("待遇", max_length=40)
    month = models.DateField("发放月份")
    kind = models.CharField("种类", max_length=10, choices=LineKind.choices)
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="享受人", null=True, blank=True, related_name="payment_lines"
    )
    entitlement = models.ForeignKey(Entitlement, models.PROTECT, related_name="payment_lines")
    payee = models.ForeignKey(
        Person, models.PROTECT, verbose_name="领款人", null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="单位", null=True, blank=True, related_name="payment_lines"
    )
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在地", related_name="+")
    amount_fen = models.BigIntegerField("金额（分）")
    # Which row of EntitlementAmount, and so which decision, a regular line stands on.
    amount_version = models.ForeignKey(
        EntitlementAmount, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # As they were when the list was frozen: the file can be written again and is the same to the byte.
    # Sealed for the payee: the list copies them as they are, and nobody else's line can hold them.
    id_no = EncryptedTextField(
        "公民身份号码", kind="id_no", max_length=18, blank=True, of="people_person.id_no", row="payee"
    )
    account_name = models.CharField("户名", max_length=60)
    bank_name = models.CharField("开户银行", max_length=60, blank=True)
    account_no = EncryptedTextField(
        "银行账号",
        kind="bank_account",
        max_length=30,
        blank=True,
        of="people_person.bank_account",
        row="payee",
    )
    organisation_account = EncryptedTextField(
        "对公账号",
        kind="bank_account",
        max_length=30,
        blank=True,
        of="organisations_organisation.bank_account",
        row="organisation",
    )
    state = models.CharField("状态", max_length=10, choices=LineState.choices)
    held_reason = models.CharField("暂缓原因", max_length=16, choices=Held.choices, blank=True)
    result = models.CharField("回盘结果", max_length=2, choices=Result.choices, blank=True)
    result_note = models.CharField("回盘说明", max_length=120, blank=True)
    carried_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="carries")

    class Meta:
        verbose_name = "发放明细"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "benefit", "month", "kind"], name="nobody_is_paid_twice"
            ),
            models.UniqueConstraint(fields=["batch", "sequence"], name="one_line_per_sequence"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="line_amount_is_positive"),
            models.CheckConstraint(
                condition=~Q(state__in=["ready", "sent", "paid"])
                | ~Q(account_no="")
                | ~Q(organisation_account=""),
                name="paid_to_an_account",
            ),
            models.UniqueConstraint(
                fields=["entitlement", "month", "kind"],
                condition=Q(organisation__isnull=False),
                name="no_organisation_is_paid_twice",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, payee__isnull=False, organisation__isnull=True)
                | Q(person__isnull=True, payee__isnull=True, organisation__isnull=False),
                name="line_pays_a_person_or_an_organisation",
            ),
        ]
        indexes = [
            models.Index(fields=["entitlement", "month"], name="line_entitlement"),
            models.Index(fields=["batch", "state"], name="line_batch_state"),
            models.Index(fields=["carried_by"], name="line_carried", condition=Q(carried_by__isnull=False)),
            models.Index(
                fields=["benefit", "state"], name="line_to_reissue", condition=Q(state__in=["failed", "held"])
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="line_changes",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                referencing=pgtrigger.Referencing(old="old_lines", new="new_lines"),
                declare=[("edited", "bigint"), ("moved", "bigint")],
                func=_GUARD_CHANGES,
            ),
            pgtrigger.Trigger(
                name="frozen_line_is_kept",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Delete,
                referencing=pgtrigger.Referencing(old="old_lines"),
                func=_only_drafts("old_lines", "a frozen line cannot be deleted"),
            ),
            pgtrigger.Trigger(
                name="frozen_list_is_full",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="new_lines"),
                func=_only_drafts("new_lines", "a frozen list takes no more lines"),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """业务编号 in the file to the bank and in its answer."""
        return f"{self.batch.number}-{self.sequence:07d}"
