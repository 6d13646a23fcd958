"""Near kin as far as the records know it. They can prove kinship, never its absence: then the couple is asked."""

from __future__ import annotations

from minzheng.foundation.people.models import Membership, Person
from minzheng.foundation.people.relations import to_applicant

BLOOD = {"本人", "子女", "父母", "祖父母", "孙子女", "兄弟姐妹"}
# Of one generation above the head two may be husband and wife, or of two families.
NOT_BY_ITSELF = {frozenset({"父母"}), frozenset({"祖父母"}), frozenset({"父母", "祖父母"})}
STEP = {"继子", "继女", "继父或养父", "继母或养母", "养子或继子", "养女或继女"}


def known_near_kin(one: Person, other: Person) -> bool | None:
    """True when some household lists both as blood relatives of its head within three generations; else None (ask).

    民法典 第一千零四十八条. Step-relatives share no ancestor; whether a relation by adoption bars is asked, too.
    """
    rows = Membership.objects.filter(person__in=[one, other]).values_list("household", "person", "relation")
    relations: dict[int, dict[int, str]] = {}
    for household, person, relation in rows:
        relations.setdefault(household, {})[person] = relation
    for in_home in relations.values():
        if len(in_home) == 2 and _are_kin(*in_home.values()):
            return True
    return None


def _are_kin(one: str, other: str) -> bool:
    if {one, other} & STEP:
        return False
    pair = {to_applicant(one), to_applicant(other)}
    return pair <= BLOOD and frozenset(pair) not in NOT_BY_ITSELF
