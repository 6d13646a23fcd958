"""What is settled monthly with hospitals: the 明天计划's part of a child's bill."""

from minzheng.business.children.tomorrow.keeping import due, settled
from minzheng.foundation.services.words import Charge

TOMORROW = Charge(
    code="tomorrow_plan",
    title="“明天计划”医疗康复费用",
    due=due,
    settled=settled,
    cite="“孤儿医疗康复明天计划”项目实施办法（2019）",
    covers=("S-116",),
)
