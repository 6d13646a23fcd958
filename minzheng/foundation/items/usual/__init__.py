"""Steps that most items have, so that a line says only what is its own.

`applying(...)`: from the draft to acceptance, with the one correction. `personal(...)`: the whole way of a monthly
benefit of one person. `closings`: the ends without a decision.
"""

from minzheng.foundation.items.usual.applying import CLOSINGS, WITHDRAW, applying
from minzheng.foundation.items.usual.counter import at_the_counter
from minzheng.foundation.items.usual.deciding import (
    grant,
    propose_grant,
    propose_refuse,
    publicity,
    refuse,
    send_back,
    tell,
    total,
)
from minzheng.foundation.items.usual.filing import (
    CLOSED,
    HANDLER,
    filing,
    filing_clock,
    filing_notices,
    handing_in,
)
from minzheng.foundation.items.usual.notices import notices
from minzheng.foundation.items.usual.personal import office_check, personal
from minzheng.foundation.items.usual.roles import (
    APPROVER,
    CLERK,
    COUNTY,
    HELPER,
    OPINION,
    REASON,
    REVIEWER,
    same,
)
from minzheng.foundation.items.usual.running import running
from minzheng.foundation.items.usual.telling import telling

__all__ = [
    "APPROVER",
    "CLERK",
    "CLOSED",
    "CLOSINGS",
    "COUNTY",
    "HANDLER",
    "HELPER",
    "OPINION",
    "REASON",
    "REVIEWER",
    "WITHDRAW",
    "applying",
    "at_the_counter",
    "filing",
    "filing_clock",
    "filing_notices",
    "grant",
    "handing_in",
    "notices",
    "office_check",
    "personal",
    "propose_grant",
    "propose_refuse",
    "publicity",
    "refuse",
    "running",
    "same",
    "send_back",
    "tell",
    "telling",
    "total",
]
