"""Who does what in A1 (handbook 0.6)."""

from minzheng.foundation.items.usual.roles import APPROVER, CLERK, COUNTY, HELPER, OPINION, REASON, REVIEWER

__all__ = ["APPROVER", "CLERK", "COUNTY", "HANDLED", "HELPER", "OPINION", "REASON", "REVIEWER"]
HANDLED = ("accept", "visit", "cosign", "county_visit", "propose_grant", "propose_refuse")
