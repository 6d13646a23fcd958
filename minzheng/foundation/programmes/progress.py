"""How an undertaking goes on: started, gates and milestones, numbers and money, finished, accepted by another person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from minzheng.foundation.accounts.behind import refuse_same_person
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.documents.store import own_documents
from minzheng.foundation.events.bus import emit
from minzheng.foundation.programmes.access import PLAN, REPORT, VERIFY
from minzheng.foundation.programmes.models import Figure, ProblemState, State, StepDone, Undertaking


@action("programme.report", "填报行动进展", permission=REPORT)
def report_progress(
    access: Any,
    undertaking: Undertaking,
    *,
    progress: int,
    paid_fen: int | None = None,
    reached: Mapping[str, int] | None = None,
    note: str = "",
) -> None:
    """What is done so far: per cent, money paid in all (fen), numbers reached in all {target: number}."""
    lock(undertaking)
    _refuse_closed(undertaking)
    word = undertaking.declared
    if not 0 <= progress <= 100:
        raise Refused({"progress": "进度请填 0 至 100。"})
    if paid_fen is not None:
        if not word.has_funds:
            raise Refused({"paid_fen": "这项行动没有资金，不用填已支付。"})
        if not 0 <= paid_fen <= undertaking.funds_fen:
            raise Refused({"paid_fen": "已支付不能超过计划资金。计划增加的，请县级先修改项目的计划资金。"})
        undertaking.paid_fen = paid_fen
    undertaking.progress = progress
    undertaking.note = note.strip()[:300] or undertaking.note
    _begin(undertaking, access.today)
    undertaking.save()
    _keep_figures(undertaking, reached or {})


def _keep_figures(undertaking: Undertaking, reached: Mapping[str, int]) -> None:
    known = {one.code for one in undertaking.declared.figures}
    if strange := set(reached) - known:
        raise Refused(f"这项行动不填报 {'、'.join(sorted(strange))}，请刷新页面后再填。")
    for code, number in reached.items():
        if number < 0:
            raise Refused({code: "已完成数不能小于0，请核对。"})
        Figure.objects.update_or_create(undertaking=undertaking, target=code, defaults={"reached": number})


@action("programme.step", "登记行动节点", permission=REPORT)
def pass_step(
    access: Any, undertaking: Undertaking, *, step: str, done_on: dt.date, note: str = "", proofs: Sequence[int] = ()
) -> StepDone:  # fmt: skip
    """A gate or a milestone. Gates go in their order (“四同步”); a step that is there already is given back."""
    lock(undertaking)
    _refuse_closed(undertaking)
    word = undertaking.declared
    declared = word.step(step)
    if declared is None:
        raise Refused("没有这个节点，请刷新页面后重新选择。")
    passed = {one.step: one for one in undertaking.steps_done.all()}
    if step in passed:
        return passed[step]
    if done_on > access.today:
        raise Refused({"done_on": "日期还没有到，请填写实际完成的日期。"})
    gates = [one.code for one in word.gates]
    if step in gates:
        for before in word.gates[: gates.index(step)]:
            if before.code not in passed:
                raise Refused(f"“{before.title}”还没有过关，不能登记“{declared.title}”。请按顺序登记。")
    kept = own_documents(proofs, access.user)
    if declared.needs_proof and not kept:
        raise Refused({"proofs": f"请上传“{declared.title}”的证明，例如文件或现场照片。"})
    made = StepDone.objects.create(
        undertaking=undertaking, step=step, done_on=done_on, note=note.strip()[:200], made_by=access.user
    )
    made.proofs.set(kept)
    _begin(undertaking, done_on)
    undertaking.save()
    return made


@action("programme.finish", "报完成行动项目", permission=REPORT)
def report_done(access: Any, undertaking: Undertaking, *, proofs: Sequence[int] = (), note: str = "") -> None:
    """Finished, with the closing proof; from now on it waits for acceptance by another person."""
    lock(undertaking)
    if undertaking.state not in (State.PLANNED, State.STARTED):
        raise Refused(f"这个项目{undertaking.get_state_display()}，不用再报完成。请刷新页面查看。")
    word = undertaking.declared
    passed = set(undertaking.steps_done.values_list("step", flat=True))
    if waiting := [one.title for one in word.gates if one.code not in passed]:
        raise Refused(f"还没有过关：{'、'.join(waiting)}。请先登记这些环节。")
    if open_problems := undertaking.problems.exclude(state=ProblemState.VERIFIED).count():
        raise Refused(f"还有 {open_problems} 个问题没有销号，不能报完成。请先整改并复核。")
    kept = own_documents(proofs, access.user)
    if word.closing and not kept:
        raise Refused({"proofs": f"请上传完成证明：{word.closing}。"})
    _begin(undertaking, access.today)
    undertaking.state, undertaking.progress = State.REPORTED, 100
    undertaking.reported_by, undertaking.note = access.user, note.strip()[:300] or undertaking.note
    undertaking.save()
    undertaking.proofs.add(*kept)


@action("programme.accept", "验收行动项目", permission=VERIFY)
def accept(access: Any, undertaking: Undertaking) -> None:
    """The second pair of eyes: another person than the one who reported it done."""
    lock(undertaking)
    _refuse_unless_reported(undertaking)
    refuse_same_person(access, undertaking.reported_by, did="报完成", does="验收")
    undertaking.state, undertaking.accepted_by, undertaking.done_on = State.DONE, access.user, access.today
    undertaking.save()
    emit(
        "programme.done",
        programme=undertaking.programme,
        undertaking=undertaking.pk,
        region=undertaking.region_id,
    )


@action("programme.send_back", "退回行动项目", permission=VERIFY)
def send_back(access: Any, undertaking: Undertaking, *, reason: str) -> None:
    lock(undertaking)
    _refuse_unless_reported(undertaking)
    undertaking.state, undertaking.reported_by, undertaking.note = State.STARTED, None, stated(reason)
    undertaking.save()


@action("programme.stop", "中止行动项目", permission=PLAN)
def stop(access: Any, undertaking: Undertaking, *, reason: str) -> None:
    """It will not be done: it no longer counts as planned. The reason is kept."""
    lock(undertaking)
    _refuse_closed(undertaking)
    undertaking.state, undertaking.note = State.STOPPED, stated(reason)
    undertaking.save()


def lock(row: Any) -> None:
    """Its newest state, held until the end of the action."""
    row.refresh_from_db(from_queryset=type(row).objects.select_for_update())


def stated(reason: str) -> str:
    if not reason.strip():
        raise Refused({"reason": "请写明理由，例如“土地没有落实，转入明年”。"})
    return reason.strip()[:300]


def _begin(undertaking: Undertaking, on: dt.date) -> None:
    if undertaking.state == State.PLANNED:
        undertaking.state, undertaking.started_on = State.STARTED, undertaking.started_on or on


def _refuse_closed(undertaking: Undertaking) -> None:
    if undertaking.state not in (State.PLANNED, State.STARTED):
        raise Refused(f"这个项目{undertaking.get_state_display()}，不能再改。请刷新页面查看。")


def _refuse_unless_reported(undertaking: Undertaking) -> None:
    if undertaking.state != State.REPORTED:
        raise Refused(f"这个项目{undertaking.get_state_display()}，没有等待验收。请刷新页面查看。")
