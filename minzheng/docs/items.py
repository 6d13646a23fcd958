"""docs/items/<code>.md: one page per service item, drawn from its declaration, so that it cannot be out of date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from minzheng.foundation.accounts.models import Role
from minzheng.foundation.forms import Group, Question
from minzheng.foundation.items import APPLICANT, SYSTEM, Clock, ServiceItem, Step, Track
from minzheng.foundation.items.diagram import mermaid
from minzheng.foundation.items.figures import figures
from minzheng.foundation.items.marks import MARKS
from minzheng.foundation.rules.deciding import default_counter


def page(item: ServiceItem) -> str:
    """The whole page of one item, in Chinese."""
    return (
        "\n".join([*_head(item), *_flow(item), *_clocks(item), *_rules(item), *_form(item), *_notices(item)])
        + "\n"
    )


def _head(item: ServiceItem) -> Iterator[str]:
    yield f"# {item.code} {item.title}\n"
    yield "<!-- 由 make docs 从事项声明生成，请不要手工修改 -->\n"
    yield f"{item.summary}\n"
    yield f"**依据**：{item.cite}  \n**声明**：`{item.origin.replace('.', '/')}.py`\n"


def _flow(item: ServiceItem) -> Iterator[str]:
    yield f"## 流程\n\n```mermaid\n{mermaid(item)}```\n"
    yield "|环节|谁办|能做什么|记录什么|\n|-|-|-|-|"
    for step in item.steps:
        moves = "<br>".join(move.title for move in step.moves)
        records = "<br>".join(dict.fromkeys(part.label for move in step.moves for part in move.record))
        yield f"|{step.title}|{_roles(step)}|{moves}|{records}|"
    yield ""


def _roles(step: Step) -> str:
    found = dict.fromkeys(role for move in step.moves for role in step.roles_of(move))
    return "、".join(_role(role) for role in found)


def _role(role: str) -> str:
    others = {APPLICANT: "申请人", SYSTEM: "系统"}
    return others[role] if role in others else Role(role).label


def _clocks(item: ServiceItem) -> Iterator[str]:
    yield f"## 时限\n\n`minzheng clocks {item.code} --accepted 2026-03-02` 给出每一个到期日。\n"
    yield "|时限|从|长度|程序|依据|\n|-|-|-|-|-|"
    for clock in item.clocks:
        yield f"|{clock.title}|{MARKS.get(clock.starts, clock.starts)}|{_length(clock)}|{_track(clock)}|{clock.cite}|"
    yield ""


def _length(clock: Clock) -> str:
    return f"{'满' if clock.earliest else ''}{clock.period(figures(dt.date.max))}"


def _track(clock: Clock) -> str:
    return Track(clock.track).label if clock.track else "全部"


def _rules(item: ServiceItem) -> Iterator[str]:
    book = default_counter().book
    law = book.law(book.periods[-1][0])
    wanted = [name for name in (*item.eligibility, item.amount) if name]
    yield "## 依据什么决定\n\n现行各条规则，按计算次序。写法见 [rules.md](../rules.md)，事实见 [facts.md](../facts.md)。\n"
    yield "|规则|含义|依据|\n|-|-|-|"
    for name in law.closure(wanted):
        yield f"|`{name}`|{law.label(name)}|{law.rules[name].cite}|"
    yield ""


def _form(item: ServiceItem) -> Iterator[str]:
    yield "## 申请时问什么\n"
    for section in item.form.sections:
        yield f"### {section.title}\n"
        for part in section.parts:
            yield from _part(part)
        yield ""
    if item.materials:
        yield "### 材料\n\n|材料|必须|为什么\n|-|-|-|"
        for material in item.materials:
            yield f"|{material.title}|{'是' if material.required else '视情况'}|{material.why}|"
        yield ""


def _part(part: Question | Group) -> Iterator[str]:
    if isinstance(part, Group):
        yield f"- {part.label}（可填多{part.row_name}）"
        for question in part.questions:
            yield f"  - {_question(question)}"
    else:
        yield f"- {_question(part)}"


def _question(question: Question) -> str:
    options = f"：{'、'.join(label for _, label in question.options)}" if question.options else ""
    return f"{question.label}{options}{'' if question.required else '（可不填）'}"


def _notices(item: ServiceItem) -> Iterator[str]:
    yield "## 文书\n\n|文书|公开|依据|\n|-|-|-|"
    for notice in item.notices:
        yield f"|{notice.title}|{'是' if notice.is_public else '否'}|{notice.cite}|"
