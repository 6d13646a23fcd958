"""When a family may come (J1)."""

from minzheng.foundation.booking.words import Bookable

ADOPTION = Bookable(
    code="adoption",
    title="收养登记",
    summary="收养人、送养人和八周岁以上的孩子一起到场。第一次来只受理，公告、评估以后再来领证。不收费。",
    icon="home-heart",
    covers=("S-130",),
    persons=1,
    permission="adoption.read",
    cite="中国公民收养子女登记办法（2023修订）",
    bring=(
        "收养人的户口簿和居民身份证、结婚证",
        "县级以上医疗机构的身体检查报告",
        "子女情况声明",
        "送养人的证件和证明",
    ),
)
