"""Families of a mountain county: many old people alone, children with grandparents, parents away for work."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from random import Random

from minzheng.demo.county import names, numbers

AS_OF = dt.date(2026, 1, 1)
COUNTY = "431227"
# A bride may come from a neighbouring county, and keeps its number: 芷江, 玉屏, 天柱, 三穗.
NEIGHBOURS = ("431228", "522223", "522627", "522624")

HEAD, SPOUSE, SON, DAUGHTER, DAUGHTER_IN_LAW = "户主", "配偶", "子", "女", "儿媳"
GRANDSON, GRANDDAUGHTER, FATHER, MOTHER = "孙子", "孙女", "父亲", "母亲"


@dataclass(eq=False)
class Someone:
    """One invented person. `relation` is to the head (GB/T 4761); `facts` go on a fact sheet."""

    name: str
    sex: str
    birth: dt.date
    id_no: str
    relation: str
    ethnic: str
    phone: str = ""
    bank: str = ""
    account: str = ""
    died_on: dt.date | None = None
    facts: dict[str, object] = field(default_factory=dict)
    key: int = 0

    def age(self, on: dt.date = AS_OF) -> int:
        return on.year - self.birth.year - ((on.month, on.day) < (self.birth.month, self.birth.day))


@dataclass(eq=False)
class Family:
    region: str
    category: str
    address: str
    members: list[Someone]
    facts: dict[str, object] = field(default_factory=dict)
    poor: bool = False
    key: int = 0

    @property
    def head(self) -> Someone:
        return self.members[0]


class Maker:
    """Makes families; every random choice comes from one seeded source."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.ids = numbers.IdNumbers()
        self.kinds = {
            self.old_person_alone: 16, self.old_couple: 17, self.left_behind: 13, self.three_generations: 14,
            self.couple_with_children: 20, self.couple: 8, self.single_parent: 5, self.single_man: 6,
        }  # fmt: skip

    def family(self, region: str, category: str) -> Family:
        kind = self.random.choices(list(self.kinds), list(self.kinds.values()))[0]
        members = kind(names.surname(self.random))
        # what stands on the door: the village is the region, shown before it
        place = (
            f"{self.random.randint(1, 12)}组" if category == "rural" else f"{self.random.randint(1, 180)}号"
        )
        for member in members:
            if member.age() >= 16:
                member.phone = (
                    numbers.phone(self.random) if member.age() < 80 or self.random.random() < 0.4 else ""
                )
                member.bank, member.account = numbers.bank_account(self.random)
        return Family(region, category, place, members)

    def someone(self, surname: str, sex: str, age: int, relation: str, division: str = COUNTY) -> Someone:
        birth = AS_OF - dt.timedelta(days=int(age * 365.25) + self.random.randrange(365) + 1)
        name = surname + names.given_name(self.random, sex, birth.year)
        id_no = self.ids.next(division, birth, sex)
        return Someone(name, sex, birth, id_no, relation, names.ethnic(self.random))

    def married_in(self, age: int, relation: str) -> Someone:
        division = self.random.choice(NEIGHBOURS) if self.random.random() < 0.2 else COUNTY
        return self.someone(names.surname(self.random), "2", age, relation, division)

    def children(self, surname: str, mother_age: int, boy: str, girl: str, most: int = 3) -> list[Someone]:
        """One to `most` children, the eldest born when the mother was about twenty-three."""
        count = self.random.choices(range(1, most + 1), (45, 45, 10)[:most])[0]
        eldest = max(mother_age - self.random.randint(21, 29), 0)
        ages = [age for age in (eldest - 3 * n for n in range(count)) if age >= 0]
        sexes = self.random.choices("12", k=len(ages))
        return [
            self.someone(surname, sex, age, boy if sex == "1" else girl)
            for sex, age in zip(sexes, ages, strict=True)
        ]

    def old_person_alone(self, surname: str) -> list[Someone]:
        sex = self.random.choices("12", (40, 60))[0]
        return [self.someone(surname, sex, int(self.random.triangular(62, 96, 72)), HEAD)]

    def old_couple(self, surname: str) -> list[Someone]:
        age = int(self.random.triangular(58, 90, 67))
        return [
            self.someone(surname, "1", age, HEAD),
            self.married_in(age - self.random.randint(0, 5), SPOUSE),
        ]

    def left_behind(self, surname: str) -> list[Someone]:
        """Grandparents with grandchildren whose parents work far away and have their own hukou there."""
        age = int(self.random.triangular(52, 76, 62))
        grandchildren = self.children(surname, min(age - 22, 38), GRANDSON, GRANDDAUGHTER, 2)
        couple = [self.someone(surname, "1", age, HEAD), self.married_in(age - 2, SPOUSE)]
        return (couple if self.random.random() < 0.7 else couple[:1]) + [
            c for c in grandchildren if c.age() < 18
        ]

    def three_generations(self, surname: str) -> list[Someone]:
        age = self.random.randint(30, 50)
        family = [
            self.someone(surname, "1", age, HEAD),
            self.married_in(age - self.random.randint(0, 4), SPOUSE),
        ]
        family += [c for c in self.children(surname, age - 2, SON, DAUGHTER) if c.age() < 24]
        older = age + self.random.randint(22, 30)
        if self.random.random() < 0.6:
            family.append(self.someone(surname, "1", older, FATHER))
        family.append(self.married_in(older - self.random.randint(0, 4), MOTHER))
        return family

    def couple_with_children(self, surname: str) -> list[Someone]:
        age = self.random.randint(26, 49)
        family = [
            self.someone(surname, "1", age, HEAD),
            self.married_in(age - self.random.randint(0, 4), SPOUSE),
        ]
        return family + [c for c in self.children(surname, age - 2, SON, DAUGHTER) if c.age() < 24]

    def couple(self, surname: str) -> list[Someone]:
        age = self.random.randint(45, 60)
        return [self.someone(surname, "1", age, HEAD), self.married_in(age - 2, SPOUSE)]

    def single_parent(self, surname: str) -> list[Someone]:
        sex, age = self.random.choice("12"), self.random.randint(28, 48)
        family = [self.someone(surname, sex, age, HEAD)]
        return family + [c for c in self.children(surname, age, SON, DAUGHTER, 2) if c.age() < 20]

    def single_man(self, surname: str) -> list[Someone]:
        return [self.someone(surname, "1", self.random.randint(30, 60), HEAD)]
