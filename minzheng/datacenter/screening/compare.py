"""Who should receive a benefit in a month, beside who does: the same rule as at the counter, over everybody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings

from minzheng.datacenter.screening.due import Due
from minzheng.datacenter.screening.models import Finding, Kind
from minzheng.datacenter.screening.rights import Right, Rights, paid_to
from minzheng.datacenter.screening.scope import last_day
from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.words import Benefit, Unit, benefit
from minzheng.foundation.people.facts import facts_documents
from minzheng.foundation.people.models import Household
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.rules import FactsError, default_counter

if TYPE_CHECKING:
    import numpy as np

# So many of the open answers are asked whether they wait for a standard: where one is missing, all of them do.
SAMPLE = 20
NO_HOUSEHOLD = "享受人没有登记在任何家庭中，无法按规则核算，请先登记家庭"


def compare(due: Due, everything: Sequence[Due], rights: Rights, month: dt.date) -> list[Finding]:
    """The differences between what one benefit's rule says and what is paid.

    Raises Refused when a standard is missing: then nothing can be said about this benefit here.
    """
    import numpy as np

    held = rights.of(due.benefit.code)
    paid = paid_to(due.subjects, ((_subject(due, right), right.fen) for right in held))
    exiting = paid_to(due.subjects, ((_subject(due, right), right.is_exiting) for right in held)) > 0
    sure, owed = due.known, np.where(due.known, due.fen, 0)
    missed = sure & (owed > 0) & (paid == 0) & (_paid_instead(due, everything, rights) < owed)
    masks = {
        Kind.UNDETERMINED: ~sure,
        Kind.ENTITLED_NOT_RECEIVING: missed,
        Kind.RECEIVING_NOT_ENTITLED: sure & (owed == 0) & (paid > 0) & ~exiting,
        Kind.WRONG_AMOUNT: sure & (owed > 0) & (paid > 0) & (paid != owed) & ~exiting,
    }
    waiting = _what_open_answers_wait_for(due, np.flatnonzero(~sure), month)
    found = []
    for kind, mask in masks.items():
        for row in np.flatnonzero(mask).tolist():
            detail: dict[str, Any] = {
                "due_fen": int(due.fen[row]) if sure[row] else None,
                "paid_fen": int(paid[row]),
            }
            if kind is Kind.UNDETERMINED:
                detail["missing"] = waiting[row]
            found.append(_finding(due, kind, int(due.subjects[row]), str(due.regions[row]), month, detail))
    return found + list(_not_looked_at(due, held, month))


def better_one_only(findings: Iterable[Finding]) -> list[Finding]:
    """Of two missed benefits that exclude each other a person is missing one: the higher (handbook 0.4)."""
    kept: list[Finding] = []
    missed: dict[int, list[Finding]] = {}
    for finding in findings:
        if finding.kind == Kind.ENTITLED_NOT_RECEIVING and finding.person_id is not None:
            missed.setdefault(finding.person_id, []).append(finding)
        else:
            kept.append(finding)
    for own in missed.values():
        chosen: list[Finding] = []
        for finding in sorted(own, key=lambda one: -one.detail["due_fen"]):
            excluded = benefit(finding.benefit).excluded_codes()
            if not any(better.benefit in excluded for better in chosen):
                chosen.append(finding)
        kept += chosen
    return kept


def _paid_instead(due: Due, everything: Sequence[Due], rights: Rights) -> np.ndarray:
    """The most that is paid to each person on a benefit which excludes this one; 0 for households."""
    import numpy as np

    if not due.of_persons:
        return np.zeros(len(due.subjects), np.int64)
    columns, best = due.columns, np.zeros(len(due.subjects), np.int64)
    counts = {other.benefit.code: other.counts for other in everything}
    for code in due.benefit.excluded_codes():
        held = rights.of(code)
        if code in shelf(Benefit) and benefit(code).unit is Unit.HOUSEHOLD:
            whole = paid_to(columns.household_ids, ((r.household or 0, r.fen) for r in held))
            members = np.repeat(whole, columns.member_count)
            theirs = counts.get(code)
            best = np.maximum(best, members if theirs is None else np.where(theirs, members, 0))
        else:
            best = np.maximum(best, paid_to(due.subjects, ((r.person, r.fen) for r in held)))
    return best


def _subject(due: Due, right: Right) -> int:
    return right.person if due.of_persons else right.household or 0


def _finding(
    due: Due, kind: Kind, subject: int, region: str, month: dt.date, detail: dict[str, Any]
) -> Finding:
    whom = {"person_id": subject} if due.of_persons else {"household_id": subject}
    return Finding(kind=kind, benefit=due.benefit.code, region_id=region, month=month, detail=detail, **whom)


def _not_looked_at(due: Due, held: Sequence[Right], month: dt.date) -> Iterator[Finding]:
    """Whoever is paid but stands in no open household is outside the reading; nobody may fall through."""
    seen = set(due.subjects.tolist())
    for right in held:
        subject = _subject(due, right)
        if subject and subject not in seen:
            detail = {"due_fen": None, "paid_fen": right.fen, "missing": [NO_HOUSEHOLD]}
            yield _finding(due, Kind.UNDETERMINED, subject, right.region, month, detail)


def _what_open_answers_wait_for(due: Due, rows: np.ndarray, month: dt.date) -> dict[int, list[str]]:
    """Ask the counter about the few that stayed open: it knows which facts the answer waits for."""
    if due.missing_standards:
        for texts, standards in _ask(due, rows[:SAMPLE], month).values():
            if standards:
                raise Refused(texts)
    told: dict[int, list[str]] = {}
    for start in range(0, len(rows), 5000):
        answers = _ask(due, rows[start : start + 5000], month)
        told |= {row: texts for row, (texts, _) in answers.items()}
    return told


def _ask(due: Due, rows: np.ndarray, month: dt.date) -> dict[int, tuple[list[str], bool]]:
    """{row: (what it waits for, whether that is a standard)}."""
    import numpy as np

    counter, columns = default_counter(), due.columns
    places = columns.household_row()[rows] if due.of_persons else rows
    starts = np.cumsum(columns.member_count) - columns.member_count
    households = Household.objects.in_bulk(columns.household_ids[places].tolist())
    asked = [households[key] for key in columns.household_ids[places].tolist()]
    answers = {}
    for row, place, document in zip(
        rows.tolist(), places.tolist(), facts_documents(asked, last_day(month)), strict=True
    ):
        member = row - int(starts[place]) if due.of_persons else None
        try:
            facts = counter.facts(document, standards=settings.STANDARDS_SET)
        except FactsError as error:
            answers[row] = [str(problem) for problem in error.problems], False
            continue
        decision = counter.decide(facts, [due.benefit.amount])
        waits = decision.missing(due.benefit.amount, member)
        standards = [wait for wait in waits if wait.sort == "standard"]
        answers[row] = [decision.describe(wait) for wait in standards or waits], bool(standards)
    return answers
