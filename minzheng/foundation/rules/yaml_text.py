"""YAML as officials expect it: only true and false are truth values, so that the key `on` stays the word on."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

try:
    from yaml import CSafeLoader as FastLoader
except ImportError:  # PyYAML was built without libyaml, as on a processor for which there is no wheel
    from yaml import SafeLoader as FastLoader  # type: ignore[assignment]


class PlainLoader(yaml.SafeLoader):
    """YAML 1.1 reads on, off, yes and no as truth values; here they are text."""


PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
PlainLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), ["t", "f"])


class PlainFastLoader(FastLoader):
    """The same by libyaml, several times as fast. A file nested thousands deep would crash it."""

    yaml_implicit_resolvers = PlainLoader.yaml_implicit_resolvers


def read_yaml(file: Path) -> Any:
    """What a YAML or JSON file holds, whoever wrote it."""
    return yaml.load(file.read_text(encoding="utf-8"), PlainLoader)  # noqa: S506 a SafeLoader


def read_own_yaml(file: Path) -> Any:
    """The same for files that belong to the installation: hundreds are read before the first amount is worked out."""
    return yaml.load(file.read_text(encoding="utf-8"), PlainFastLoader)  # noqa: S506 a SafeLoader
