"""The examples in docstrings are true."""

import doctest
import importlib

import pytest

from newsroom.settings import BASE_DIR

WITH_EXAMPLES = [
    ".".join(path.relative_to(BASE_DIR).with_suffix("").parts)
    for package in ("newsroom", "articles")
    for path in sorted((BASE_DIR / package).rglob("*.py"))
    if ">>> " in path.read_text()
]


@pytest.mark.parametrize("module", WITH_EXAMPLES)
def test_examples_come_out_as_written(module):
    result = doctest.testmod(importlib.import_module(module))
    assert result.attempted > 0
    assert result.failed == 0
