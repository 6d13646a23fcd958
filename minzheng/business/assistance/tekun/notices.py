"""Notices of A4. In public: name (masked), village, amount, and nothing of health, grade or obligors."""

from minzheng.foundation.items import NoticeKind
from minzheng.foundation.items.usual import notices

BY_43 = "民发〔2021〕43号"
POSTED = ("applicant", "item", "place", "amount_fen", "date")

NOTICES = (
    *notices("民特", BY_43),
    NoticeKind(
        key="publicity", title="特困人员认定公示", mark="民特公", cite=BY_43, shows=POSTED, is_public=True
    ),
    NoticeKind(
        key="end_publicity",
        title="终止救助供养公示",
        mark="民特终公",
        cite=BY_43,
        shows=POSTED,
        is_public=True,
    ),
)
