"""What is wrong with an item's declaration: `manage.py check` shows each with its remedy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from minzheng.foundation.accounts.models import Role
from minzheng.foundation.facilities.words import FacilityKind
from minzheng.foundation.items.diagram import leads_of, reached_from
from minzheng.foundation.items.figures import figures
from minzheng.foundation.items.item import APPLICANT, SYSTEM, ServiceItem, Track
from minzheng.foundation.items.marks import MARKS
from minzheng.foundation.items.steps import APPLICANT_DIED, Move, Step
from minzheng.foundation.registry.words import finds_problems, shelf
from minzheng.foundation.rules import default_counter
from minzheng.foundation.rules.book import RuleBook
from minzheng.foundation.rules.grammar import Over
from minzheng.foundation.rules.kinds import read_date

OBLIGORS = "obligors"  # the form's group whose rows stand beside the applicant in the rules (cases/facts.py)


@finds_problems(ServiceItem)
def problems_of(item: ServiceItem) -> Iterator[str]:
    if not item.cite:
        yield "没有写 cite，请写明设立这个事项的法规文件和条款。"
    if not item.steps:
        yield "没有 steps，请至少写“填写申请”和一个办结步骤。"
        return
    yield from item.form.problems()
    if item.members and item.members not in item.form.groups:
        yield f"members 指向的分组“{item.members}”不在表单里，请改成家庭成员分组的 key，或写成空。"
    yield from _of_organisations(item)
    yield from _repeated("步骤", (step.key for step in item.steps))
    yield from _repeated("时限", (clock.key for clock in item.clocks))
    yield from _ways(item)
    for step in item.steps:
        for move in step.moves:
            for text in (*_names(item, step, move), *move.form.problems()):
                yield f"步骤 {step.key} 的操作 {move.key}：{text}"
    yield from _clocks(item)
    yield from _rules(item)


def _of_organisations(item: ServiceItem) -> Iterator[str]:
    if item.about and not item.for_organisations:
        yield "写了 about 却不是单位申请的事项，请写上 for_organisations=True，或删去 about。"
    if item.about and item.about not in shelf(FacilityKind):
        yield f"about 指向的设施种类“{item.about}”不存在，请改成 facilities.py 里的代码。"
    if item.for_organisations and (item.members or item.eligibility or item.amount or item.benefit):
        yield '单位申请的事项没有家庭成员，也不按个人的规则认定，请写 members="" 并删去 eligibility、amount、benefit。'


def _ways(item: ServiceItem) -> Iterator[str]:
    keys = {step.key for step in item.steps}
    leads: dict[str, set[str]] = {step.key: set() for step in item.steps}
    for step, move in item.all_moves:
        leads[step.key] |= leads_of(move)
    for here, there in leads.items():
        if unknown := there - keys:
            yield f"步骤 {here} 通往没有声明的步骤 {'、'.join(sorted(unknown))}，请改正 to 或补上步骤。"
    if unreached := keys - {APPLICANT_DIED.key} - reached_from({item.first_step.key}, leads):
        yield f"没有任何操作能走到步骤 {'、'.join(sorted(unreached))}，请补上操作或删去步骤。"
    backwards: dict[str, set[str]] = {key: {a for a in leads if key in leads[a]} for key in keys}
    finals = {step.key for step in item.steps if step.status.is_final}
    if not finals:
        yield "没有办结的步骤，请至少有一个步骤的 status 是 REFUSED、CLOSED 或 ENDED。"
    elif stuck := keys - reached_from(finals, backwards):
        yield f"步骤 {'、'.join(sorted(stuck))} 永远走不到办结，请补上出路。"
    for step in item.steps:
        if step.status.is_final and step.moves:
            yield f"步骤 {step.key} 已办结，不能再有操作。"


def _names(item: ServiceItem, step: Step, move: Move) -> Iterator[str]:
    roles = step.roles_of(move)
    if not roles:
        yield "没有角色，请在步骤或操作上写 roles。"
    if unknown := set(roles) - {*Role.values, APPLICANT, SYSTEM}:
        yield f"角色 {'、'.join(sorted(unknown))} 不存在，请用：{'、'.join([*Role.values, APPLICANT, SYSTEM])}。"
    if unknown := set(move.marks) - set(MARKS):
        yield f"marks 里的 {'、'.join(sorted(unknown))} 不存在，请用 items/marks.py 中的词。"
    here, anywhere = {one.key for one in step.moves}, {one.key for _, one in item.all_moves}
    if unknown := set(move.needs) - here:
        yield f"needs 里的 {'、'.join(sorted(unknown))} 不是这一步的操作。"
    if unknown := {*move.needs_once, *move.four_eyes_with} - anywhere:
        yield f"needs_once 或 four_eyes_with 里的 {'、'.join(sorted(unknown))} 不是本事项的操作。"
    if unknown := set(move.notices) - {notice.key for notice in item.notices}:
        yield f"notices 里的 {'、'.join(sorted(unknown))} 没有声明文书。"
    if unknown := {track for track, _ in move.routes} - set(Track):
        yield f"routes 里的 {'、'.join(sorted(unknown))} 不是程序类别，请用：{'、'.join(Track)}。"


def _rules(item: ServiceItem) -> Iterator[str]:
    book = default_counter().book
    known = {rule.name for rule in book.rules}
    asked = [*item.eligibility, *([item.amount] if item.amount else []), *item.reasons]
    for name in asked:
        if name not in known:
            yield f"规则 {name} 不存在，请改成 rules*.py 中的规则名。"
    if item.is_personal and OBLIGORS not in item.form.groups:
        yield from _personal_rules(book, [name for name in asked if name in known])
    for name in (item.delegation, item.delegated_up_to):
        if name and name not in book.standards:
            yield f"参数 {name} 不存在，请在 standards/ 中声明。"


def _personal_rules(book: RuleBook, asked: list[str]) -> Iterator[str]:
    """A personal item sees one person's facts, so its rules may not add up a family's."""
    law = book.law(read_date(dt.date.max))
    for name in law.closure(tuple(name for name in asked if name in law.rules)):
        rule = law.rules[name]
        if any(isinstance(read, Over) for read in rule.args.values()):
            yield f"事项只关系申请人本人，规则 {name} 却汇总全家，请改用成员规则，或在 members 写明家庭成员分组。"
    for name in asked:
        if name in law.rules and law.rules[name].entity != "person":
            yield f"事项只关系申请人本人，规则 {name} 却是家庭的规则，请改用 @person 规则。"


def _clocks(item: ServiceItem) -> Iterator[str]:
    made = {mark for _, move in item.all_moves for mark in move.marks}
    keys = {step.key for step in item.steps}
    standards = default_counter().book.standards
    for clock in item.clocks:
        if not clock.cite:
            yield f"时限 {clock.key} 没有写 cite，请写明规定它的文件和条款。"
        if clock.starts not in made:
            yield f"时限 {clock.key} 从“{clock.starts}”起算，但没有操作带这个 mark。"
        if unknown := set(clock.stops) - made:
            yield f"时限 {clock.key} 到“{'、'.join(sorted(unknown))}”为止，但没有操作带这个 mark。"
        if unknown := set(clock.pauses) - keys:
            yield f"时限 {clock.key} 在步骤 {'、'.join(sorted(unknown))} 暂停，但没有这个步骤。"
        if clock.after and clock.after not in [one.key for one in item.clocks[: item.clocks.index(clock)]]:
            yield f"时限 {clock.key} 接在“{clock.after}”之后，但它前面没有这个时限，请改正 after 或调换次序。"
        if clock.length not in standards:
            yield f"时限 {clock.key} 的长度 {clock.length} 不是标准，请在 standards/ 中声明并注明依据。"
        elif clock.promise is not None and clock.promise > figures(dt.date.max)(clock.length):
            yield f"时限 {clock.key} 的承诺时限比法定的长，请改短。"


def _repeated(what: str, keys: Iterable[str]) -> Iterator[str]:
    listed = list(keys)
    for key in sorted({key for key in listed if listed.count(key) > 1}):
        yield f"有两个{what}叫“{key}”，请给其中一个换个 key。"
