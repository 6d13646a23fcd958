"""For whom a guardian receives money."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from minzheng.foundation.forms import Form, Question, Section
from minzheng.foundation.guardians.actions import confirm, end
from minzheng.foundation.guardians.models import Ground, Guardianship, State
from minzheng.foundation.people.named import ASKED, SEARCH, SEARCH_HINT, WHERE, WHO
from minzheng.foundation.registers import Column, Filter, Register, RowAction


def people_of(shown: Sequence[Guardianship]) -> Iterable[int]:
    return {one for row in shown for one in (row.person_id, row.guardian_id) if one is not None}


GUARDIANSHIPS = Register(
    code="guardianships",
    title="监护人代领",
    model=Guardianship,
    icon="users",
    unit="人",
    read="person.read",
    help="未成年人、没有行为能力的人，待遇发到监护人账户：凭证明登记，另一人确认后从下一批次起；满18周岁、监护人去世自动改回本人。",
    persons=people_of,
    columns=(
        *WHO,
        Column("guardian_name", "监护人", "name"),
        Column("relation", "与本人的关系"),
        Column("ground", "代领原因", "choice"),
        Column("state", "状态", "badge", tones={"entered": "warn", "confirmed": "ok", "ended": "neutral"}),
        Column("since", "开始", "date", sortable=True),
        Column("until", "结束", "date"),
        Column("proof", "监护证明", shown=False),
        Column("guardian_id_no", "监护人身份证号", "id_no", shown=False),
        Column("ended_for", "结束原因", shown=False),
    ),
    filters=(
        WHERE,
        Filter("state", "状态", "choice", options=tuple(State.choices)),
        Filter("ground", "代领原因", "choice", options=tuple(Ground.choices)),
    ),
    search=(*SEARCH,),
    search_hint=SEARCH_HINT,
    changeable=lambda one: one.state == State.ENTERED,
    form=Form(
        (
            Section("ward", "本人", ASKED),
            Section(
                "guardian",
                "监护人和证明",
                (
                    Question("guardian_name", "监护人姓名", "name"),
                    Question("guardian_id_no", "监护人身份证号", "id_no"),
                    Question("relation", "与本人的关系", max=30),
                    Question("ground", "代领原因", "choice", options=tuple(Ground.choices)),
                    Question("proof", "监护证明", hint="户口簿、判决书、居（村）委会指定文书的名称和文号。", max=120),
                    Question("since", "监护开始日期", "date", hint="可以是以后的日期：到那一天才改发到监护人账户。"),
                ),
            ),
        )
    ),
    actions=(
        RowAction(
            "confirm", "确认代领", confirm, "case.oversee", "从监护开始日期以后的下一批次起发到监护人账户。",
            is_open=lambda one: one.state == State.ENTERED, bulk=False, fresh=True,
        ),
        RowAction(
            "end", "结束代领", end, "register.write", "从下一批次起发到本人账户。",
            questions=(Question("ended_for", "结束原因", max=60),),
            is_open=lambda one: one.state == State.CONFIRMED, danger=True, fresh=True,
        ),
    ),
)  # fmt: skip
