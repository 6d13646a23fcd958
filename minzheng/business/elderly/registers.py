"""Who receives the old-age allowance."""

from minzheng.business.elderly.benefits import ALLOWANCE
from minzheng.foundation.benefits.recipients import recipients

ALLOWANCE_RECIPIENTS = recipients(ALLOWANCE, "高龄津贴对象", icon="old")
