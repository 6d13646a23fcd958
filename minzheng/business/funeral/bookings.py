"""Visits to graves around Qingming, by time slots (S-158)."""

from minzheng.foundation.booking.words import Bookable

VISIT = Bookable(
    code="grave_visit",
    title="清明祭扫",
    summary="到公墓、骨灰堂祭扫，先选时段，错峰少等。也可以在网上祭扫。",
    icon="flower",
    covers=("S-158",),
    permission="funeral.write",
    cite="民政部清明节祭扫工作通知（各年）",
    bring=("预约码", "鲜花等文明祭扫用品；不带香烛纸钱进林区"),
    peaks=("qingming_day",),
    peak_percent="qingming_percent",
    ahead="visit_ahead_days",
)
