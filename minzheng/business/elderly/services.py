"""The catalogue of services for old people (基本养老服务清单, S-077); prices are the county's standards."""

from minzheng.business.elderly.daycare.subsidy import due as days_due
from minzheng.business.elderly.homecare.beds import due as beds_due
from minzheng.business.elderly.renovation.works import due as works_due
from minzheng.business.elderly.renovation.works import settled as works_settled
from minzheng.foundation.services.words import Charge, Need, ServiceKind

BENEFIT = "elder_services"


def _kind(code: str, title: str, icon: str, need: Need, help: str, **more: object) -> ServiceKind:
    usual = {"accept_within": "service_accept_minutes", "done_within": "service_done_minutes"}
    return ServiceKind(
        code=code, title=title, icon=icon, need=need, price=f"service_price_{code}", benefit=BENEFIT, help=help,
        covers=("S-077",), **{**usual, **more},  # type: ignore[arg-type]
    )  # fmt: skip


KINDS = (
    _kind("meal", "助餐", "soup", Need.LIVING, "送餐上门或到助餐点就餐。"),
    _kind("bath", "助浴", "bath", Need.CARE, "上门助浴或到站点助浴，须两人在场。"),
    _kind("clean", "助洁", "wash", Need.LIVING, "居室保洁、洗衣。"),
    _kind(
        "urgent", "助急", "urgent", Need.CARE, "跌倒、走失、突发疾病等紧急上门。", is_urgent=True,
        accept_within="service_urgent_accept_minutes", done_within="service_urgent_done_minutes",
    ),
    _kind("medical", "助医", "stethoscope", Need.CARE, "陪同就医、取药。"),
    _kind("visit", "探访", "home-heart", Need.SOCIAL, "上门看望、陪聊、安全检查。"),
    _kind("respite", "喘息服务", "moon", Need.CARE, "替家庭照护者照看一段时间。"),
    _kind("counsel", "心理慰藉", "mood-smile", Need.PSYCHOLOGY, "倾听、疏导、危机干预。"),
    _kind("rehab", "康复护理", "activity", Need.ABILITY, "康复训练、辅具指导。"),
    _kind("care", "生活照护", "heart-handshake", Need.CARE, "起居、如厕、翻身、喂食等照护。"),
)  # fmt: skip

CARE_BEDS = Charge(
    code="care_beds",
    title="家庭养老床位补贴",
    due=beds_due,
    cite="各地家庭养老床位管理办法",
    covers=("S-092",),
)
RENOVATIONS = Charge(
    code="renovations",
    title="适老化改造费用",
    due=works_due,
    settled=works_settled,
    cite="民发〔2020〕86号",
    covers=("S-106",),
)
DAY_CARE = Charge(
    code="day_care",
    title="日间照料中心运营补贴",
    due=days_due,
    cite="各地社区日间照料中心运营补贴办法",
    covers=("S-096",),
)
