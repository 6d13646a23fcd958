"""What disabled persons are paid each month. Both may be held together (handbook 0.4)."""

from minzheng.foundation.benefits.words import Benefit, Exclusion, SilentCertification, Start, Unit

BY_52 = "国发〔2015〕52号"
SILENT = SilentCertification(
    "国发〔2015〕52号；民政部关于静默认证的要求（文号待核）", certificate="disability_certificate_until"
)

LIVING = Benefit(
    code="living_subsidy",
    title="困难残疾人生活补贴",
    item="D1",
    covers=("S-133",),
    unit=Unit.PERSON,
    amount="living_subsidy_amount",
    start=Start.MONTH_OF_APPLICATION,
    cite=BY_52,
    programme="living_subsidy",
    excludes=(Exclusion("tekun", BY_52), Exclusion("orphan", BY_52)),
    ends_on=("death", "prison"),
    silent=SILENT,
    follows_hukou=True,
)
NURSING = Benefit(
    code="nursing_subsidy",
    title="重度残疾人护理补贴",
    item="D2",
    covers=("S-134",),
    unit=Unit.PERSON,
    amount="nursing_subsidy_amount",
    start=Start.MONTH_OF_APPLICATION,
    cite=BY_52,
    programme="nursing_subsidy",
    excludes=(Exclusion("tekun", BY_52),),
    ends_on=("death", "prison"),
    silent=SILENT,
    follows_hukou=True,
)
SERVICES = Benefit(
    code="disability_services",
    title="残疾人服务购买",
    item="",
    covers=("S-136",),
    unit=Unit.ORGANISATION,
    amount="",
    start=Start.MONTH_OF_DECISION,
    once=True,
    ends_on=(),
    cite="财政部令第102号 政府购买服务管理办法",
    programme="disability_services",
)
AID_RENTALS = Benefit(
    code="aid_rentals",
    title="辅具租赁补贴",
    item="",
    covers=("S-139",),
    unit=Unit.ORGANISATION,
    amount="",
    start=Start.MONTH_OF_DECISION,
    once=True,
    ends_on=(),
    cite="国发〔2016〕60号；各地社区租赁试点办法",
    programme="aid_rentals",
)
