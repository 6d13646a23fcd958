"""The books against themselves: every entry balances, every balance is the sum of its postings."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, Sum

from minzheng.foundation.ledger.models import Account, Posting
from minzheng.foundation.regions.models import within


@dataclass(frozen=True)
class BooksProof:
    """What was looked at under a region prefix, and what is off (whole fen; 0 is as it should be)."""

    accounts: int
    entries: int
    off_accounts: tuple[tuple[str, int], ...]  # (account, balance less the sum of its postings)
    off_entries: tuple[tuple[str, int], ...]  # (key, sum of its postings)

    @property
    def holds(self) -> bool:
        return not self.off_accounts and not self.off_entries


def prove_books(prefix: str = "") -> BooksProof:
    """Read from the postings themselves, past the triggers that should have kept them."""
    accounts = Account.objects.filter(within(prefix)) if prefix else Account.objects.all()
    sums = accounts.annotate(fen=Sum("postings__amount_fen", default=0))
    off = sums.exclude(balance_fen=F("fen")).order_by("pk")
    postings = Posting.objects.filter(account__in=accounts)
    entries = Posting.objects.filter(entry__in=postings.values("entry")).values_list("entry__key")
    unbalanced = entries.annotate(fen=Sum("amount_fen")).exclude(fen=0).order_by("entry__key")
    return BooksProof(
        accounts=accounts.count(),
        entries=postings.aggregate(count=Count("entry", distinct=True))["count"],
        off_accounts=tuple((f"{one.region_id} {one}", one.balance_fen - one.fen) for one in off),
        off_entries=tuple(unbalanced),
    )
