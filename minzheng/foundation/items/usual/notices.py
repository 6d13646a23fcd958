"""The notices that a monthly benefit of one person needs; nobody is posted in public."""

from minzheng.foundation.items.item import NoticeKind

PERSONAL = ("applicant", "item", "number", "date", "place")


def notices(mark: str, cite: str) -> tuple[NoticeKind, ...]:
    """`mark` begins their numbers (民残 → 民残受, 民残补 …), `cite` is what they rest on."""

    def one(key: str, title: str, ending: str, *shows: str) -> NoticeKind:
        return NoticeKind(key=key, title=title, mark=mark + ending, cite=cite, shows=(*PERSONAL, *shows))

    return (
        one("accepted", "受理通知书", "受", "due"),
        one("correction", "一次性补正通知书", "补", "missing", "correct_by"),
        one("not_accepted", "不予受理通知书", "不受", "reasons"),
        one("granted", "确认告知书", "确", "amount_fen", "since_month"),
        one("refused", "不予确认告知书", "不确", "reasons"),
        one("changed", "调整告知书", "调", "was_fen", "amount_fen"),
        one("stopped", "停发告知书", "停", "reasons", "ends_on"),
    )
