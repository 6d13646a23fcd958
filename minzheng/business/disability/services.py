"""What is bought for disabled persons: community rehabilitation, and the county's share of a rented device."""

from minzheng.business.disability.aids.lending import due as rent_due
from minzheng.business.disability.rehab.keeping import SERVICE
from minzheng.foundation.services.words import Charge, Need, ServiceKind

MIND_REHAB = ServiceKind(
    code=SERVICE,
    title="精神障碍社区康复",
    icon="mood-smile",
    need=Need.PSYCHOLOGY,
    price="service_price_mind_rehab",
    accept_within="rehab_accept_minutes",
    done_within="rehab_done_minutes",
    benefit="disability_services",
    needs_photo=False,
    help="服药训练、生活技能、社交和职业康复；按计划每月服务，写清做了什么、本人怎样。",
    covers=("S-136",),
)
AID_RENTALS = Charge(
    code="aid_rentals",
    title="辅具租赁补贴",
    due=rent_due,
    cite="国发〔2016〕60号；各地社区租赁试点办法",
    covers=("S-139",),
)
