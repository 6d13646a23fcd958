"""Notices of A1: a public one shows the applicant, household size and amount, and nothing else (民发〔2021〕57号)."""

from minzheng.foundation.items import NoticeKind

BY_57 = "民发〔2021〕57号"
PERSONAL = ("applicant", "item", "number", "date", "place")

NOTICES = (
    NoticeKind(key="accepted", title="受理通知书", mark="民救受", cite=BY_57, shows=(*PERSONAL, "due")),
    NoticeKind(
        key="correction",
        title="一次性补正通知书",
        mark="民救补",
        cite=BY_57,
        shows=(*PERSONAL, "missing", "correct_by"),
    ),
    NoticeKind(
        key="not_accepted", title="不予受理通知书", mark="民救不受", cite=BY_57, shows=(*PERSONAL, "reasons")
    ),
    NoticeKind(
        key="publicity",
        title="最低生活保障公示",
        mark="民救公",
        cite=BY_57,
        shows=("applicant", "item", "place", "size", "amount_fen", "date"),
        is_public=True,
    ),
    NoticeKind(
        key="granted",
        title="最低生活保障确认告知书",
        mark="民救确",
        cite=BY_57,
        shows=(*PERSONAL, "size", "amount_fen", "review_due"),
    ),
    NoticeKind(
        key="refused",
        title="不予确认告知书",
        mark="民救不确",
        cite="民发〔2021〕57号；社会救助法 第四十五条",
        shows=(*PERSONAL, "reasons"),
    ),
    NoticeKind(
        key="changed",
        title="低保金调整告知书",
        mark="民救调",
        cite="社会救助法 第四十八条",
        shows=(*PERSONAL, "size", "was_fen", "amount_fen"),
    ),
    NoticeKind(
        key="stopped",
        title="停发告知书",
        mark="民救停",
        cite="社会救助法 第四十八条；民发〔2022〕83号",
        shows=(*PERSONAL, "reasons", "ends_on"),
    ),
)
