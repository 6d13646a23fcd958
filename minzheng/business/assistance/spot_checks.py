"""Drawing lots for the county's visits: 特困 (民发〔2021〕43号, at least 30 %) and delegated dibao (民发〔2022〕83号, S-034).

Nobody can foresee or choose: the seed is made at the moment of drawing, kept, and gives the number for everyone to
check. The county's share of the year never falls below the standard.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from minzheng.business.assistance.models import SpotDraw
from minzheng.business.assistance.tasks import DIBAO_SPOT
from minzheng.foundation.benefits.lock import lock
from minzheng.foundation.benefits.models import county_of
from minzheng.foundation.cases.engine import do_move
from minzheng.foundation.cases.models import Case
from minzheng.foundation.cases.parameters import parameter
from minzheng.foundation.cases.system import SystemAccess
from minzheng.foundation.items import Status, Track
from minzheng.foundation.regions.models import within
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks

HUNDRED = 100
DELEGATED = "dibao"


def number_of(seed: str, case_number: str) -> int:
    """0 to 99, the same for everybody who computes it."""
    return int(hashlib.sha256(f"{seed}:{case_number}".encode()).hexdigest(), 16) % HUNDRED


def draw(case: Case, kind: str, share: str, today: dt.date, seed: str = "") -> SpotDraw:
    """The case's lot; drawn once, however often it comes back. `share` names the standard (per cent)."""
    if drawn := SpotDraw.objects.filter(case=case, kind=kind).first():
        return drawn
    county = county_of(case.region_id)
    lock(f"spot:{kind}", county)
    percent = int(parameter(share, case.region_id, today))
    year = SpotDraw.objects.filter(within(county[:6]), kind=kind, drawn_on__year=today.year)
    total, chosen = year.count(), year.filter(chosen=True).count()
    seed = seed or secrets.token_hex(16)
    number = number_of(seed, case.number)
    forced = number >= percent and chosen * HUNDRED < percent * (total + 1)
    return SpotDraw.objects.create(
        case=case,
        kind=kind,
        region_id=case.region_id,
        drawn_on=today,
        seed=seed,
        number=number,
        percent=percent,
        forced=forced,
        chosen=number < percent or forced,
    )


def note_finding(case: int, kind: str, finding: str, on: dt.date) -> None:
    """What the county found on the visit."""
    SpotDraw.objects.filter(case=case, kind=kind, chosen=True).update(finding=finding, checked_on=on)


def draw_delegated(case: Case, today: dt.date) -> None:
    """What a township confirmed by delegation is drawn for the county's look afterwards (民发〔2022〕83号)."""
    if case.track != Track.DELEGATED or not draw(case, DELEGATED, "dibao_spot_percent", today).chosen:
        return
    draft = TaskDraft(
        origin=f"{DIBAO_SPOT.code}:{case.pk}",
        region=case.region_id,
        household=case.household_id,
        title="委托确认的低保抽查",
        reason=f"办件 {case.number} 由乡镇（街道）受委托确认，被随机抽中。",
        detail={"case": case.number, "key": case.pk},
    )
    open_tasks(DIBAO_SPOT.code, [draft], today)


def take_in_spot_check(origin: str, outcome: str, today: dt.date) -> None:
    """The county's result: kept with the lot; an error brings the case to the township for a review."""
    case = Case.objects.filter(pk=int(origin.rpartition(":")[2])).first()
    if case is None or not outcome:
        return
    note_finding(case.pk, DELEGATED, "有差错" if outcome == "wrong" else "无差错", today)
    if (
        outcome == "wrong"
        and case.status == Status.ACTIVE
        and any(move.key == "start_review" for move in case.at_step.moves)
    ):
        do_move(SystemAccess.on(today), case, "start_review", {"kind": "signal"})
