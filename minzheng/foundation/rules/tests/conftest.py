"""Kernels are compiled here from the same text as everywhere, but without LLVM's polish: in a third of the time."""

import pytest
from numba.core import config


@pytest.fixture(scope="module", autouse=True)
def compiled_quickly():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(config, "OPT", config._OptLevel(0))
        yield
