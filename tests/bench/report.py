"""The measured figures as tables for people: `python -m tests.bench.report` reads what a run has written so far."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from tests.bench.figures import Spread, ratio, short

FEW = 5  # requests; a round with fewer is left out
HOWS = ("first time", "again", "cached")
FLOORS = {"first time": "bare Django", "again": "bare Django", "cached": "ready bytes"}

Row = dict[str, Any]


def report(file: Path) -> str:
    """Return all tables, in Markdown, of a file with a row of JSON a line."""
    rows = [json.loads(line) for line in file.read_text().splitlines()]
    measured = [row for row in rows if "cpu" in row]
    counted = [row for row in measured if row["requests"] >= FEW]
    archives = [row for row in rows if "queries" in row]
    parts = [
        heading(rows),
        *(table for archive in archives for table in pages(archive, counted)),
        *against_nginx(archives, counted),
        *growth(archives, counted),
        *mixed(counted),
        *others(rows, len(measured) - len(counted)),
    ]
    return "\n\n".join(parts) + "\n"


def heading(rows: Sequence[Row]) -> str:
    about = ", ".join(f"{name} {value}" for row in rows for name, value in row.get("machine", {}).items())
    return f"{about}. Medians, in brackets the lowest and highest round."


def select(rows: Sequence[Row], archive: str, how: str, page: str) -> list[Row]:
    """Return the rounds of one kind of page, in the order in which they were measured."""
    return [row for row in rows if (row["archive"], row["how"], row["page"]) == (archive, how, page)]


def spread(rows: Sequence[Row], name: str) -> str:
    return str(Spread.of([row[name] for row in rows]))


def compared(some: Sequence[Row], others: Sequence[Row]) -> str:
    """Return the ratio to the others' processor time, round by round as far as both have them; "" without any."""
    pairs = [(one["cpu"], other["cpu"]) for one, other in zip(some, others, strict=False)]
    return str(ratio(*zip(*pairs, strict=True))) if pairs else ""


def pages(archive: Row, rows: Sequence[Row]) -> Iterable[str]:
    head = ("page", "how", "CPU ms/request", "× floor", "p50 ms", "p99 ms", "requests", "failed", "queries")
    lines = []
    for kind, queries in archive["queries"].items():
        for how in HOWS:
            found = select(rows, archive["archive"], how, kind)
            if found:
                figures = [spread(found, name) for name in ("cpu", "p50", "p99")]
                figures.insert(1, compared(found, select(rows, "", FLOORS[how], "article")))
                counts = [str(sum(row[name] for row in found)) for name in ("requests", "failures")]
                lines.append((kind, how, *figures, *counts, f"{queries:g}" if how == "again" else ""))
    if lines:
        yield f"{archive['archive']} stories\n\n{table(head, lines)}"


def against_nginx(archives: Sequence[Row], rows: Sequence[Row]) -> Iterable[str]:
    lines = []
    for archive in archives:
        if found := compared(
            select(rows, archive["archive"], "cached", "article"), select(rows, "", "nginx", "article")
        ):
            lines.append(f"{archive['archive']} stories: a cached article takes {found} × nginx’s processor time.")
    if lines:
        yield "\n".join(lines)


def growth(archives: Sequence[Row], rows: Sequence[Row]) -> Iterable[str]:
    """Compare the largest archive with the smallest, page by page."""
    small, large = archives[0], archives[-1]
    lines = [
        (kind, *(compared(*(select(rows, one["archive"], how, kind) for one in (large, small))) for how in HOWS))
        for kind in small["queries"]
    ]
    if small["stories"] < large["stories"] and any(any(line[1:]) for line in lines):
        title = f"Growth from {small['stories']} to {large['stories']} stories: ratio of CPU per request"
        yield f"{title}\n\n{table(('page', *HOWS), lines)}"


def mixed(rows: Sequence[Row]) -> Iterable[str]:
    """Report the mixed load, and its cost against the other version where that was measured."""
    head = (
        "mixed",
        "CPU ms/request",
        "hits",
        "p50 ms",
        "p99 ms",
        "publish to visible s",
        "memory MB",
        "requests",
        "failed",
    )
    lines = []
    names = list(dict.fromkeys(row["archive"] for row in rows if row["how"] == "mixed"))
    for name in names:
        found = select(rows, name, "mixed", "all")
        seen = [second for row in found for second in row["visible"]]
        figures = [spread(found, figure) for figure in ("cpu", "hits", "p50", "p99")]
        counts = [str(sum(row[figure] for row in found)) for figure in ("requests", "failures")]
        lines.append((name, *figures, str(Spread.of(seen)) if seen else "", spread(found, "memory"), *counts))
    if lines:
        yield table(head, lines)
    if len(names) == 2:
        found = compared(*(select(rows, name, "mixed", "all") for name in names))
        yield f"CPU per request, {names[0]} against {names[1]}: {found}."


def others(rows: Sequence[Row], left_out: int) -> Iterable[str]:
    lines = [f"{left_out} rounds had fewer than {FEW} requests and are left out."] if left_out else []
    busiest = max((row["others"] for row in rows if "others" in row), default=0)
    lines.append(f"Beside the measured servers, up to {short(busiest)} cores were busy with something else.")
    lines += [
        f"{row['archive']} stories: loaded at {short(row['loaded'])} a second." for row in rows if "loaded" in row
    ]
    lines += [
        f"{row['archive']} stories, {row['how']}: {short(row['memory'])} MB of memory."
        for row in rows
        if "memory" in row and "cpu" not in row
    ]
    lines += [f"Failed: {row['error']}" for row in rows if "error" in row]
    yield "\n".join(f"- {line}" for line in lines)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table in Markdown with aligned columns.

    >>> print(table(("page", "ms"), [("front", "7.1")]))
    | page  | ms  |
    |-------|-----|
    | front | 7.1 |
    """
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    lines = [" | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in (head, *rows)]
    rule = "|".join("-" * (width + 2) for width in widths)
    return "\n".join([f"| {lines[0]} |", f"|{rule}|", *(f"| {line} |" for line in lines[1:])])


if __name__ == "__main__":
    print(report(Path(sys.argv[1] if len(sys.argv) > 1 else "build/bench.jsonl")))
