"""A tiny rule book for tests: a choir that knows nothing of civil affairs."""

from minzheng.foundation.rules.book import RuleBook
from minzheng.foundation.rules.catalogue import Fact, FactCatalogue
from minzheng.foundation.rules.deciding import Counter
from minzheng.foundation.rules.grammar import parse_rules
from minzheng.foundation.rules.kinds import BOOL, DATE, INT, Kind
from minzheng.foundation.rules.standards import Declared, Standards, Value

VOICES = Kind("choice", ("高", "中", "低"))
YEARLY, MONTHLY, SUM = Kind("money", per="year"), Kind("money", per="month"), Kind("money")


def fact(name, entity, kind, default=None, past=False):
    return Fact(name, entity, kind, f"〈{name}〉", "合唱团", default, None, None, past, "", "toy/facts.yaml")


CATALOGUE = FactCatalogue(
    [
        fact("hall", "household", BOOL),
        fact("rent", "household", YEARLY),
        fact("purse", "household", SUM),
        fact("chairs", "household", INT),
        fact("born", "person", DATE, past=True),
        fact("fee", "person", YEARLY),
        fact("songs", "person", INT),
        fact("sings", "person", BOOL),
        fact("solo", "person", BOOL, default=False),
        fact("voice", "person", VOICES),
    ]
)
KINDS = {
    "fee_limit": (YEARLY, "年费上限"),
    "grant_monthly": (MONTHLY, "月补"),
    "months": (Kind("int", per="month"), "月数"),
    "low_voices": (Kind("choices", VOICES.options), "低声部"),
    "percent": (INT, "百分比"),
    "strict": (BOOL, "从严"),
}
HEAD = '@household("标题", cite="团章 第一条")\n'
PERSON = '@person("标题", cite="团章 第二条")\n'


def book(text):
    return RuleBook(parse_rules(text, "toy/rules.py"), CATALOGUE, KINDS)


def one(expression, args="", head=HEAD):
    """A book of the single rule r."""
    return book(f"{head}def r({args}):\n    return {expression}\n")


def counter(text, **standards):
    """A counter whose one set, `toy`, holds the given engine values everywhere and always."""
    made = Counter(book(text))
    declared = {name: Declared(name, kind, label, False, "toy", "") for name, (kind, label) in KINDS.items()}
    values = [Value(name, "", 0, value, "团章", "V", "", "toy") for name, value in standards.items()]
    made._sets["toy"] = Standards("toy", "合唱团", False, declared, values)
    return made


def document(household=None, members=(), on="2021-09-01"):
    return {
        "on": on,
        "region": "43",
        "standards": "toy",
        "household": household or {},
        "members": list(members),
    }
