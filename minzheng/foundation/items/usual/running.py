"""What was confirmed runs until somebody gives it up, or until the program sees that it is over."""

from minzheng.foundation.items.item import APPLICANT, SYSTEM
from minzheng.foundation.items.steps import Move, Status, Step
from minzheng.foundation.items.usual.roles import CLERK, REASON


def running(title: str, *, stop: str, close: str, waits: str) -> Step:
    """`stop` is the applicant's or the clerk's word for giving it up, `close` the program's; both lead to "ended"."""
    return Step(
        key="active",
        title=title,
        status=Status.ACTIVE,
        roles=(CLERK,),
        moves=(
            Move(
                key="stop",
                title=stop,
                to="ended",
                roles=(APPLICANT, CLERK),
                record=(REASON,),
                marks=("ended",),
                careful=True,
            ),
            Move(key="close", title=close, to="ended", roles=(SYSTEM,), record=(REASON,), marks=("ended",)),
        ),
        waits=waits,
        is_task=False,
    )
