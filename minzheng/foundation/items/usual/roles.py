"""Who does what (handbook 0.6), and the two questions that every judgement asks."""

from minzheng.foundation.forms import Question

HELPER, CLERK, REVIEWER = "village_helper", "township_clerk", "township_reviewer"
COUNTY, APPROVER = "county_reviewer", "county_approver"
REASON = Question("reason", "理由", "long_text", min=2)
OPINION = Question("opinion", "意见", "long_text", min=2)


def same(*values: str) -> tuple[tuple[str, str], ...]:
    """Options that are stored as they are shown."""
    return tuple((value, value) for value in values)
