"""manage.py makemessages: Django's own, which also reads the templates of Jinja2."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.commands import makemessages
from django.template import engines


class BuildFile(makemessages.BuildFile):
    """A file whose strings are collected; xgettext reads the result."""

    def preprocess(self) -> None:
        """Write the strings of a Jinja2 template as calls in Python, as Django does with those of its own templates."""
        if not self.is_templatized or not is_of_readers(Path(self.path)):
            return super().preprocess()
        source = Path(self.path).read_text(encoding="utf-8")
        Path(self.work_path).write_text("\n".join(calls(source)), encoding="utf-8")
        return None


class Command(makemessages.Command):
    build_file_class = BuildFile


def is_of_readers(path: Path) -> bool:
    """Return whether a template with this path, from the project's folder on, is one of Jinja2's."""
    folder, *_rest = path.parts
    return folder == "templates" and "desk" not in path.parts


def calls(source: str) -> Iterator[str]:
    """Return each call of gettext() and similar functions in a template, on the line where it is there.

    >>> list(calls('<p>{{ _("Page %(number)s", number=page.number) }}'))
    ["gettext('Page %(number)s')"]
    """
    engine: Any = engines["jinja2"]
    line = 1
    for number, name, messages in engine.env.extract_translations(source):
        texts = [messages] if isinstance(messages, str) else [text for text in messages or () if text is not None]
        if texts:
            yield from [""] * (number - line)
            yield f"{'gettext' if name == '_' else name}({', '.join(map(repr, texts))})"
            line = number + 1
