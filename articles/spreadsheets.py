"""Cells of a CSV file that people open in a spreadsheet: nothing in them is run, and several names fit into one."""

from __future__ import annotations

import re

VOCABULARY_COLUMNS = ("name", "slug", "description", "aliases", "count")
# Texts that a spreadsheet takes for a formula, and texts that were escaped before.
FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
HARMLESS = re.compile(r"'+[=+\-@\t\r\n]")


def escape_formula(text: str) -> str:
    """Return `text` for a cell: an apostrophe keeps a spreadsheet from running it.

    >>> escape_formula("=1+1"), escape_formula("Énergie")
    ("'=1+1", 'Énergie')
    """
    return f"'{text}" if FORMULA.match(text) else text


def unescape_formula(cell: str) -> str:
    """Return what `escape_formula` was given.

    >>> unescape_formula("'=1+1"), unescape_formula("'t Gooi")
    ('=1+1', "'t Gooi")
    """
    return cell[1:] if HARMLESS.match(cell) else cell


def join_names(names: list[str]) -> str:
    r"""Return the names as the text of one cell.

    >>> join_names(["FCFA", "A|B"])
    'FCFA|A\\|B'
    """
    return "|".join(re.sub(r"([\\|])", r"\\\1", name) for name in names)


def split_names(cell: str) -> list[str]:
    r"""Return the names of a cell, without spaces around them and without empty ones.

    >>> split_names("FCFA | A\\|B|")
    ['FCFA', 'A|B']
    """
    parts = re.findall(r"(?:\\.|[^|\\]|\\$)+", cell, re.DOTALL)
    return [name for part in parts if (name := re.sub(r"\\(.)", r"\1", part, flags=re.DOTALL).strip())]
