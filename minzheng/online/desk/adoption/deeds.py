"""What can be done with an application, an evaluation, a registration, a dissolution, an unsealing; in the usual order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minzheng.business.adoption import accepting, archive, dissolving, evaluating, registering, searching
from minzheng.business.adoption.models import Adoption, Application, Claim, Dissolution, Evaluation, Unsealing
from minzheng.foundation.actions import Refused
from minzheng.foundation.forms import Question
from minzheng.online.desk.adoption import questions as ask
from minzheng.online.desk.adoption.parts import EVALUATE, UNSEAL, WRITE, evaluators_for, known_person
from minzheng.online.ui.deeds import Deed

Given = Mapping[str, Any]


def _notice(application: Application) -> Any:
    return getattr(application, "notice", None)


def _open_claim(application: Application) -> Claim | None:
    notice = _notice(application)
    return notice.claims.filter(settled_on=None).first() if notice is not None else None


def _may_evaluate(one: Application) -> bool:
    return one.is_open and one.needs_evaluation and getattr(one, "evaluation", None) is None


def _team(one: Application) -> tuple[Question, ...]:
    users = evaluators_for(one.region_id, one.accepted_on)
    return (
        Question(
            "team", "评估小组", "choices", options=tuple((str(user.pk), str(user)) for user in users),
            hint="两人以上，与这个家庭没有利害关系。参加评估的人不能办理登记。",
        ),
    )  # fmt: skip


def _start(access: Any, one: Application, given: Given) -> Any:
    wanted = {int(key) for key in given["team"]}
    return evaluating.start_evaluation(
        access, one, [user for user in evaluators_for(one.region_id, access.today) if user.pk in wanted]
    )


def _settle(access: Any, one: Application, given: Given) -> Any:
    claim = _open_claim(one)
    if claim is None:
        raise Refused("没有等待查明的认领，请刷新页面核对。")
    return searching.settle_claim(access, claim, is_upheld=given["upheld"] != "不是", proof=given["proof"])


APPLICATION = (
    Deed(
        "publish", "发布寻亲公告", WRITE, lambda access, one, given: searching.publish(access, one, **given),
        is_open=lambda one: one.is_open and one.needs_notice and _notice(one) is None, questions=lambda one: ask.PUBLISH,
        done="已登记公告，期满的次日起可以登记。", icon="file-search",
    ),
    Deed(
        "settle", "查明认领", WRITE, _settle, is_open=lambda one: one.is_open and _open_claim(one) is not None,
        questions=lambda one: ask.SETTLE, done="已登记查明的结果。", icon="user-search",
    ),
    Deed(
        "find-out", "登记查明的情况", WRITE, lambda access, one, given: accepting.find_out(access, one, ask.told(given)),
        is_open=lambda one: one.is_open, questions=ask.find_out, done="已登记。", icon="checklist",
    ),
    Deed(
        "evaluate", "组织收养评估", WRITE, _start, is_open=_may_evaluate, questions=_team, icon="users",
        done="已组织评估，请评估员登记融合开始的日期。",
    ),
    Deed(
        "register", "予以登记", WRITE, lambda access, one, given: registering.register(access, one),
        is_open=lambda one: one.is_open, lead="登记当天收养关系成立，发收养登记证，档案随即密封。",
        done="已登记。请当场打印收养登记证。", icon="certificate",
    ),
    Deed(
        "claim", "登记认领", WRITE, lambda access, one, given: searching.record_claim(access, one, **given),
        is_open=lambda one: one.is_open and _notice(one) is not None and _open_claim(one) is None,
        questions=lambda one: ask.CLAIM, done="已登记认领，查明以前不能登记收养。", icon="user-search",
    ),
    Deed(
        "refuse", "不予登记", WRITE, lambda access, one, given: accepting.refuse(access, one), danger=True,
        is_open=lambda one: one.is_open, lead="按查明的情况逐条写明理由，告知申请人。", done="已作出不予登记的决定。",
    ),
    Deed(
        "withdraw", "申请人撤回", WRITE, lambda access, one, given: accepting.withdraw(access, one, **given), danger=True,
        is_open=lambda one: one.is_open, questions=lambda one: ask.REASON, done="已撤回。",
    ),
)  # fmt: skip


def _on_the_team(one: Evaluation, access: Any) -> bool:
    return one.evaluators.filter(user=access.user).exists()


def _has_to_score(one: Evaluation, access: Any) -> bool:
    return one.evaluators.filter(user=access.user, scored_on=None).exists()


def _score(access: Any, one: Evaluation, given: Given) -> Any:
    points = {code: int(given[code]) for code in evaluating.version_of(one).items}
    return evaluating.score(
        access, one, points, pledged=bool(given["pledged"]), is_clear=given["clear"] == "都没有发现问题",
        visited_on=given["visited_on"], opinion=given["opinion"],
    )  # fmt: skip


def _visit(access: Any, one: Evaluation, given: Given) -> Any:
    return evaluating.visit(
        access, one, on=given["on"], is_well=given["well"] == "良好", finding=given["finding"]
    )


EVALUATION = (
    Deed(
        "bonding", "登记融合开始", EVALUATE, lambda access, one, given: evaluating.start_bonding(access, one, **given),
        is_open=lambda one: one.is_running and one.bonding_from is None, mine=_on_the_team,
        questions=lambda one: ask.BONDING, done="已登记，期满后评分。", icon="home-heart",
    ),
    Deed(
        "visit", "登记融合期走访", EVALUATE, _visit, is_open=lambda one: one.is_running and one.bonding_from is not None,
        mine=_on_the_team, questions=lambda one: ask.VISIT, done="已登记走访。", icon="route",
    ),
    Deed(
        "score", "评分", EVALUATE, _score, is_open=lambda one: one.is_running and one.bonding_from is not None,
        mine=_has_to_score, questions=ask.scoring, lead="各人独立评分，提交以后不能再改。", done="已评分。", icon="award",
    ),
    Deed(
        "report", "出具评估报告", EVALUATE, lambda access, one, given: evaluating.report(access, one, **given),
        is_open=lambda one: one.is_running and one.bonding_from is not None, mine=_on_the_team,
        questions=lambda one: ask.REPORT, done="已出具报告，登记机关可以看到结论。", icon="file-text",
    ),
)  # fmt: skip


def _reissue(access: Any, one: Adoption, given: Given) -> Any:
    party = known_person(given)
    if party is None:
        raise Refused({"id_no": "没有找到姓名和号码都相符的当事人，请核对身份证。"})
    return registering.reissue(access, one, party, reason=given["reason"])


def _ask(access: Any, one: Adoption, given: Given) -> Any:
    wanted = Unsealing(
        adoption=one, region_id=one.region_id, asker=given["asker"], asker_name=given.get("unit") or "",
        letter_no=given.get("letter_no") or "", purpose=given["purpose"], with_origin=bool(given["with_origin"]),
    )  # fmt: skip
    return archive.ask_to_unseal(access, wanted, known_person(given))


def _stands(one: Adoption) -> bool:
    return one.standing == "valid"


ADOPTION = (
    Deed(
        "unseal", "申请查阅档案", WRITE, _ask, questions=lambda one: ask.UNSEAL, icon="shield-lock",
        lead="由另一位工作人员核准以后，几日内可以打开。", done="已申请，请另一位工作人员核准。",
    ),
    Deed(
        "reissue", "补领收养登记证", WRITE, _reissue, is_open=_stands, questions=lambda one: ask.REISSUE,
        lead="当事人本人到场。原证当场作废。", done="已补领，请当场打印。", icon="certificate",
    ),
    Deed(
        "dissolve", "受理解除收养", WRITE, lambda access, one, given: dissolving.accept_dissolution(access, one, **given),
        is_open=_stands, questions=lambda one: ask.AGREEMENT, done="已受理，请在期限内审查。", icon="file-text",
    ),
    Deed(
        "cancel", "撤销收养登记", WRITE, lambda access, one, given: registering.cancel(access, one, **given),
        is_open=_stands, questions=lambda one: ask.CANCEL, danger=True,
        lead="弄虚作假骗取登记的才撤销：收养关系自始无效，证书注销，停发的待遇恢复。由登记员以外的人办理。", done="已撤销。",
    ),
)  # fmt: skip
DISSOLUTION = (
    Deed(
        "register", "登记解除", WRITE, lambda access, one, given: dissolving.dissolve(access, one, ask.told(given)),
        is_open=lambda one: one.step == Dissolution.Step.OPEN, questions=lambda one: ask.DISSOLVE,
        done="已解除，收养登记证同时注销。请打印解除收养关系证明。", icon="check",
    ),
    Deed(
        "refuse", "不予登记", WRITE, lambda access, one, given: dissolving.refuse_dissolution(access, one, ask.told(given)),
        is_open=lambda one: one.step == Dissolution.Step.OPEN, questions=lambda one: ask.DISSOLVE, danger=True,
        lead="有查实的法律障碍才能不予登记；理由逐条写进告知书，告知可以复议、起诉。", done="已作出不予登记的决定。请当场打印告知书，请各方签收。",
    ),
)  # fmt: skip
UNSEALING = (
    Deed(
        "allow", "核准打开", UNSEAL, lambda access, one, given: archive.allow(access, one), is_open=lambda one: one.is_waiting,
        lead="核对查询人、用途和公函，属实的才核准。", done="已核准，经办人几日内可以打开。", icon="shield-lock",
    ),
    Deed(
        "keep", "不予打开", UNSEAL, lambda access, one, given: archive.keep_sealed(access, one, **given),
        is_open=lambda one: one.is_waiting, questions=lambda one: ask.REASON, danger=True, done="已告知不予打开。",
    ),
)  # fmt: skip
