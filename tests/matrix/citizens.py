"""Three citizens of one village with an object of every kind, and what stands in each address that they may open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import URLPattern, get_resolver

from minzheng.business.funeral.models import Memorial
from minzheng.business.marriage.models import Agreement, Divorce, Registry
from minzheng.business.rescue.models import MissingReport
from minzheng.datacenter.proactive.models import Offer
from minzheng.datacenter.verification.models import Answer, Authorisation
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.models import User
from minzheng.foundation.booking.models import Booking, Counter, Slot
from minzheng.foundation.cases.models import Case, CasePerson
from minzheng.foundation.certificates.models import Issued, Issuer
from minzheng.foundation.documents.models import Document
from minzheng.foundation.items.catalogue import item_of
from minzheng.foundation.organisations.models import Organisation
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region
from minzheng.foundation.services.models import Order, Representative
from minzheng.online.portal.tests.family import id_no
from tests.matrix.addresses import filled
from tests.matrix.world import MONTH, PLACES, Place
from tests.test_routes import routes

# The address up to its first argument → whose it is; the longest one that fits counts.
KINDS: dict[str, type[Model]] = {
    "portal/cases/<": Case,
    "portal/consents/<": CasePerson,
    "portal/certificates/<": Issued,
    "portal/memorials/<": Memorial,
    "portal/received/<": Offer,
    "portal/bookings/<": Booking,
    "portal/services/<": Order,
    "portal/missing/<": MissingReport,
    "portal/services/new/<": Person,
    "portal/services/family/<": Representative,
    "portal/marriage/divorces/<": Divorce,
    "documents/<": Document,
}
SECOND: dict[str, type[Model]] = {
    "consents/<int:pk>/paper/": CasePerson,
    "consents/<int:pk>/blank/": CasePerson,
    "means/<int:pk>/<slug:field>/": Answer,
    "means/consents/<int:pk>/": Authorisation,
}
# Nobody's object stands in these addresses.
WORDS = {
    "portal/bookings/new/<slug:kind>/",
    "portal/bookings/at/<int:pk>/",
    "portal/bookings/at/<int:pk>/<str:day>/",
    "portal/items/<code>/start/",
    "portal/items/<code>/start/organisation/",
    "portal/items/<code>/start/<region>/",
    "portal/items/<code>/start/<region>/self/",
    "portal/items/<code>/start/<region>/other/",
    "identity/apps/<slug:key>/end/",  # an app is everybody's: it ends what oneself allowed to it
}
FURTHER = {
    "section": "members",
    "slug": "name",
    "group": "members",
    "row": "0",
    "key": "withdraw",
    "field": "cars",
}


@dataclass(frozen=True)
class OwnAddress:
    """An address of citizens, or of everybody who is logged in. `kind`: whose object it shows."""

    pattern: URLPattern
    text: str
    kind: type[Model] | None

    def path(self, place: Place) -> str:
        assert self.kind is not None
        one = place.get(self.kind)
        if self.kind is Divorce:
            place.get(Agreement)
        found = {
            **FURTHER,
            "pk": one.pk,
            "number": getattr(one, "number", ""),
            "token": getattr(one, "token", ""),
        }
        for end, second in SECOND.items():
            if self.text.endswith(end):
                found["pk"] = place.get(second).pk
        if "papers" in self.text:
            found["key"] = item_of("A1").materials[0].key
        return "/" + filled(self.text, found, self.pattern)


def own_addresses() -> Iterator[OwnAddress]:
    for text, pattern in routes(get_resolver().url_patterns):
        permit = getattr(pattern.callback, "permit", None) or ""
        if not text.startswith("api/") and (permit == "citizen" or permit.startswith("logged in: ")):
            fitting = [start for start in KINDS if text.startswith(start)]
            yield OwnAddress(pattern, text, KINDS[max(fitting, key=len)] if fitting else None)


def unlisted() -> list[str]:
    return [
        one.text for one in own_addresses()
        if one.pattern.pattern.regex.groupindex and one.kind is None and one.text not in WORDS
    ]  # fmt: skip


@dataclass
class Citizen:
    user: User
    place: Place

    @property
    def access(self) -> Access:
        return Access(self.user)


def three_citizens() -> list[Citizen]:
    """Needs the divisions of conftest.py."""
    made = [_citizen(number) for number in (1, 2, 3)]
    for one in made:
        for shared in (Issuer, Counter, Slot, Registry, Organisation):
            one.place.made[shared] = made[0].place.get(shared)
    return made


def _citizen(number: int) -> Citizen:
    county, township, village, _, _ = PLACES[0]
    place = Place(county, township, village, f"丙{number}标记", f"{431300 + number}")
    person = Person.objects.create(
        name=f"丙{number}标记",
        id_no=id_no(f"43122719810101{number:03d}"),
        region=Region.objects.get(code=village),
    )
    user = User.objects.create(
        username=f"citizen-{number}", display_name=person.name, person=person, password="!"
    )
    place.made |= {Person: person, User: user}
    case: Any = place.get(Case)
    case.data = {"members": [{"name": person.name}]}
    case.save()
    place.made[CasePerson] = place.make(CasePerson, id_no=person.id_no, person=person, authorised_on=MONTH)
    place.made[Answer] = place.make(Answer, source="police.vehicles", person=person)
    place.made[Authorisation] = place.make(Authorisation, person=person, case=case)
    return Citizen(user, place)
