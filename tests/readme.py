"""The tables of README.md that come from the code: `make docs` writes them, test_docs.py checks them."""

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"


def main() -> None:
    text = README.read_text()
    for heading, rows in (("Settings", settings()), ("Code map", code_map())):
        start, end = _span(text, heading)
        text = text[:start] + "".join(map(_line, rows)) + text[end:]
    README.write_text(text)


def table(heading: str) -> list[list[str]]:
    """The cells of the table under a heading, row by row, without its head."""
    text = README.read_text()
    start, end = _span(text, heading)
    return [_cells(line) for line in text[start:end].splitlines()]


def settings() -> list[list[str]]:
    """Name, default and meaning of every variable; paths start at the newsroom's folder."""
    from newsroom.settings import env

    defaults = [setting.default.replace(f"{ROOT}/", "") for setting in env.settings]
    return [
        [f"`{setting.name}`", f"`{default}`" if default else "none", setting.help]
        for setting, default in zip(env.settings, defaults, strict=True)
    ]


def code_map() -> list[list[str]]:
    """Path and first docstring line of every folder of modules."""
    folders = sorted({path.parent for path in modules()})
    return [[f"`{folder.relative_to(ROOT)}/`", first_line(folder / "__init__.py")] for folder in folders]


def modules() -> Iterator[Path]:
    """Every module and every folder's `__init__.py`, without migrations and formats, which Django names."""
    for package in ("newsroom", "articles", "demo"):
        for path in sorted((ROOT / package).rglob("*.py")):
            if not {"migrations", "formats"} & set(path.parts):
                yield path


def first_line(path: Path) -> str:
    docstring = ast.get_docstring(ast.parse(path.read_text())) or ""
    return docstring.partition("\n")[0]


def _span(text: str, heading: str) -> tuple[int, int]:
    """Where the rows of the table under a heading start and end."""
    pattern = rf"^### {re.escape(heading)}\n.*?^\|[-|]+\|\n(?P<rows>(?:\|[^\n]*\n)*)"
    if match := re.search(pattern, text, flags=re.MULTILINE | re.DOTALL):
        return match.span("rows")
    raise LookupError(f"README.md has no table under the heading {heading!r}")


def _line(row: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in row) + " |\n"


def _cells(line: str) -> list[str]:
    return [cell.strip().replace(r"\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


if __name__ == "__main__":
    os.environ.setdefault("DEBUG", "1")
    main()
