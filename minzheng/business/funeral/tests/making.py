"""A funeral home with its price list, burial places, and the dead, in 新村 of 新晃."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from minzheng.business.funeral.models import Price, Reception, Use
from minzheng.business.funeral.places import add_spots, lay_to_rest, open_place
from minzheng.business.funeral.receptions import cremate, receive
from minzheng.foundation.accounts.models import Role, User
from minzheng.foundation.certificates.models import Issuer
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.organisations.models import Organisation
from minzheng.foundation.organisations.uscc import with_checks
from minzheng.foundation.people.id_numbers import check_character
from minzheng.foundation.people.models import Person

VILLAGE, OTHER_VILLAGE, COUNTY = "431227107203", "431227101200", "431227000000"
NUMBERS = itertools.count(1)
LIST = (
    ("遗体接运", "transport", "次", 30_000),
    ("冷藏存放", "storage", "日", 20_000),
    ("普通火化", "cremation", "具", 70_000),
    ("骨灰寄存", "ashes", "年", 20_000),
    ("告别厅", "", "次", 50_000),
)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def person(
    name: str = "", born: str = "1940-05-01", region: str = VILLAGE, hukou: str | None = VILLAGE
) -> Person:
    number = next(NUMBERS)
    first = f"431227{day(born):%Y%m%d}{500 + number:03d}"
    return Person.objects.create(
        name=name or f"龙阿公{number}", id_no=first + check_character(first), birth_date=day(born), region_id=region,
        hukou_region_id=hukou, sex="1",
    )  # fmt: skip


def facility(kind: str, name: str = "", region: str = VILLAGE, owned: bool = True) -> Facility:
    number = next(NUMBERS)
    owner = None
    if owned:
        owner = Organisation.objects.create(
            uscc=with_checks(f"12431227MB{number:06d}"), name=f"新晃殡葬服务中心{number}", kind="public", region_id=region,
            bank_name="新晃农商行", bank_account=f"6214{number:015d}",
        )  # fmt: skip
    return Facility.objects.create(
        kind=kind, name=name or f"新晃{kind}{number}", region_id=region, organisation=owner,
        opened_on=day("2000-01-01"), longitude=109.17, latitude=27.35,
    )  # fmt: skip


def home() -> Facility:
    """Open, with its list of prices (EX24), and an issuer behind it."""
    made = facility("funeral_home")
    Price.objects.bulk_create(
        Price(
            home=made, region_id=made.region_id, name=name, basic=basic, unit=unit, fen=fen, document="发改价〔2020〕1号",
            since=day("2000-01-01"),
        )
        for name, basic, unit, fen in LIST
    )  # fmt: skip
    Issuer.objects.get_or_create(
        region_id=COUNTY,
        defaults={"name": "新晃侗族自治县民政局", "short_name": "新晃", "uscc": "11431227006686790W"},
    )
    return made


def body(access: Any, at: Facility, who: Person, died: str, received: str = "", **more: Any) -> Reception:
    facts = {
        "source": "hospital",
        "certificate_no": f"死亡{next(NUMBERS)}",
        "family_name": "龙小山",
        "family_relation": "子女",
        "family_phone": "13974512340",
    }
    return receive(
        access,
        Reception(home=at, person=who, died_on=day(died), received_on=day(received or died), **facts | more),
    )


def burn(access: Any, reception: Reception, on: str) -> Reception:
    return cremate(access, reception, confirmation_no="确认1", cremated_on=on)


def quantities(at: Facility, **wanted: int) -> dict[int, int]:
    """{price key: quantity} by the kind of basic service; `other` is what lies beyond."""
    return {
        price.pk: wanted[price.basic or "other"]
        for price in at.prices.all()
        if (price.basic or "other") in wanted
    }


def place(
    access: Any, kind: str = "ash_hall", region: str = VILLAGE, rows: int = 2, columns: int = 3, **facts: Any
) -> Any:
    from minzheng.business.funeral.models import Place

    made = open_place(access, Place(facility=facility(kind, region=region), **facts))
    add_spots(access, made, area="甲区", kind="niche", rows=rows, columns=columns)
    return made


def rest(access: Any, spot: Any, who: Person, since: str, years: int = 20, **more: Any) -> Use:
    facts = {"family_name": "龙小山", "proof_no": "外地火化1"}
    return lay_to_rest(access, Use(spot=spot, person=who, since=day(since), **facts | more), years=years)


def account(at: Facility) -> User:
    """The funeral home's own account."""
    user = User.objects.create(username=f"home{next(NUMBERS)}", display_name="馆长", person=person())
    user.assignments.create(
        role=Role.INSTITUTION, region_id=COUNTY, organisation=at.organisation, since=day("2020-01-01")
    )
    return user
