"""Accounts, entries and postings. Balances are kept by a trigger and cannot be written by hand."""

import pgtrigger
from django.db import models
from django.db.models import Q

from minzheng.foundation.history import not_emptied
from minzheng.foundation.regions.models import Region


class Fund(models.TextChoices):
    """Where money comes from (handbook §9). In which order it is spent is a standard (fund_order_…)."""

    CENTRAL = "central", "中央资金"
    PROVINCE = "province", "省级资金"
    CITY = "city", "市级资金"
    COUNTY = "county", "县级资金"
    LOTTERY = "lottery", "福彩公益金"
    DONATION = "donation", "捐赠资金"


class Kind(models.TextChoices):
    """Where money is. Only a source may go below zero: its balance is minus what it has given."""

    SOURCE = "source", "拨款来源"
    ADVANCE = "advance", "提前下达（年度未到）"
    AVAILABLE = "available", "可用余额"
    TRANSIT = "transit", "在途（已送代发）"
    PAID = "paid", "已发放"


class Account(models.Model):
    """One place of one fund's money for one programme and budget year in one county (or a higher level's own)."""

    fund = models.CharField("资金来源", max_length=10, choices=Fund.choices)
    programme = models.CharField("资金项目", max_length=40)
    year = models.PositiveSmallIntegerField("预算年度")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="区划", related_name="+")
    kind = models.CharField("科目", max_length=10, choices=Kind.choices)
    balance_fen = models.BigIntegerField("余额（分）", default=0)

    class Meta:
        verbose_name = "账户"
        constraints = [
            models.UniqueConstraint(
                fields=["region", "programme", "fund", "kind", "year"], name="one_account_per_place"
            ),
            models.CheckConstraint(
                condition=Q(kind="source") | Q(balance_fen__gte=0), name="no_negative_balance"
            ),
            models.CheckConstraint(condition=Q(fund__in=Fund.values), name="account_fund_is_known"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="account_kind_is_known"),
        ]
        triggers = [
            pgtrigger.Protect(name="account_is_kept", operation=pgtrigger.Delete),
            not_emptied("account", "ledger"),
            pgtrigger.Trigger(
                name="balance_starts_at_zero",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="NEW.balance_fen = 0; RETURN NEW;",
            ),
            # Depth 1 is a statement someone wrote; the postings' own trigger runs deeper.
            pgtrigger.Trigger(
                name="balance_follows_postings",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                    IF pg_trigger_depth() = 1 OR (OLD.fund, OLD.programme, OLD.region_id, OLD.kind, OLD.year)
                        IS DISTINCT FROM (NEW.fund, NEW.programme, NEW.region_id, NEW.kind, NEW.year)
                    THEN
                        RAISE EXCEPTION 'ledger: an account changes only by postings';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}年 {self.get_fund_display()}·{self.get_kind_display()}"


class Entry(models.Model):
    """One event of money (分录). `key` makes it happen once: `batch:…:sent`, `return:…`."""

    key = models.CharField("唯一键", max_length=120, unique=True)
    title = models.CharField("摘要", max_length=120)
    digest = models.CharField("内容校验值", max_length=64)
    made_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    day = models.DateField("记账日期")
    at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = "分录"
        triggers = [
            pgtrigger.Protect(name="entry_is_kept", operation=pgtrigger.Update | pgtrigger.Delete),
            not_emptied("entry", "ledger"),
            pgtrigger.Trigger(
                name="entry_has_postings",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                func="""
                    IF NOT EXISTS (SELECT FROM ledger_posting WHERE entry_id = NEW.id) THEN
                        RAISE EXCEPTION 'ledger: entry % has no postings', NEW.key;
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Posting(models.Model):
    """One line of an entry: fen into (+) or out of (−) an account."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="postings")
    account = models.ForeignKey(Account, models.PROTECT, related_name="postings")
    amount_fen = models.BigIntegerField("金额（分）")

    class Meta:
        verbose_name = "记账明细"
        indexes = [models.Index(fields=["account", "-id"], name="posting_statement")]
        constraints = [
            models.CheckConstraint(condition=~Q(amount_fen=0), name="posting_is_not_zero"),
        ]
        triggers = [
            pgtrigger.Protect(name="posting_is_kept", operation=pgtrigger.Update | pgtrigger.Delete),
            not_emptied("posting", "ledger"),
            pgtrigger.Trigger(
                name="posting_moves_balance",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func="""
                    UPDATE ledger_account SET balance_fen = balance_fen + NEW.amount_fen WHERE id = NEW.account_id;
                    RETURN NULL;
                """,
            ),
            pgtrigger.Trigger(
                name="entry_balances",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                func="""
                    IF (SELECT sum(amount_fen) FROM ledger_posting WHERE entry_id = NEW.entry_id) <> 0 THEN
                        RAISE EXCEPTION 'ledger: entry % does not balance', NEW.entry_id;
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount_fen}"
