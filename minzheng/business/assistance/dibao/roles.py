"""Who does what in A1 (handbook 0.6), and the two questions that every judgement asks."""

from minzheng.foundation.forms import Question

HELPER, CLERK, REVIEWER = "village_helper", "township_clerk", "township_reviewer"
COUNTY, APPROVER = "county_reviewer", "county_approver"
HANDLED = ("accept", "visit", "cosign", "county_visit", "propose_grant", "propose_refuse")
REASON = Question("reason", "理由", "long_text", min=2)
OPINION = Question("opinion", "意见", "long_text", min=2)
