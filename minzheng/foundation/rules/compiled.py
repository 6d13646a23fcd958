"""Compiled kernels on disk: each is compiled once, by whichever process needs it first."""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path


def cache_folder() -> Path:
    """Where compiled kernels are kept: MINZHENG_CACHE, or the user's cache folder."""
    root = os.environ.get("MINZHENG_CACHE")
    return (Path(root) if root else Path.home() / ".cache" / "minzheng") / "kernels"


@functools.lru_cache(maxsize=64)
def compile_kernel(source: str) -> Callable:
    """The compiled kernel; the module file is written once, whole, under the hash of its text."""
    digest = hashlib.sha256(source.encode()).hexdigest()[:20]
    folder = cache_folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder / f"kernel_{digest}.py"
    if not file.exists():
        with tempfile.NamedTemporaryFile("w", dir=folder, delete=False, encoding="utf-8") as part:
            part.write(source)
        Path(part.name).replace(file)
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # Numba finds the module of cached code again by its name
    sys.modules[file.stem] = module
    spec.loader.exec_module(module)
    return module.kernel
