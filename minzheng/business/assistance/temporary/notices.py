"""Notices of temporary assistance. What is posted shows applicant, family size and amount, and nothing else."""

from minzheng.foundation.items import NoticeKind

BY = "国发〔2014〕47号；民发〔2018〕23号"
PERSONAL = ("applicant", "item", "number", "date", "place", "once")


def _kind(key: str, title: str, ending: str, *shows: str, is_public: bool = False) -> NoticeKind:
    common = ("applicant", "item", "place", "date", "once") if is_public else PERSONAL
    return NoticeKind(
        key=key, title=title, mark=f"民临{ending}", cite=BY, shows=(*common, *shows), is_public=is_public
    )


ALWAYS = (
    _kind("accepted", "受理通知书", "受", "due"),
    _kind("correction", "一次性补正通知书", "补", "missing", "correct_by"),
    _kind("not_accepted", "不予受理通知书", "不受", "reasons"),
    _kind("granted", "临时救助确认告知书", "确", "amount_fen"),
    _kind("refused", "不予救助告知书", "不确", "reasons"),
)
PUBLICITY = _kind("publicity", "临时救助公示", "公", "size", "amount_fen", is_public=True)
