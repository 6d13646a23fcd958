"""What a form asks, declared once and used by the portal, the desk, a case step's record and the API.

Form((
    Section("where", "住在哪里", (Question("address", "现在住在哪里？", "text"),)),
    Section("members", "家庭成员", (
        Group("members", "共同生活的家庭成员", (
            Question("name", "姓名", "name", page="这个人是谁？"),
            Question("id_no", "身份证号", "id_no", page="这个人是谁？", fills=("birth_date", "sex")),
        ), row="家庭成员", min=1),
    )),
))
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

KINDS = {
    "text", "long_text", "name", "id_no", "phone", "bank_account",
    "date", "month", "number", "money", "money_flow",
    "choice", "choices", "yes_no", "agree", "region", "file", "files",
}  # fmt: skip
Answers = Mapping[str, Any]
Check = Callable[[Answers], Iterable[tuple[str, str]]]


@dataclass(frozen=True)
class When:
    """A condition on another answer: of the same row first, else of the whole form."""

    key: str
    values: tuple[Any, ...]

    def holds(self, row: Answers, data: Answers) -> bool:
        answer = row.get(self.key, data.get(self.key))
        answers = answer if isinstance(answer, list) else [answer]
        return any(value in self.values for value in answers)


def when(key: str, *values: Any) -> When:
    """`show_if=when("has_vehicle", True)`: ask only if that answer is (or, for several choices, includes) a value."""
    return When(key, values)


@dataclass(frozen=True)
class Question:
    """One thing that is asked. Cleaned values are JSON: see forms/kinds.py for the shape of each kind."""

    key: str
    label: str
    kind: str = "text"
    required: bool = True
    hint: str = ""
    options: tuple[tuple[Any, str], ...] = ()  # (value, 中文) for choice and choices
    show_if: When | None = None
    page: str = ""  # neighbours that name the same page are asked together under this heading
    unit: str = ""  # shown after the box: 元, 平方米, 亩
    min: int | None = None  # number: as typed; money and money_flow: whole fen; text: characters
    max: int | None = None
    decimals: int = 0  # number only
    tense: str = (
        "any"  # date and month: "past" (today at the latest), "future" (today at the earliest), "any"
    )
    fills: tuple[str, str] | tuple[()] = ()  # id_no only: keys of the birth date and sex it must agree with
    level: int = 5  # region only: 5 a village or community, 4 a township, 3 a county
    keep_capture: bool = False  # file(s): keep the photo's time and place (a visit); else they are stripped

    @property
    def is_file(self) -> bool:
        return self.kind in {"file", "files"}

    def is_asked(self, row: Answers, data: Answers) -> bool:
        return self.show_if is None or self.show_if.holds(row, data)


@dataclass(frozen=True)
class Group:
    """Something asked again for each of several: members, vehicles, houses. Its value is a list of rows."""

    key: str
    label: str
    questions: tuple[Question, ...]
    row: str = ""  # what one of them is called: 家庭成员, 车辆
    row_title: str = ""  # the question whose answer names a row in lists; default: the first one
    min: int = 0
    max: int = 30
    hint: str = ""
    show_if: When | None = None

    def is_asked(self, row: Answers, data: Answers) -> bool:
        return self.show_if is None or self.show_if.holds(row, data)

    @property
    def row_name(self) -> str:
        return self.row or self.label

    @property
    def title_key(self) -> str:
        return self.row_title or self.questions[0].key


@dataclass(frozen=True)
class Section:
    """A task of the task list; its parts are asked in order."""

    key: str
    title: str
    parts: tuple[Question | Group, ...]
    hint: str = ""


@dataclass(frozen=True)
class Form:
    """All that an item or a step asks. Keys are unique in the whole form, and within each group."""

    sections: tuple[Section, ...]
    checks: tuple[Check, ...] = ()  # look at all cleaned answers; yield ("members.0.relation", "请…") pairs

    @property
    def parts(self) -> Iterator[Question | Group]:
        for section in self.sections:
            yield from section.parts

    @property
    def groups(self) -> dict[str, Group]:
        return {part.key: part for part in self.parts if isinstance(part, Group)}

    @property
    def questions(self) -> dict[str, Question]:
        """The single questions by key; those of groups are under `groups`."""
        return {part.key: part for part in self.parts if isinstance(part, Question)}

    def problems(self) -> Iterator[str]:
        """What is wrong with the declaration, each with its remedy."""
        keys = [part.key for part in self.parts]
        yield from _repeated(keys, "表单")
        known = set(keys)
        for part in self.parts:
            if isinstance(part, Group):
                row_keys = [question.key for question in part.questions]
                yield from _repeated(row_keys, f"分组 {part.key}")
                if part.title_key not in row_keys:
                    yield f"分组 {part.key} 的 row_title “{part.row_title}”不是它的问题，请改成其中一个。"
                for question in part.questions:
                    yield from _question_problems(question, known | set(row_keys))
                yield from _condition_problems(part, known)
            else:
                yield from _question_problems(part, known)


def pages_of(questions: Iterable[Question]) -> list[tuple[str, tuple[Question, ...]]]:
    """(heading, questions asked together), in order: one question a page unless neighbours share a `page`.

    A question that depends on another one starts a new page, so that it is asked only when it applies, also
    without scripts.
    """
    pages: list[tuple[str, list[Question]]] = []
    for question in questions:
        heading = question.page or question.label
        before = pages[-1][1] if pages and pages[-1][0] == heading else []
        depends = question.show_if is not None and question.show_if.key in {one.key for one in before}
        if before and not depends:
            before.append(question)
        else:
            pages.append((heading, [question]))
    return [(heading, tuple(together)) for heading, together in pages]


def _repeated(keys: list[str], where: str) -> Iterator[str]:
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield f"{where}里有两个“{key}”，请给其中一个换个 key。"


def _condition_problems(part: Question | Group, known: set[str]) -> Iterator[str]:
    if part.show_if is not None and part.show_if.key not in known:
        yield f"“{part.key}”的 show_if 提到没有的问题“{part.show_if.key}”，请改成同组或全表的 key。"


def _question_problems(question: Question, known: set[str]) -> Iterator[str]:
    if question.kind not in KINDS:
        yield f"“{question.key}”的 kind “{question.kind}”不认识，请用：{'、'.join(sorted(KINDS))}。"
    if question.kind in {"choice", "choices"} and not question.options:
        yield f"“{question.key}”是选择题，请给 options。"
    if question.tense not in {"any", "past", "future"}:
        yield f"“{question.key}”的 tense 只能是 any、past 或 future。"
    if missing := [key for key in question.fills if key not in known]:
        yield f"“{question.key}”的 fills 提到没有的问题“{'、'.join(missing)}”。"
    yield from _condition_problems(question, known)
