"""The items of all lines. In a running site the registry holds them; the command line reads them without a database."""

import importlib
import importlib.util
from collections.abc import Iterator

from minzheng.foundation.items.item import ServiceItem
from minzheng.foundation.registry.words import shelf
from minzheng.lines import LINES


def item_of(code: str) -> ServiceItem:
    """The item with this code; LookupError, in Chinese, when there is none."""
    return shelf(ServiceItem).get(code)


def declared_items() -> Iterator[ServiceItem]:
    """Every item, read straight from the lines' items.py."""
    for line in LINES:
        if importlib.util.find_spec(f"{line}.items"):
            module = importlib.import_module(f"{line}.items")
            yield from (value for value in vars(module).values() if isinstance(value, ServiceItem))
