"""YAML as officials expect it: only true and false are truth values, so that the key `on` stays the word on."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml


class PlainLoader(yaml.SafeLoader):
    """YAML 1.1 reads on, off, yes and no as truth values; here they are text."""


PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
PlainLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), ["t", "f"])


def read_yaml(file: Path) -> Any:
    """What a YAML or JSON file holds."""
    return yaml.load(file.read_text(encoding="utf-8"), PlainLoader)  # noqa: S506 a SafeLoader
