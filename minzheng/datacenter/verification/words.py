"""How a check concludes, in the words that an item's record offers; and how loud each state of a request is."""

SAME, DIFFERENT, MISSING = "与申报一致", "与申报不一致", "有项目未反馈"
CONCLUSIONS = (SAME, DIFFERENT, MISSING)

# by the value of models.RequestState
REQUEST_TONES = {
    "new": "info", "sent": "info", "waiting": "info", "answered": "ok", "partial": "warn", "failed": "bad",
    "unknown": "warn", "cancelled": "neutral",
}  # fmt: skip
