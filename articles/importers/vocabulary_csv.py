"""Reads tags from CSV as spreadsheets write it: commas, semicolons or tabs, with or without a byte order mark."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO

from django.utils.translation import gettext as _

from articles.characters import without_junk
from articles.importers.items import BadItem
from articles.spreadsheets import VOCABULARY_COLUMNS, split_names, unescape_formula

DELIMITERS = ",;\t"


@dataclass(frozen=True)
class TagRow:
    """A line of the file. An empty cell or missing column changes nothing."""

    line: int  # where it begins, the head being line 1
    name: str
    slug: str = ""
    description: str = ""
    aliases: list[str] = field(default_factory=list)


def decode(content: bytes) -> str:
    """Return the text. Raises BadItem for anything but UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadItem(_("This file is not UTF-8: save the spreadsheet as “CSV UTF-8”.")) from None


def read_tag_rows(text: str) -> list[TagRow]:
    """Return the lines that are not empty. Raises BadItem when the file is not a list of tags."""
    text = text.removeprefix("\ufeff")
    head_line = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=head_line.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    try:
        columns = [cell.strip().casefold() for cell in next(reader, [])]
        if "name" not in columns:
            names = ", ".join(VOCABULARY_COLUMNS)
            raise BadItem(_("The first line must name the columns: %(columns)s.") % {"columns": names})
        return list(_read_rows(reader, columns))
    except csv.Error as error:
        message = _("Line %(line)s cannot be read: %(error)s.")
        raise BadItem(message % {"line": reader.line_num, "error": error}) from None


def plain_lines(text: str) -> str:
    """Return the text with the line ends that texts have here, whatever the sheet or the browser made of them."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _read_rows(reader: Iterator[list[str]], columns: list[str]) -> Iterator[TagRow]:
    line = 2
    for cells in reader:
        meant = [without_junk(unescape_formula(cell)) for cell in cells]
        row = dict(zip(columns, meant, strict=False))
        if any(cell.strip() for cell in cells):
            yield TagRow(
                line,
                " ".join(row["name"].split()) if "name" in row else "",
                row.get("slug", "").strip(),
                plain_lines(row.get("description", "")).strip(),
                [" ".join(name.split()) for name in split_names(row.get("aliases", ""))],
            )
        line = reader.line_num + 1  # type: ignore[attr-defined]
