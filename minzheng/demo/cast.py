"""The named cast: the same people in the demo, in the tests and in the guides.

Their identity numbers carry valid check digits under division 431227 and belong to nobody we know of.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from minzheng.foundation.accounts.models import Assignment, Role, User
from minzheng.foundation.people.models import Person

PASSWORD = "minzheng-demo-2026"  # noqa: S105  printed by the demo, used nowhere else

COUNTY = "431227000000"
TOWNSHIP = "431227107000"
VILLAGE = "431227107203"
SIBLING_COUNTY = "431228000000"
PROVINCE = "430000000000"


@dataclass(frozen=True)
class Member:
    """One of the cast: log-in name, what they are called, role (None for a citizen) and region."""

    username: str
    name: str
    role: Role | None
    region: str
    sex: str
    birth_date: str
    id_no: str


CAST = [
    Member("xiuying", "杨秀英", None, VILLAGE, "2", "1979-03-08", "431227197903080026"),
    Member("helper", "吴小芳", Role.VILLAGE_HELPER, VILLAGE, "2", "1990-05-12", "431227199005120021"),
    Member("clerk", "龙建军", Role.TOWNSHIP_CLERK, TOWNSHIP, "1", "1986-11-02", "431227198611020018"),
    Member("clerk2", "蒲海燕", Role.TOWNSHIP_CLERK, TOWNSHIP, "2", "1992-01-20", "431227199201200029"),
    Member("township", "姚志强", Role.TOWNSHIP_REVIEWER, TOWNSHIP, "1", "1978-07-15", "431227197807150012"),
    Member("reviewer", "舒丽", Role.COUNTY_REVIEWER, COUNTY, "2", "1985-09-09", "431227198509090028"),
    Member("approver", "田文斌", Role.COUNTY_APPROVER, COUNTY, "1", "1975-12-01", "431227197512010012"),
    Member("director", "杨春梅", Role.CHILD_DIRECTOR, VILLAGE, "2", "1991-06-06", "431227199106060021"),
    Member("supervisor", "蒲文静", Role.CHILD_SUPERVISOR, TOWNSHIP, "2", "1989-02-11", "431227198902110021"),
    Member("protection", "姚敏", Role.PROTECTION, COUNTY, "2", "1984-12-20", "431227198412200024"),
    Member("finance", "曾敏", Role.FINANCE, COUNTY, "2", "1988-04-18", "431227198804180026"),
    Member("finance2", "江涛", Role.FINANCE, COUNTY, "1", "1983-06-30", "431227198306300013"),
    Member("province", "周晓岚", Role.VIEWER, PROVINCE, "2", "1981-02-14", "43122719810214002X"),
    Member("auditor", "唐正", Role.AUDITOR, COUNTY, "1", "1972-10-10", "431227197210100012"),
    Member("registrar", "石婉", Role.REGISTRAR, COUNTY, "2", "1990-08-08", "431227199008080029"),
    Member("registrar2", "杨帆", Role.REGISTRAR, COUNTY, "1", "1987-04-11", "431227198704110012"),
    Member("rescuer", "蒲春兰", Role.RESCUER, COUNTY, "2", "1991-03-05", "431227199103050063"),
    Member("rescuer2", "吴大勇", Role.RESCUER, COUNTY, "1", "1985-09-20", "431227198509200071"),
    Member("outsider", "石磊", Role.COUNTY_REVIEWER, SIBLING_COUNTY, "1", "1984-08-08", "431227198408080015"),
    Member("admin", "贺平", Role.SYSTEM_ADMIN, COUNTY, "1", "1980-01-01", "431227198001010015"),
    Member("security", "杨柳", Role.SECURITY_ADMIN, COUNTY, "2", "1987-03-21", "431227198703210046"),
    Member("audits", "龙海", Role.AUDIT_ADMIN, COUNTY, "1", "1982-08-19", "43122719820819005X"),
]


def create_cast(since: dt.date = dt.date(2020, 1, 1)) -> dict[str, User]:
    """Create accounts, persons and roles for the cast, whoever of it is missing, together; safe to call again."""
    names = [member.username for member in CAST]
    there = set(User.objects.filter(username__in=names).values_list("username", flat=True))
    missing = [member for member in CAST if member.username not in there]
    known = {
        person.id_no: person for person in Person.objects.filter(id_no__in=[one.id_no for one in missing])
    }
    Person.objects.bulk_create(
        known.setdefault(
            member.id_no,
            Person(
                id_no=member.id_no,
                name=member.name,
                sex=member.sex,
                birth_date=member.birth_date,
                region_id=member.region,
                hukou_region_id=member.region,
            ),
        )
        for member in missing
        if member.id_no not in known
    )
    password = make_password(PASSWORD) if missing else ""  # one hash for all: one for each would take seconds
    User.objects.bulk_create(
        User(
            username=member.username,
            display_name=member.name,
            person=known[member.id_no],
            password=password,
        )
        for member in missing
    )
    users = {user.username: user for user in User.objects.filter(username__in=names).select_related("person")}
    Assignment.objects.bulk_create(
        Assignment(user=users[member.username], role=member.role, region_id=member.region, since=since)
        for member in missing
        if member.role
    )
    return {name: users[name] for name in names}
