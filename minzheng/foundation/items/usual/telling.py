"""Handing over a refusal in writing."""

from minzheng.foundation.forms import Question
from minzheng.foundation.items.steps import Move, Status, Step
from minzheng.foundation.items.usual.roles import CLERK, same


def telling(*also: str) -> Step:
    """The step after a refusal: the notice is delivered and that is noted. `also` are roles besides the clerk."""
    return Step(
        key="telling",
        title="送达不予确认告知书",
        status=Status.DECIDING,
        roles=(CLERK, *also),
        moves=(
            Move(
                key="deliver",
                title="登记送达",
                to="refused",
                record=(
                    Question("way", "送达方式", "choice", options=same("当面", "邮寄", "网上", "留置")),
                    Question("received_on", "送达日期", "date", tense="past"),
                ),
                marks=("told",),
            ),
        ),
        waits="结论是不予确认，告知书写明了理由和申请复议、诉讼的办法。",
    )
