"""Docstrings are sentences: PEP 257."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# A docstring that begins with one of these has no verb, or none before a reader knows who does it.
FRAGMENT_OPENERS = """
    A After All An And As At Before But By Each Every For From Here How If In Into It Its No Not Of On One Or Such That
    The Their There These They This Those To What When Where Whether Which Who Whom Whose With"""
SENTENCE_ENDS = (".", ":", "?", "…")


def docstrings(folder):
    """Yield (where, node, first paragraph) of each docstring in a folder."""
    for path in sorted((ROOT / folder).rglob("*.py")):
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                first = (ast.get_docstring(node) or "").partition("\n\n")[0].partition(">>>")[0].strip()
                if first:
                    yield f"{path.relative_to(ROOT)}: {getattr(node, 'name', '')}", node, first


def is_fragment(node, first):
    """Return whether a docstring is no sentence. A test's says what is true; other functions' say what they do."""
    says_what_it_does = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("test_")
    return not first.endswith(SENTENCE_ENDS) or (says_what_it_does and first.split()[0] in FRAGMENT_OPENERS.split())


@pytest.mark.parametrize("folder", ["articles", "demo", "newsroom", "tests"])
def test_docstrings_are_sentences(folder):
    found = [*docstrings(folder)]
    assert found
    assert [where for where, node, first in found if is_fragment(node, first)] == []


@pytest.mark.parametrize(
    ("code", "fragment"),
    [
        ('def read(): "Of a row."', True),
        ('def read(): "That it takes, and its undo too."', True),
        ('def read(): "Return a row"', True),
        ('def read(): "Return a row."', False),
        ('class Row: "A row of the table."', False),
        ('def test_a_row(): "It has a column."', False),
    ],
)
def test_a_fragment_is_told_from_a_sentence(code, fragment):
    [node] = ast.parse(code).body
    assert is_fragment(node, ast.get_docstring(node)) == fragment
