"""Starting a check, deciding to go on without a source, asking once more; objections are in objections.py."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone

from minzheng.datacenter.verification.connections import BadConnections, connections
from minzheng.datacenter.verification.consents import sources_to_check, take_over, unsigned
from minzheng.datacenter.verification.jobs import ask_soon
from minzheng.datacenter.verification.keeping import give_up
from minzheng.datacenter.verification.models import Check, Request, RequestState, Subject
from minzheng.datacenter.verification.models.check import OPEN, new_request_id
from minzheng.datacenter.verification.period import period_until
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.cases.models import Case, NumberSeries
from minzheng.foundation.exchange.record import refuse_misuse
from minzheng.foundation.exchange.words import Purpose, Source
from minzheng.foundation.regions.models import Region

NOT_CONNECTED = "本系统还没有接入任何部门，不能发起核对。请通过其他途径核对，在“登记核对结果”里手工登记。"


def whom(check: Check) -> Iterable[int]:
    return check.subjects.values_list("person_id", flat=True)


def connected() -> list[Source]:
    """Sources that this installation can ask. Raises Refused when the file of connections is wrong."""
    try:
        lines = connections()
    except BadConnections as wrong:
        raise Refused(f"部门接入参数有误，请联系系统管理员：{wrong}") from None
    return [source for source in sources_to_check() if source.code in lines]


def start_for_case(access: Access, case: Case) -> Check:
    """Ask every connected department about the family of a case; the calls are made in the background.

    Refused while a member has not consented: nobody is asked about without it.
    """
    take_over(case)
    if missing := unsigned(case):
        names = "、".join(one.name for one in missing)
        raise Refused(f"{names}没有有效的核对授权，不能查询。请先取得本人签名的授权书再发起核对。")
    if case.checks.filter(state=Check.State.ASKING).exists():
        raise Refused("这件办件的核对正在进行，请等待反馈，或在“核对”页决定不再等待。")
    sources = connected()
    if not sources:
        raise Refused(NOT_CONNECTED)
    check = Check(
        number=next_number(case.region, access.today.year),
        purpose=Purpose.CHECK.value,
        case=case,
        region=case.region,
        started_on=access.today,
        started_by=access.user,
    )
    return _start(access, check, sources)


@action("check.start", "发起核对", permission="check.run", persons=whom)
def _start(access: Access, check: Check, sources: Sequence[Source]) -> Check:
    check.save(force_insert=True)
    order = {one.person_id: one.order for one in check.case.persons.all()}
    homes = check.case.household_id
    consents = check.case.authorisations.filter(withdrawn_on=None)
    Subject.objects.bulk_create(
        Subject(
            check_of=check,
            person_id=one.person_id,
            household_id=homes if one.person_id in order else None,  # an obligor is no member of the family
            authorisation=one,
            order=order.get(one.person_id, 100),
        )
        for one in consents
    )
    persons = sorted(one.person_id for one in consents)
    add_requests(check, sources, {source.code: [persons] for source in sources})
    ask_soon(check)
    return check


def add_requests(
    check: Check, sources: Sequence[Source], groups: dict[str, list[list[int]]]
) -> list[Request]:
    """A request for each source and group of people; refused before anything is sent if the purpose is not allowed."""
    period = period_until(check.started_on, check.region_id)
    made = []
    for source in sources:
        refuse_misuse(source, check.purpose, source.keys)
        made += [
            Request(
                check_of=check, source=source.code, persons=group, fields=list(source.keys),
                period_from=period[0], period_until=period[1],
            )
            for group in groups[source.code]
        ]  # fmt: skip
    return Request.objects.bulk_create(made)


def next_number(region: Region, year: int) -> str:
    prefix = f"HD{region.code[:6]}{year}"
    return f"{prefix}{NumberSeries.next(prefix):06d}"


@action("check.go_on", "决定不再等待反馈", permission="check.run", persons=whom)
def go_on(access: Access, check: Check, reason: str) -> None:
    """The case goes on with what is there; what did not come stays unknown, and the reason is on record."""
    if check.state != Check.State.ASKING:
        raise Refused("这次核对已经不在等待反馈，不用再决定。请刷新页面。")
    if not reason.strip():
        raise Refused({"reason": "请写明不再等待的理由，例如“不动产系统停机三天，已入户核实住房”。"})
    check.went_on_by, check.went_on_on, check.went_on_reason = access.user, access.today, reason.strip()[:200]
    check.save(update_fields=["went_on_by", "went_on_on", "went_on_reason"])
    for request in check.requests.select_for_update().filter(state__in=OPEN):
        give_up(request, "决定不再等待", timezone.now())


@action("check.ask_again", "再次查询没有反馈的部门", permission="check.run", persons=whom)
def ask_again(access: Access, check: Check) -> None:
    """Under the same id where nothing came; a new enquiry about those of whom a source could say nothing."""
    if check.state == Check.State.CANCELLED:
        raise Refused("这次核对已经取消。需要更新的，请重新发起核对。")
    silent = check.requests.filter(state__in=[RequestState.UNKNOWN, RequestState.FAILED])
    partly = [one for one in check.requests.filter(state=RequestState.PARTIAL) if _still_unknown(one)]
    if not silent.exists() and not partly:
        raise Refused("各部门都已反馈，不用再查。")
    for request in partly:
        Request.objects.create(
            check_of=check, source=request.source, persons=_still_unknown(request), fields=request.fields,
            period_from=request.period_from, period_until=request.period_until, request_id=new_request_id(),
        )  # fmt: skip
    silent.update(state=RequestState.WAITING, next_try_at=None, asked_at=None, problem="")
    silent_again = check.requests.filter(state=RequestState.WAITING, asked_at=None, tries__gt=1)
    silent_again.update(tries=1)
    Check.objects.filter(pk=check.pk, state=Check.State.READY).update(state=Check.State.ASKING)
    check.refresh_from_db()
    ask_soon(check)


def _still_unknown(request: Request) -> list[int]:
    unknown = request.answers.filter(state="unknown", is_current=True)
    return sorted(unknown.values_list("person_id", flat=True))


def state_of(check: Check) -> dict[str, Any]:
    """How far a check is: {state: number of requests}, for progress and for the command line."""
    found: dict[str, Any] = {}
    for state in check.requests.values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found
