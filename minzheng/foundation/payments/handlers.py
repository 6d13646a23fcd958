"""A changed right is settled against what was already charged, in the same transaction."""

from minzheng.foundation.crypto.reindex import carried_over
from minzheng.foundation.events.bus import on
from minzheng.foundation.payments.evidence import carry_over
from minzheng.foundation.payments.settle import last_run, settle, settle_amended

carried_over.append(carry_over)


@on("entitlement.amended")
def settle_the_past(entitlement: int) -> None:
    settle_amended(entitlement)


@on("entitlements.restated")
def settle_many(benefit: str, county: str, entitlements: list[int]) -> None:
    """Many rights of one county at once, by a new standard; whoever tells of it holds the lock."""
    through = last_run(benefit, county)
    if through is not None:
        settle(entitlements, through)
