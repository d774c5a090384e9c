"""Which parameters of its address a page reads, declared at its view.

Every combination of their values may be a page of its own; whatever else an address carries, such as the marks of
campaigns, makes no second page. A view that declares nothing may read any.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


def query_parameters(*names: str) -> Callable[[View], View]:
    """Declare that this view reads these parameters and no others, in the order in which the page cache names them."""

    def declare(view: View) -> View:
        view.query_parameters = names  # type: ignore[attr-defined]
        return view

    return declare


def declared_parameters(view: Callable[..., Any]) -> tuple[str, ...] | None:
    """Return the parameters that this view declares to read, () for none; None when it declares nothing."""
    return getattr(view, "query_parameters", None)
