"""Which keys changed, and when: what a stored page is compared with."""

from __future__ import annotations

from collections.abc import Iterable

from articles import keys

MOST = 100_000  # keys that are remembered; then all pages count as changed, as they do each midnight


class ChangedKeys:
    """Changes are numbered from 1 on. One thread records them, others compare."""

    def __init__(self) -> None:
        self.number = 0  # of the last change
        self._everything_at = 0  # the last change of all pages
        self._changed_at: dict[str, int] = {}

    def record(self, changed: Iterable[str] | None) -> int:
        """Return the number of this change, of these keys or of all pages (None)."""
        number = self.number + 1
        if changed is None or len(self._changed_at) > MOST:
            self._everything_at = number
            self._changed_at = {}
        else:
            self._changed_at |= dict.fromkeys((*changed, keys.ANY), number)
        self.number = number
        return number

    def include(self, of_page: str, since: int) -> bool:
        """Return whether a page with these keys, separated by spaces, may have changed after the change `since`."""
        changed_at = self._changed_at
        return self._everything_at > since or any(changed_at.get(key, 0) > since for key in of_page.split())
