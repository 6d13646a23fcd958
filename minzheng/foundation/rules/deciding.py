"""decide(): one household at the counter. Compiles once per law and wanted rules, then runs plain Python."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from .book import RuleBook
from .catalogue import FactCatalogue
from .counter import compile_counter
from .decision import Decision
from .errors import QuestionError
from .facts_document import Facts, read_facts
from .grammar import Rule, read_rules
from .plan import plan_for
from .standards import FOLDER, Standards, load_standards

PACKAGE = Path(__file__).parents[2]


class Counter:
    """A rule book and the sets of standards: everything needed to decide. Keeps what it compiled."""

    def __init__(self, book: RuleBook, folder: Path = FOLDER) -> None:
        self.book, self.folder = book, folder
        self._sets: dict[str, Standards] = {}
        self._compiled: dict[tuple[int, tuple[str, ...] | None], tuple] = {}

    def standards(self, name: str) -> Standards:
        if name not in self._sets:
            self._sets[name] = load_standards(name, self.book.catalogue, self.folder)
        return self._sets[name]

    def facts(self, document: Any, **given: Any) -> Facts:
        """Checked facts of a document; see facts_document.read_facts."""
        return read_facts(document, self.book.catalogue, **given)

    def decide(
        self, facts: Facts, want: Iterable[str] | None = None, *, about: int | None = None
    ) -> Decision:
        """The decision about checked facts; `about` is the place of the member whom it concerns alone, if any."""
        law = self.book.law(facts.on)
        key = (id(law), None if want is None else tuple(want))
        if key not in self._compiled:
            plan = plan_for(law, self.book.wanted(law, key[1]))
            self._compiled[key] = (
                plan,
                compile_counter(plan, complete=True),
                compile_counter(plan, complete=False),
            )
        plan, complete, general = self._compiled[key]
        standards = self.standards(facts.standards)
        row = standards.row(facts.region, facts.on)
        household = tuple([facts.household.get(name) for name in plan.household_facts])
        names = plan.person_facts
        members = [tuple([member.get(name) for name in names]) for member in facts.members]
        values = tuple([row[name].value if name in row else None for name in plan.standards])
        unknown = None in household or None in values or any(None in member for member in members)
        run = general if unknown else complete
        of_household, of_members = run(household, members, values, facts.on)
        return Decision(plan, facts, standards, row, of_household, of_members, about)

    def facts_read(self, want: Iterable[str], on: int) -> set[str]:
        """Names of the facts on which the wanted rules rest on a day (YYYYMMDD)."""
        law = self.book.law(on)
        plan = plan_for(law, self.book.wanted(law, want))
        return {*plan.household_facts, *plan.person_facts}


def load_rules(
    folders: Iterable[Path], extra_facts: Iterable[Path] = (), standards_folder: Path = FOLDER
) -> RuleBook:
    """The book of the rules*.py and facts.yaml in the given folders; the kinds of standards come from every set."""
    folders = list(folders)
    fact_files = [
        *extra_facts,
        *(folder / "facts.yaml" for folder in folders if (folder / "facts.yaml").is_file()),
    ]
    catalogue = FactCatalogue.load(fact_files)
    declared: dict[str, tuple] = {}
    for head in sorted(standards_folder.glob("*/set.yaml")):
        for name, one in load_standards(head.parent.name, catalogue, standards_folder).declared.items():
            declared.setdefault(name, (one.kind, one.label))
    rules: list[Rule] = []
    for folder in folders:
        for file in sorted(folder.glob("rules*.py")):
            rules += read_rules(file, _shown(file))
    return RuleBook(rules, catalogue, declared)


def _shown(file: Path) -> str:
    """A path as it stands in the repository."""
    return file.relative_to(PACKAGE.parent).as_posix() if file.is_relative_to(PACKAGE.parent) else file.name


def line_folders() -> list[Path]:
    """Folders of the installed lines, found without importing them."""
    from minzheng.lines import LINES

    return [PACKAGE.parent.joinpath(*line.split(".")) for line in LINES]


@functools.cache
def default_counter() -> Counter:
    """The counter of the installed lines (minzheng/lines.py), what all share (people/), and the repository's standards."""
    return Counter(load_rules([PACKAGE / "foundation" / "people", *line_folders()]))


def decide(
    document: Any,
    on: Any = None,
    standards: str | None = None,
    region: str | None = None,
    want: Iterable[str] | None = None,
    about: int | None = None,
) -> Decision:
    """The decision about a facts document under the law and standards of the day `on`.

    Raises FactsError (all faults of the document at once), QuestionError (unknown set, rule or region),
    RuleError (the installation's own rules or standards are broken).
    """
    counter = default_counter()
    facts = counter.facts(document, on=on, standards=standards, region=region)
    if not facts.region and any(
        v.region for values in counter.standards(facts.standards).values.values() for v in values
    ):
        raise QuestionError(
            "没有写明地区，无法确定适用哪一地的标准。办法：在事实文件里写 region，或用 --region 指定代码。"
        )
    return counter.decide(facts, want, about=about)
