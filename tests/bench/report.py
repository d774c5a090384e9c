"""The measured figures as tables for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from tests.bench.figures import Spread, ratio, short

Found = dict[str, Any]  # what build/bench.json holds


def report(found: Found) -> str:
    """All tables, in Markdown."""
    parts = [
        heading(found),
        *(pages(archive) for archive in found["archives"]),
        compared(found),
        *growth(found["archives"]),
        others(found),
    ]
    return "\n\n".join(parts) + "\n"


def heading(found: Found) -> str:
    about = ", ".join(f"{name} {value}" for name, value in found["machine"].items())
    return f"{about}; {found['connections']} connections. Medians, in brackets the lowest and highest round."


def pages(archive: Found) -> str:
    head = (
        "page",
        "how",
        "CPU ms/request",
        "requests/s",
        "p50 ms",
        "p99 ms",
        "queries",
        "bytes",
        "gzip",
        "br",
        "failed",
    )
    rows = []
    for kind, weights in archive["bytes"].items():
        queries = {"cold": f"{archive['queries'][kind]:g}", "cached": "0"}
        for how in ("cold", "cached"):
            series = archive[how][kind]
            spreads = [str(Spread.of(series[name])) for name in ("cpu", "rate", "p50", "p99")]
            sizes = [str(weights[encoding]) for encoding in ("identity", "gzip", "br")] if how == "cold" else [""] * 3
            rows.append((kind if how == "cold" else "", how, *spreads, queries[how], *sizes, str(series["failures"])))
    return f"{archive['stories']} stories\n\n{table(head, rows)}"


def compared(found: Found) -> str:
    """An article beside the least that the same work can cost."""
    archive, floors = found["archives"][0], found["floors"]
    rows = []
    for how, floor in (("cold", "bare Django"), ("cached", "ready bytes"), ("cached", "nginx")):
        if floor in floors:
            ours, theirs = archive[how]["article"], floors[floor]
            spreads = [Spread.of(ours["cpu"]), Spread.of(theirs["cpu"]), ratio(ours["cpu"], theirs["cpu"])]
            rows.append(
                (f"article, {how}, beside {floor}", *map(str, spreads), str(ratio(ours["rate"], theirs["rate"])))
            )
    return table(("", "CPU ms/request", "of the other", "ratio", "ratio of requests/s"), rows)


def growth(archives: Sequence[Found]) -> Iterable[str]:
    """The largest archive against the smallest, page by page."""
    if len(archives) > 1:
        small, large = archives[0], archives[-1]
        rows = []
        for kind in small["bytes"]:
            costs = [str(ratio(large[how][kind]["cpu"], small[how][kind]["cpu"])) for how in ("cold", "cached")]
            queries = f"{small['queries'][kind]:g} → {large['queries'][kind]:g}"
            rows.append((kind, *costs, queries))
        title = f"Growth from {small['stories']} to {large['stories']} stories: ratio of CPU per request"
        yield f"{title}\n\n{table(('page', 'cold', 'cached', 'queries'), rows)}"


def others(found: Found) -> str:
    seen = found["publish_to_visible_seconds"]
    busiest = max(max(series["others"]) for series in every_series(found))
    lines = [
        f"Publish to visible in every process, under load: {Spread.of(seen)} s, {len(seen)} times.",
        f"Beside the measured servers, up to {short(busiest)} cores were busy with something else.",
    ]
    for archive in found["archives"]:
        memory = ", ".join(f"{name} {short(value)}" for name, value in archive["memory"].items())
        rate = short(archive["loaded_a_second"])
        lines.append(f"{archive['stories']} stories: loaded at {rate} a second; memory in MB: {memory}.")
    return "\n".join(f"- {line}" for line in lines)


def every_series(found: Found) -> Iterable[Found]:
    for archive in found["archives"]:
        yield from archive["cold"].values()
        yield from archive["cached"].values()
    yield from found["floors"].values()


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """In Markdown, with columns that stand under each other.

    >>> print(table(("page", "ms"), [("front", "7.1")]))
    | page  | ms  |
    |-------|-----|
    | front | 7.1 |
    """
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    lines = [" | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in (head, *rows)]
    rule = "|".join("-" * (width + 2) for width in widths)
    return "\n".join([f"| {lines[0]} |", f"|{rule}|", *(f"| {line} |" for line in lines[1:])])
