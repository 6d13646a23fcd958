"""Short names of villages and communities: statistics name the committee, people name the place."""

import re

# The longest ending first: 社区居民委员会 is one word, not 社区居民 + 委员会.
ENDINGS = (
    (re.compile(r"社区(居民委员会|居委会)$"), "社区"),
    (re.compile(r"(嘎查)(村民委员会|嘎查委员会|村委会|委员会)$"), r"\1"),
    (re.compile(r"村?(村民委员会|村委会)$"), "村"),
    (re.compile(r"(居民委员会|居委会)$"), "社区"),
)


def short_name(committee: str) -> str:
    """日光村村委会 → 日光村; 桥南社区居民委员会 → 桥南社区; a name of another kind stays as it is."""
    for ending, place in ENDINGS:
        tidy = ending.sub(place, committee)
        if tidy != committee:
            return tidy
    return committee


def is_urban(code: str) -> bool:
    """Whether a 12-digit village code is a residents' committee.

    The last three digits say so: 001–199 居民委员会, 200–399 村民委员会, 400–499 and 500–599 the like of each
    (国家统计局《统计用区划代码和城乡划分代码编制规则》).
    """
    kind = int(code[9:])
    return 1 <= kind <= 199 or 400 <= kind <= 499
