"""The registry: finds what each line declares, by the name of the file it is declared in."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, TypeVar

from django.apps import apps


@dataclass(frozen=True, kw_only=True)
class Word:
    """Base of the eight words (design §3): a frozen declaration with a code and a 中文 title."""

    file: ClassVar[str]  # the module of a line in which instances are found, e.g. "items"
    code: str
    title: str
    covers: tuple[str, ...] = ()  # rows of docs/systems.csv that this declaration makes real, e.g. ("S-031",)
    origin: str = field(default="", compare=False)  # dotted module, filled in by the registry

    def problems(self) -> Iterable[str]:
        """What is wrong with this declaration, each with its remedy; empty when it is good.

        A word that can tell by itself says it here; else what `@finds_problems` finds.
        """
        for finder in _finders.get(type(self), ()):
            yield from finder(self)


W = TypeVar("W", bound=Word)
Finder = Callable[[W], Iterable[str]]
_finders: dict[type[Word], list[Finder[Any]]] = {}


def finds_problems(word: type[W]) -> Callable[[Finder[W]], Finder[W]]:
    """In a part's `problems.py`: what it looks at is more than the word itself may know."""

    def note(finder: Finder[W]) -> Finder[W]:
        _finders.setdefault(word, []).append(finder)
        return finder

    return note


class Shelf(Generic[W]):
    """All declarations of one word, by code."""

    def __init__(self, word: type[W]) -> None:
        self.word = word
        self._found: dict[str, W] = {}
        self.clashes: list[str] = []

    def add(self, declaration: W, origin: str) -> None:
        object.__setattr__(declaration, "origin", origin)
        other = self._found.get(declaration.code)
        if other is not None and other is not declaration:
            self.clashes.append(
                f"{origin}：代码 {declaration.code} 已在 {other.origin} 中声明，请换一个代码。"
            )
        self._found[declaration.code] = declaration

    def get(self, code: str) -> W:
        try:
            return self._found[code]
        except KeyError:
            raise LookupError(f"没有代码为 {code} 的{self.word.__name__}声明。") from None

    def __iter__(self) -> Iterator[W]:
        return iter(self._found.values())

    def __contains__(self, code: object) -> bool:
        return code in self._found

    def __len__(self) -> int:
        return len(self._found)


_shelves: dict[type[Word], Shelf[Any]] = {}


def shelf(word: type[W]) -> Shelf[W]:
    """The shelf of one word; made on first use."""
    return _shelves.setdefault(word, Shelf(word))


def collect() -> None:
    """Import every app's declaration modules and shelve what they hold. Called once, at start-up."""
    files = {
        "items",
        "registers",
        "benefits",
        "bookings",
        "chapters",
        "certificates",
        "deliveries",
        "facilities",
        "signals",
        "indicators",
        "problems",
        "tasks",
        "reports",
        "handlers",
        "sources",
        "fact_views",
        "programmes",
        "scoring",
        "services",
    }
    for config in apps.get_app_configs():
        if not config.name.startswith("django.") and config.module is not None:
            for name in sorted(files):
                module_name = f"{config.name}.{name}"
                if config.name.split(".")[0] in {"minzheng", "tests"} and importlib.util.find_spec(
                    module_name
                ):
                    _shelve(module_name)


def _shelve(module_name: str) -> None:
    module = importlib.import_module(module_name)
    for held in vars(module).values():
        # Many of one kind may stand in a tuple.
        for value in held if isinstance(held, tuple) else (held,):
            if isinstance(value, Word) and value.file == module_name.rsplit(".", 1)[-1]:
                shelf(type(value)).add(value, module_name)


def all_shelves() -> list[Shelf[Any]]:
    return list(_shelves.values())
