"""A book with every operator, and families with generated facts: small values, boundaries, unknowns."""

import datetime as dt

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from .toy import HEAD, PERSON

TOY = f"""
{PERSON}def years(born, on):
    return age(born, on)

{PERSON}def low(voice, low_voices):
    return voice in low_voices or voice not in ("高", "中")

{PERSON}def pays(fee, years, months, low, percent, strict, rent):
    return round_half_up(fee * percent, 100) if low and not strict else min(fee, rent) if 1 <= years < 100 else abs(fee - rent)

{HEAD}def fees(t=total("pays")):
    return t

{HEAD}def crowd(n=count("sings"), songs=total("songs")):
    return n + songs - 1

{HEAD}def share(fees, crowd):
    return fees // crowd

{HEAD}def rounded(fees, crowd):
    return round_half_up(fees, 12 * crowd)

{PERSON}def above(share, pays, solo, sings):
    return pays > share or (solo and not sings)

{HEAD}def someone(x=any_of("above")):
    return x

{HEAD}def everyone(x=all_of("above"), y=all_of("sings")):
    return x or y

{PERSON}def gift(above, everyone, rounded, grant_monthly, months, born, on):
    return (rounded if everyone else grant_monthly) * max(months, months_between(born, on)) if above else 0

{HEAD}def gifts(hall, purse, chairs, t=total("gift"), someone_said=any_of("low")):
    return t + purse if hall and chairs != 0 else -t if someone_said else 0

{HEAD}def rank(gifts, purse):
    return "富" if gifts > purse else "中" if gifts == purse else "贫"
"""
STANDARDS = {
    "fee_limit": 100,
    "grant_monthly": 3,
    "months": 6,
    "low_voices": 0b101,
    "percent": 33,
    "strict": False,
}
RELAXED = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def birthdays(on):
    """The days on which an age begins on the day `on`, the days before and after, and leap days."""
    day = dt.datetime.strptime(str(on), "%Y%m%d").date()
    turned = [
        day.replace(year=day.year - years, day=min(day.day, 28)) for years in (0, 1, 16, 18, 60, 65, 80, 99)
    ]
    near = [
        date + dt.timedelta(days=days) for date in turned for days in (-1, 0, 1, day.day - min(day.day, 28))
    ]
    return sorted({int(date.strftime("%Y%m%d")) for date in near if date <= day} | {20040229, 19600229})


def value_of(fact, on):
    """Small engine values, so that boundaries and equalities happen often; None is unknown."""
    match fact.kind.name:
        case "bool":
            known = st.booleans()
        case "date":
            known = st.sampled_from(birthdays(on))
        case "choice":
            known = st.integers(0, len(fact.kind.options) - 1)
        case "int":
            known = st.integers(fact.least or 0, 3)
        case _:
            known = st.sampled_from([0, 1, 99, 100, 5500, 55000, 660000, 659999, 660001, 1320000, 10**9])
    return st.one_of(known, known, known, known, st.none())


def families(catalogue, region, on):
    def values(entity):
        return st.fixed_dictionaries(
            {fact.name: value_of(fact, on) for fact in catalogue if fact.entity == entity}
        )

    family = st.tuples(values("household"), st.lists(values("person"), max_size=4))
    return st.lists(family, min_size=1, max_size=8).map(
        lambda made: [(household, tuple(members), region) for household, members in made]
    )


def same(one, other):
    """Equal names and values; the text tells True from 1, which == does not."""
    return repr(sorted(one.items())) == repr(sorted(other.items()))
