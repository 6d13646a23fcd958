"""What can be done with an undertaking and with a problem, in the order of the work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from minzheng.foundation.forms import Question, when
from minzheng.foundation.programmes import checking, loop, progress
from minzheng.foundation.programmes.access import PLAN, REPORT, VERIFY
from minzheng.foundation.programmes.models import (
    Answer,
    Problem,
    ProblemLevel,
    ProblemState,
    State,
    Undertaking,
)
from minzheng.online.ui.deeds import Deed

Answers = Mapping[str, Any]
PHOTO_HINT = "手机拍的照片会自动变小，照片里自带的位置不会留下。"
REASON = (Question("reason", "理由", "long_text", min=2, max=200),)
UNDER_WAY = (State.PLANNED, State.STARTED)


def _progress_questions(row: Undertaking) -> list[Question]:
    word = row.declared
    asked = [Question("progress", "进度", "number", unit="%", min=0, max=100)]
    asked += [
        Question(f"n_{one.code}", f"{one.title}（到现在为止共完成）", "money" if one.is_money else "number",
                 unit="" if one.is_money else one.unit, min=0, required=False)
        for one in word.figures
    ]  # fmt: skip
    if word.has_funds:
        asked.append(Question("paid_fen", "到现在为止共支付", "money", min=0, required=False))
    return [*asked, Question("note", "说明", "long_text", required=False, max=300)]


def _report(access: Any, row: Undertaking, given: Answers) -> None:
    progress.report_progress(
        access,
        row,
        progress=given["progress"],
        paid_fen=given.get("paid_fen"),
        reached={
            key[2:]: value for key, value in given.items() if key.startswith("n_") and value is not None
        },
        note=given.get("note") or "",
    )


def waiting_steps(row: Undertaking) -> list[tuple[str, str]]:
    passed = set(row.steps_done.values_list("step", flat=True))
    return [(one.code, one.title) for one in row.declared.steps if one.code not in passed]


def _step_questions(row: Undertaking) -> list[Question]:
    return [
        Question("step", "哪个环节？", "choice", options=tuple(waiting_steps(row))),
        Question("done_on", "哪天完成的？", "date", tense="past"),
        Question("proofs", "证明", "files", required=False, hint="文件或现场照片；要求证明的环节必须上传。"),
        Question("note", "说明", "text", required=False, max=200),
    ]


def _step(access: Any, row: Undertaking, given: Answers) -> None:
    progress.pass_step(
        access,
        row,
        step=given["step"],
        done_on=dt.date.fromisoformat(given["done_on"]),
        note=given.get("note") or "",
        proofs=given.get("proofs") or (),
    )


def _check_questions(row: Undertaking) -> list[Question]:
    asked: list[Question] = []
    for one in row.declared.points:
        key = f"p_{one.code}"
        hint = "，".join(
            filter(None, (one.group, one.cite, "不符合的算重大问题" if one.level == "major" else ""))
        )
        asked.append(Question(key, one.title, "choice", hint=hint, options=tuple(Answer.choices)))
        asked.append(Question(f"w_{one.code}", "哪里不符合？", "text", show_if=when(key, "fails"), max=200))
    return [*asked, Question("photos", "不符合处的照片", "files", required=False, hint=PHOTO_HINT)]


def _check(access: Any, row: Undertaking, given: Answers) -> None:
    photos = given.get("photos") or ()
    looks = {
        one.code: checking.Look(given[f"p_{one.code}"], given.get(f"w_{one.code}") or "", photos)
        for one in row.declared.points
        if given.get(f"p_{one.code}")
    }
    checking.record_checks(access, row, looks)


def _problem_questions(row: Undertaking) -> list[Question]:
    asked = [
        Question("title", "看到了什么问题？", "long_text", min=2, max=200),
        Question(
            "level",
            "等级",
            "choice",
            options=tuple(ProblemLevel.choices),
            hint="可能造成人员伤亡的是重大问题，当日报县级。",
        ),
        Question("photos", "现场照片", "files", hint=PHOTO_HINT),
    ]
    points = tuple((one.code, one.title) for one in row.declared.points)
    if points:
        asked.insert(1, Question("point", "是检查清单的哪一项？", "choice", options=points, required=False))
    return asked


def _problem(access: Any, row: Undertaking, given: Answers) -> None:
    loop.find_problem(
        access,
        row,
        loop.ProblemDraft(
            title=given["title"],
            level=given["level"],
            point=given.get("point") or "",
            photos=given.get("photos") or (),
        ),
    )


def _finish_questions(row: Undertaking) -> list[Question]:
    closing = row.declared.closing
    return [
        Question("proofs", closing or "完成证明", "files", required=bool(closing), hint=PHOTO_HINT),
        Question("note", "说明", "long_text", required=False, max=300),
    ]


UNDERTAKING = (
    Deed("progress", "填报进展", REPORT, _report, lambda row: row.state in UNDER_WAY, _progress_questions,
         done="进展已登记。", icon="chart-bar"),
    Deed("step", "登记环节", REPORT, _step, lambda row: row.state in UNDER_WAY and bool(waiting_steps(row)),
         _step_questions, done="环节已登记。", icon="checklist"),
    Deed("check", "检查", REPORT, _check, lambda row: row.state != State.STOPPED and bool(row.declared.points),
         _check_questions, lead="逐项检查；不符合的自动登记为问题。", done="检查结果已登记。", icon="search"),
    Deed("problem", "登记问题", REPORT, _problem, lambda row: row.state != State.STOPPED, _problem_questions,
         done="问题已登记。", icon="alert-triangle"),
    Deed("finish", "报完成", REPORT, lambda a, row, g: progress.report_done(a, row, proofs=g.get("proofs") or (), note=g.get("note") or ""),
         lambda row: row.state in UNDER_WAY, _finish_questions, lead="报完成以后由另一位同志验收。", done="已报完成，等待验收。", icon="circle-check"),
    Deed("accept", "验收通过", VERIFY, lambda a, row, g: progress.accept(a, row), lambda row: row.state == State.REPORTED,
         lead="确认已经完成；报完成的人不能自己验收。", done="已验收，项目完成。", icon="circle-check"),
    Deed("back", "退回", VERIFY, lambda a, row, g: progress.send_back(a, row, reason=g["reason"]),
         lambda row: row.state == State.REPORTED, lambda row: REASON, done="已退回继续实施。", icon="arrow-back-up"),
    Deed("stop", "中止", PLAN, lambda a, row, g: progress.stop(a, row, reason=g["reason"]),
         lambda row: row.state in UNDER_WAY, lambda row: REASON, lead="不再实施，不计入计划。", done="项目已中止。", danger=True, icon="x"),
)  # fmt: skip


def _assign_questions(row: Problem) -> list[Question]:
    most = loop.days_for(row, dt.date.today())
    return [
        Question("measure", "要求怎么改？", "long_text", required=False, max=200),
        Question("days", "限几天改好？", "number", unit="天", min=1, max=most, required=False,
                 hint=f"{row.get_level_display()}问题最多 {most} 天；不填就是 {most} 天。"),
    ]  # fmt: skip


FIX = (
    Question("note", "怎么改的？", "long_text", min=2, max=500),
    Question("photos", "改好以后的照片", "files", hint=PHOTO_HINT),
)
SAID = Question("said", "复核意见", "long_text", required=False, max=200)

PROBLEM = (
    Deed("assign", "交办", VERIFY, lambda a, row, g: loop.assign_problem(a, row, measure=g.get("measure") or "", days=g.get("days")),
         lambda row: row.state == ProblemState.FOUND, _assign_questions, done="已交办，整改任务已派发。", icon="send"),
    Deed("fix", "登记整改", REPORT, lambda a, row, g: loop.fix_problem(a, row, note=g["note"], photos=g.get("photos") or ()),
         lambda row: row.state == ProblemState.ASSIGNED, lambda row: FIX, lead="改好以后由另一位同志复核。", done="整改已登记，等待复核。", icon="check"),
    Deed("pass", "复核通过", VERIFY, lambda a, row, g: loop.verify_problem(a, row, passed=True, said=g.get("said") or ""),
         lambda row: row.state == ProblemState.FIXED, lambda row: (SAID,), lead="确实改好了；登记整改的人不能自己复核。", done="已销号。", icon="circle-check"),
    Deed("fail", "退回重改", VERIFY, lambda a, row, g: loop.verify_problem(a, row, passed=False, said=g["reason"]),
         lambda row: row.state == ProblemState.FIXED, lambda row: REASON, done="已退回，重新交办。", icon="arrow-back-up"),
)  # fmt: skip
