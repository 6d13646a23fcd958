"""Reception, storage, cremation (S-154): each step asks for its papers; a cremation issues its certificate at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction

from minzheng.business.funeral.certificates import CREMATION
from minzheng.business.funeral.deaths import state
from minzheng.business.funeral.models import DeathStatement, Reception, ReceptionState, Source
from minzheng.business.funeral.rights import require_home
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.cases.models import NumberSeries
from minzheng.foundation.certificates.actions import issue
from minzheng.foundation.certificates.models import Issued
from minzheng.foundation.events.bus import emit
from minzheng.foundation.items.figures import figures
from minzheng.foundation.people.exact import person_with
from minzheng.foundation.people.id_numbers import IdNumberError, parse_id_number
from minzheng.foundation.people.models import Person

DAY = dt.timedelta(days=1)
HOME_KIND = "funeral_home"


def _deceased(reception: Reception) -> Iterable[int]:
    return [reception.person_id]


def deceased_with(access: Any, region: str, name: str, id_no: str) -> Person:
    """The master record of whoever died (DC8), made where there is none. Refused when the name is another's."""
    try:
        read = parse_id_number(id_no, access.today)
    except IdNumberError as error:
        raise Refused({"id_no": str(error)}) from None
    found = person_with(read.number)
    if found is None:
        return Person.objects.create(
            name=name, id_no=read.number, sex=read.sex, birth_date=read.birth_date, region_id=region
        )
    if found.name != name.strip():
        raise Refused({"name": "这个身份证号登记的是另一个姓名，请对照死亡证明核对。"})
    return found


@action("funeral.receive", "接收遗体", persons=_deceased)
def receive(access: Any, reception: Reception) -> Reception:
    """Receive a body with its death certificate; the death is on record in the same transaction, benefits end with it.

    Refused without a certificate, for a body that is here already, and where the home is closed.
    """
    require_home(access, reception.home)
    home, today = reception.home, access.today
    if home.kind != HOME_KIND or not home.is_open_on(today):
        raise Refused("只有开着的殡仪馆能接收遗体，请核对选的机构。")
    if not reception.certificate_no.strip():
        raise Refused({"certificate_no": "没有死亡证明不能接收。请家属先到医疗机构或公安机关开具。"})
    if reception.died_on > reception.received_on or reception.received_on > today:
        raise Refused({"received_on": "接收日期应在死亡日期之后、今天之前，请核对。"})
    reception.region_id, reception.received_by = home.region_id, access.user
    days = int(figures(reception.received_on, home.region_id)("funeral_storage_days"))
    reception.storage_until = reception.received_on + DAY * days
    serial = NumberSeries.next(f"body-{home.pk}-{today.year}")
    reception.number = f"{today.year}-{home.pk}-{serial:05d}"
    try:
        with transaction.atomic():
            reception.save(force_insert=True)
    except IntegrityError as clash:
        if "one_reception_per_death" not in str(clash):
            raise
        raise Refused("这位逝者已经在殡仪馆登记过。请在“在馆遗体”里查找，不要重复接收。") from None
    state(
        access,
        DeathStatement(
            person=reception.person,
            region_id=reception.region_id,
            source=reception.source,
            document_no=reception.certificate_no.strip(),
            died_on=reception.died_on,
        ),
    )
    return reception


@action("funeral.extend", "延长存放", persons=_deceased)
def extend_storage(access: Any, reception: Reception, *, days: int, reason: str) -> Reception:
    """Beyond the legal days only with a reason; the days are charged by the price list."""
    require_home(access, reception.home)
    now = _held(reception)
    most = int(figures(access.today, now.region_id)("funeral_extension_days"))
    if not 1 <= int(days) <= most:
        raise Refused({"days": f"一次最多延长{most}日；还需要的，到期前再办一次。"})
    if not reason.strip():
        raise Refused({"reason": "请写明延期的原因，例如“公安机关尚未出具结论”。"})
    now.storage_until += DAY * int(days)
    now.extended_reason, now.extended_by = reason.strip()[:120], access.user
    now.save(update_fields=["storage_until", "extended_reason", "extended_by"])
    reception.refresh_from_db()
    return now


@action("funeral.cremate", "登记火化", persons=_deceased)
def cremate(
    access: Any, reception: Reception, *, confirmation_no: str, cremated_on: dt.date | str
) -> Reception:
    """Cremated with certificate and confirmation form: number, 火化证明, fact of death, event, in one transaction."""
    require_home(access, reception.home)
    now = _held(reception)
    day = dt.date.fromisoformat(str(cremated_on))
    if not confirmation_no.strip():
        raise Refused({"confirmation_no": "没有家属签字的火化确认书不能火化，请补签后再办。"})
    if now.person.died_on is None:
        raise Refused(
            "这个人的死亡登记已经撤销，不能火化。请先核对遗体身份：确是本人的，请家属重新取得死亡证明；"
            "不是的，办理移交后用正确的身份重新接收。"
        )
    if not now.received_on <= day <= access.today:
        raise Refused({"cremated_on": "火化日期应在接收日期之后、今天之前，请核对。"})
    serial = NumberSeries.next(f"cremation-{now.home_id}-{day.year}")
    now.cremation_no = f"HH{day.year}{now.home_id:04d}{serial:05d}"
    now.confirmation_no, now.cremated_on, now.ended_on = confirmation_no.strip(), day, day
    now.video_until = day + DAY * int(figures(day, now.region_id)("funeral_video_days"))
    now.state = ReceptionState.CREMATED
    now.save()
    state(
        access,
        DeathStatement(
            person=now.person,
            region_id=now.region_id,
            source=Source.CREMATION,
            document_no=now.cremation_no,
            died_on=now.died_on,
        ),
    )
    issue(
        access,
        CREMATION.code,
        now,
        region=now.region_id,
        origin=f"cremation:{now.pk}",
        today=access.today,
    )
    emit("person.cremated", person=now.person_id, reception=now.pk, on=day.isoformat())
    reception.refresh_from_db()
    return now


@action("funeral.hand_on", "移交遗体", persons=_deceased)
def hand_on(
    access: Any, reception: Reception, *, reason: str, leaves_county: bool = False, certificate_no: str = ""
) -> Reception:
    """The body leaves uncremated: taken to another place by the destination's certificate (F3), or buried by custom."""
    require_home(access, reception.home)
    now = _held(reception)
    if not reason.strip():
        raise Refused({"reason": "请写明移交到哪里、凭什么手续。"})
    if leaves_county:
        if not certificate_no.strip():
            raise Refused(
                {"certificate_no": "运往外地的，须有目的地民政部门的接收证明。请家属先向那里申请，再办移交。"}
            )
        reason = f"运往外地（接收证明{certificate_no.strip()}）：{reason}"
    now.state, now.ended_on, now.extended_reason = (
        ReceptionState.HANDED_ON,
        access.today,
        reason.strip()[:120],
    )
    now.save(update_fields=["state", "ended_on", "extended_reason"])
    reception.refresh_from_db()
    return now


def cremation_certificate(person: Person) -> Issued | None:
    """Of this person, and valid; what a place is given for."""
    return Issued.objects.filter(kind=CREMATION.code, person=person, state="valid").first()


def _held(reception: Reception) -> Reception:
    now = (
        Reception.objects.select_for_update(of=["self"]).select_related("home", "person").get(pk=reception.pk)
    )
    if not now.is_held:
        raise Refused(f"这具遗体{now.get_state_display()}，不能再办。请刷新页面。")
    return now
