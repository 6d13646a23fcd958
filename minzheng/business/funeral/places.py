"""Burial places: opened, their spots, who rests there, renewal (F6). One spot, one use: the database says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction

from minzheng.business.funeral.certificates import ASHES
from minzheng.business.funeral.facilities import BURIAL_PLACES, COMMERCIAL_CEMETERY, VILLAGE_CEMETERY
from minzheng.business.funeral.models import Filing, Place, Presale, Spot, SpotState, Term, Use
from minzheng.business.funeral.receptions import cremation_certificate
from minzheng.business.funeral.rights import require_home
from minzheng.business.funeral.waiting import finish
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.calendar import add_months
from minzheng.foundation.certificates.actions import find_issuer, issue, replace, revoke
from minzheng.foundation.certificates.models import Issued
from minzheng.foundation.items.figures import figures
from minzheng.foundation.organisations.models import Kind
from minzheng.foundation.people.models import Person

KINDS = {kind.code for kind in BURIAL_PLACES}


def _resting(use: Use) -> Iterable[int]:
    return [use.person_id]


@action("burial.open", "登记安葬（放）设施")
def open_place(access: Any, place: Place) -> Place:
    """What the facility register does not hold. A village's place is for its own people and files with the county."""
    require_home(access, place.facility)
    if place.facility.kind not in KINDS:
        raise Refused("只有公墓、骨灰堂、生态安葬区能在这里登记，请核对设施种类。")
    _refuse_new_business(place, access.today)
    place.region_id = place.facility.region_id
    place.villagers_only = place.facility.kind == VILLAGE_CEMETERY.code
    place.save(force_insert=True)
    return place


def _refuse_new_business(place: Place, today: dt.date) -> None:
    """What the law of 2026 asks of new ones: public and not for profit (国令824). Those of before go on."""
    facility, operator = place.facility, place.facility.organisation
    first = dt.date.fromisoformat(figures(today, facility.region_id)("burial_public_since"))
    if facility.opened_on < first:
        return
    if facility.kind == COMMERCIAL_CEMETERY.code:
        raise Refused(f"{first:%Y年%-m月%-d日}起不再新设经营性公墓。原有的，请在设施台账核对启用日期。")
    if operator is not None and operator.kind == Kind.COMPANY:
        raise Refused("新设的安葬（放）设施须是公益性的，不能由企业经营。请在设施台账核对运营单位。")


@action("burial.spots", "增加墓位（格位）", region=lambda place: place.region_id)
def add_spots(access: Any, place: Place, *, area: str, kind: str, rows: int, columns: int) -> list[Spot]:
    """A whole part of the plan, row by row; what is there already is refused as a whole."""
    require_home(access, place.facility)
    if Spot.objects.filter(place=place, area=area.strip()).exists():
        raise Refused(f"“{area}”已经登记过，请换一个区名。")
    if not (1 <= int(rows) <= 100 and 1 <= int(columns) <= 100):
        raise Refused("排数和每排个数请填1至100。")
    return Spot.objects.bulk_create(
        Spot(place=place, region_id=place.region_id, area=area.strip(), row=row, column=column, kind=kind)
        for row in range(1, int(rows) + 1)
        for column in range(1, int(columns) + 1)
    )


@action("burial.reserve", "预留或停用")
def set_spot(access: Any, spot: Spot, *, state: str) -> Spot:
    """Free, reserved or closed. A spot in use is none of these."""
    require_home(access, spot.place.facility)
    now = Spot.objects.select_for_update().get(pk=spot.pk)
    if now.state == SpotState.USED or state == SpotState.USED:
        raise Refused("使用中的墓位（格位）不能这样改；迁出以后才空出来。")
    now.state = SpotState(state)
    now.save(update_fields=["state"])
    return now


@action("burial.place", "办理安葬（放）", persons=_resting)
def lay_to_rest(access: Any, use: Use, *, years: int) -> Use:
    """Give a free spot to one person for a term of at most the legal years; the certificate comes at once.

    Needs the cremation certificate, or an old or critically ill buyer's proof. A village's place is for its villagers.
    """
    spot, person = use.spot, use.person
    require_home(access, spot.place.facility)
    most = _most_years(use, use.since)
    if not 1 <= int(years) <= most:
        raise Refused({"years": f"一个使用周期最长{most}年，请改短。"})
    _refuse_stranger(spot.place, person)
    _check_ground(access, use, person)
    now = Spot.objects.select_for_update().get(pk=spot.pk)
    if now.state not in {SpotState.FREE, SpotState.RESERVED}:
        raise Refused(f"{now}{now.get_state_display()}，请另选一个空的。")
    use.region_id, use.until = spot.region_id, add_months(use.since, 12 * int(years))
    try:
        with transaction.atomic():
            use.save(force_insert=True)
    except IntegrityError as clash:
        if "one_resting_place" in str(clash):
            raise Refused(f"{person.name}已经有安葬（放）的地方。要迁移的，请先在原处办理迁出。") from None
        raise Refused(f"{now}刚刚给了别人，请另选一个空的。") from None
    Term.objects.create(use=use, cycle=1, since=use.since, until=use.until, decided_on=access.today)
    now.state = SpotState.USED
    now.save(update_fields=["state"])
    if find_issuer(use.region_id) is not None:
        issue(access, ASHES.code, use, region=use.region_id, origin=_origin(use), today=access.today)
    return use


@action("burial.renew", "续用", persons=_resting)
def renew(access: Any, use: Use, *, years: int) -> Use:
    """F6: a new cycle of at most the legal years, from the day the old one ends; not before the notice is due."""
    require_home(access, use.spot.place.facility)
    now = Use.objects.select_for_update(of=["self"]).select_related("spot__place__facility").get(pk=use.pk)
    if now.ended_on is not None:
        raise Refused("已经迁出，不能续用。")
    most = _most_years(now, access.today)
    if not 1 <= int(years) <= most:
        raise Refused({"years": f"一个使用周期最长{most}年，请改短。"})
    opens = notice_day(now, access.today)
    if access.today < opens:
        raise Refused(f"使用期限到{now.until:%Y年%-m月%-d日}，{opens:%Y年%-m月%-d日}起可以办理续用。")
    last = now.terms.order_by("-cycle").first()
    assert last is not None, "a use begins with its first cycle"
    until = add_months(last.until, 12 * int(years))
    Term.objects.create(use=now, cycle=last.cycle + 1, since=last.until, until=until, decided_on=access.today)
    now.until, now.noticed_on = until, None
    now.save(update_fields=["until", "noticed_on"])
    if old := _certificate(now):
        replace(access, old, now, reason="续用", today=access.today)
    finish("F6", now.person, now.region_id, f"续用到{until:%Y年%-m月%-d日}", access.today)
    use.refresh_from_db()
    return now


@action("burial.end", "迁出", persons=_resting)
def move_out(access: Any, use: Use, *, ended_on: dt.date | str, reason: str) -> Use:
    """The ashes are taken elsewhere: the spot is free again from that day."""
    require_home(access, use.spot.place.facility)
    now = Use.objects.select_for_update(of=["self"]).select_related("spot__place__facility").get(pk=use.pk)
    day = dt.date.fromisoformat(str(ended_on))
    if now.ended_on is not None:
        raise Refused("已经办过迁出，请刷新页面。")
    if not now.since <= day <= access.today:
        raise Refused({"ended_on": "迁出日期应在起用之后、今天之前，请核对。"})
    now.ended_on = day
    now.save(update_fields=["ended_on"])
    Spot.objects.filter(pk=now.spot_id).update(state=SpotState.FREE)
    if old := _certificate(now):
        revoke(access, old, reason=reason.strip() or "迁出")
    use.refresh_from_db()
    return now


def notice_day(use: Use, on: dt.date) -> dt.date:
    """From when the family is told and may renew."""
    return add_months(use.until, -int(figures(on, use.region_id)("burial_notice_months")))


def _most_years(use: Use, on: dt.date) -> int:
    return int(figures(on, use.spot.place.region_id)("burial_term_years"))


def _refuse_stranger(place: Place, person: Person) -> None:
    if not place.villagers_only:
        return
    if place.filing != Filing.FILED:
        raise Refused("这处农村公益性墓地还没有备案，不能使用。请村里先办理备案。")
    if person.hukou_region_id is None:
        raise Refused(f"没有查到{person.name}的户籍，不能确定是不是本村村民。请先在人员档案里补上户籍地。")
    if person.hukou_region_id != place.region_id:
        raise Refused("农村公益性墓地只供本村村民使用。请选择城市公益性公墓或骨灰堂。")


def _check_ground(access: Any, use: Use, person: Person) -> None:
    """Nobody buys a grave as a thing to trade: a death, great age or a deadly illness is the ground."""
    if not use.presale:
        certificate = cremation_certificate(person)
        if certificate is None and not use.proof_no.strip():
            raise Refused({"proof_no": "没有火化证明不能安葬（放）。请先办理火化，或填写外地火化证明编号。"})
        if person.died_on is None:
            raise Refused(f"{person.name}没有死亡登记。请先登记死亡，或按高龄、危重提前购置办理。")
        use.proof_no = use.proof_no.strip() or (certificate.number if certificate else "")
        return
    if not use.proof_no.strip():
        raise Refused({"proof_no": "请填写身份证明或病情证明的编号。"})
    if use.presale == Presale.OLD:
        least = int(figures(access.today, use.spot.place.region_id)("burial_presale_age"))
        if person.birth_date is None or add_months(person.birth_date, 12 * least) > access.today:
            raise Refused(f"提前购置只给满{least}周岁的老年人和危重病人，其他人凭火化证明办理。")


def _origin(use: Use) -> str:
    return f"burial:{use.pk}"


def _certificate(use: Use) -> Issued | None:
    return Issued.objects.filter(kind=ASHES.code, origin=_origin(use)).exclude(state="revoked").first()
