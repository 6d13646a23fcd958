"""The rule engine: rules written once, read at the counter and over the whole population (docs/rules.md).

decide(document, on, standards, region) answers for one household; Population does for millions with the same text.
Nothing here needs Django, and Numba is imported only when a population is run.
"""

from .book import RuleBook
from .catalogue import FactCatalogue
from .deciding import Counter, decide, default_counter, load_rules
from .decision import Decision
from .errors import FactsError, QuestionError, RuleError, StandardsError
from .population import Population
from .standards import Standards, load_standards

__all__ = [
    "Counter",
    "Decision",
    "FactCatalogue",
    "FactsError",
    "Population",
    "QuestionError",
    "RuleBook",
    "RuleError",
    "Standards",
    "StandardsError",
    "decide",
    "default_counter",
    "load_rules",
    "load_standards",
]
