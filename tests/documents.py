"""The documents of the newsroom, and their tables that come from the code: `make docs` writes those tables."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
DOCS = ROOT / "docs"
FENCE = re.compile(r"^( *)```.*?^\1```$", re.MULTILINE | re.DOTALL)


def main() -> None:
    for path, heading, rows in (
        (DOCS / "settings.md", "Variables", settings()),
        (DOCS / "architecture.md", "Code map", code_map()),
    ):
        text = path.read_text()
        start, end = _span(text, heading)
        path.write_text(text[:start] + "".join(map(_line, rows)) + text[end:])


def documents() -> list[Path]:
    """Return every document but the changelog, which tells of what is no longer there."""
    return [path for path in sorted([*ROOT.glob("*.md"), *DOCS.glob("*.md")]) if path.name != "CHANGELOG.md"]


def table(path: Path, heading: str) -> list[list[str]]:
    """Return the cells of the first table under a heading, row by row, without its head."""
    text = path.read_text()
    start, end = _span(text, heading)
    return [_cells(line) for line in text[start:end].splitlines()]


def sections(path: Path, level: int) -> dict[str, str]:
    """Return the text under each heading of this level.

    It ends at the next heading of this level or of one above.
    """
    parts = re.split(rf"^(#{{1,{level}}}) (.*)$", path.read_text(), flags=re.MULTILINE)
    found = zip(parts[1::3], parts[2::3], parts[3::3], strict=True)
    return {heading: text for marks, heading, text in found if len(marks) == level}


def code(path: Path) -> list[str]:
    """Return everything that a document sets as code: each span on one line, and each line of a block."""
    text = path.read_text()
    lines = [line.strip() for block in FENCE.finditer(text) for line in block[0].splitlines()[1:-1]]
    spans = re.findall(r"`([^`]+)`", FENCE.sub("", text))
    return [*lines, *(" ".join(span.split()) for span in spans)]


def anchors(path: Path) -> set[str]:
    """Return the anchors of a document's headings, as hosts of repositories make them."""
    headings = re.findall(r"^#+ (.*)$", FENCE.sub("", path.read_text()), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def settings() -> list[list[str]]:
    """Return name, default and meaning of every variable; paths start at the newsroom's folder."""
    from newsroom.settings import env

    defaults = [setting.default.replace(f"{ROOT}/", "") for setting in env.settings]
    return [
        [f"`{setting.name}`", f"`{default}`" if default else "none", setting.help]
        for setting, default in zip(env.settings, defaults, strict=True)
    ]


def code_map() -> list[list[str]]:
    """Return path and first docstring line of every folder of modules."""
    folders = sorted({path.parent for path in modules()})
    return [[f"`{folder.relative_to(ROOT)}/`", first_line(folder / "__init__.py")] for folder in folders]


def modules() -> Iterator[Path]:
    """Yield every module and every folder's `__init__.py`, without migrations and formats, which Django names."""
    for package in ("newsroom", "articles", "demo"):
        for path in sorted((ROOT / package).rglob("*.py")):
            if not {"migrations", "formats"} & set(path.parts):
                yield path


def first_line(path: Path) -> str:
    docstring = ast.get_docstring(ast.parse(path.read_text())) or ""
    return docstring.partition("\n")[0]


def _span(text: str, heading: str) -> tuple[int, int]:
    """Return where the rows of the table under a heading start and end."""
    pattern = rf"^#+ {re.escape(heading)}\n.*?^ *\|[-|]+\|\n(?P<rows>(?:\|[^\n]*\n)*)"
    if match := re.search(pattern, text, flags=re.MULTILINE | re.DOTALL):
        return match.span("rows")
    raise LookupError(f"No table stands under the heading {heading!r}")


def _line(row: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in row) + " |\n"


def _cells(line: str) -> list[str]:
    return [cell.strip().replace(r"\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


if __name__ == "__main__":
    os.environ.setdefault("DEBUG", "1")
    main()
