"""The clock lamp: green, amber or red, always with words, because colour alone tells nothing to many people."""

from dataclasses import dataclass

# A clock warns when 80 % of its time is used (design §5).
WARNING_SHARE = 0.2


@dataclass(frozen=True)
class Lamp:
    """`tone` is ok, warn, bad or neutral; `text` says the same in words."""

    tone: str
    text: str
    icon: str


def lamp(
    remaining: int | None, limit: int | None = None, unit: str = "个工作日", *, paused: bool = False
) -> Lamp:
    """The lamp of a clock with `remaining` days of `limit` left; `None` remaining: no clock runs.

    Negative means overdue. Without a limit, only the last day warns.
    """
    if remaining is None:
        return Lamp("neutral", "不计时", "clock")
    if paused:
        return Lamp("neutral", f"计时暂停，还剩{remaining}{unit}", "clock-pause")
    if remaining < 0:
        return Lamp("bad", f"已超期{-remaining}{unit}", "alert-triangle")
    text = f"还剩{remaining}{unit}" if remaining else "今天到期"
    if remaining <= max(1, (limit or 0) * WARNING_SHARE):
        return Lamp("warn", text, "hourglass")
    return Lamp("ok", text, "clock")
