"""异议: an item of the report is said to be wrong; its source is asked anew about that person; both answers are kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from minzheng.datacenter.verification.jobs import ask_soon
from minzheng.datacenter.verification.models import Answer, Check, CheckObjection, Request
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.calendar import Period, Unit, period_end
from minzheng.foundation.cases.papers import refuse_foreign
from minzheng.foundation.cases.parameters import parameter
from minzheng.foundation.documents.models import Document
from minzheng.foundation.exchange.words import Source
from minzheng.foundation.registry.words import shelf


def may_object(access: Access, answer: Answer) -> bool:
    """The person, whoever signed for them, or an officer who takes applications or checks there."""
    person = access.user.person_id if access.user is not None else None
    subject = answer.check_of.subjects.select_related("authorisation").get(person=answer.person_id)
    own = person is not None and person in {answer.person_id, subject.authorisation.signed_by_id}
    region = answer.check_of.region_id
    return own or access.may("case.open", region) or access.may("check.run", region)


@action(
    "check.object",
    "提出核对异议",
    region=lambda answer: answer.check_of.region_id,
    persons=lambda answer: [answer.person_id],
)
def object_to(
    access: Access, answer: Answer, field: str, statement: str, documents: Iterable[Document] = ()
) -> CheckObjection:
    """Say what is wrong, with papers if there are any. The source is asked again at once."""
    source: Source = shelf(Source).get(answer.source)
    if not may_object(access, answer):
        raise Refused("只有本人、代签授权的监护人可以提出异议，也可以到乡镇（街道）窗口提出。")
    if field not in source.keys or not answer.is_current:
        raise Refused("这一项已有新的反馈，请刷新页面，对现在的结果提出异议。")
    if not statement.strip():
        raise Refused({"statement": "请写明哪里不对、实际情况是什么。"})
    if answer.objections.filter(field=field, settled_on=None).exists():
        raise Refused("这一项的异议正在复核，不用重复提出。")
    check, papers = answer.check_of, list(documents)
    consent = check.subjects.select_related("authorisation").get(person=answer.person_id).authorisation
    if not consent.covers(answer.source, check.purpose, access.today):
        raise Refused(
            "核对授权已撤回或到期，不能再向部门查询。请重新签署授权后提出，或凭证明材料请窗口更正登记。"
        )
    refuse_foreign(access, papers)
    former = answer.request
    request = Request.objects.create(
        check_of=check, source=answer.source, persons=[answer.person_id], fields=list(source.keys),
        period_from=former.period_from, period_until=former.period_until,
    )  # fmt: skip
    days = parameter("check_objection_days", check.region_id, access.today)
    objection = CheckObjection.objects.create(
        answer=answer, field=field, statement=statement.strip()[:500], raised_on=access.today, raised_by=access.user,
        due_on=period_end(access.today, Period(days, Unit.WORKDAYS)), request=request,
    )  # fmt: skip
    objection.documents.set(papers)
    # A report that is not recorded yet waits for this answer too.
    Check.objects.filter(pk=check.pk, state=Check.State.READY).update(state=Check.State.ASKING)
    ask_soon(check)
    return objection


@action(
    "check.settle_objection",
    "处理核对异议",
    permission="check.run",
    region=lambda objection: objection.answer.check_of.region_id,
    persons=lambda objection: [objection.answer.person_id],
)
def settle(access: Access, objection: CheckObjection, result: str) -> CheckObjection:
    """Close it on the new answer: changed if that says otherwise, else the first result stands."""
    if objection.settled_on is not None:
        raise Refused("这条异议已经处理。")
    new = objection.request.answers.first()
    if new is None or new.state == "unknown":
        raise Refused("部门还没有给出复核结果。请等待反馈，或在“核对”页再次查询。")
    if not result.strip():
        raise Refused({"result": "请写明处理结果和理由，会告诉提出异议的人。"})
    changed = _said(new, objection.field) != _said(objection.answer, objection.field)
    objection.state = CheckObjection.State.CHANGED if changed else CheckObjection.State.UPHELD
    objection.result, objection.settled_on, objection.settled_by = (
        result.strip()[:300],
        access.today,
        access.user,
    )
    objection.save(update_fields=["state", "result", "settled_on", "settled_by"])
    return objection


def _said(answer: Answer, field: str) -> Any:
    return answer.state, answer.values.get(field)
