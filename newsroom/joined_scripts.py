"""Joins scripts of the desk with the modules that they import: one request in place of twenty.

Browsers get the same file from a developer's server, in tests and in production, where collectstatic stores it. No
tool beyond Python is needed, because our scripts keep to a part of the language: each import and each export stands at
the start of a line and names what it imports or exports. Anything else is refused here.
"""

from __future__ import annotations

import os
import re
import tempfile
import threading
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import utils
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

FOLDER = "desk"  # below static/
_LOCK = threading.Lock()
IMPORT = re.compile(r'^import (?:\{([^{}]*)\} from )?"([^"\n]+)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class) (\w+))", re.MULTILINE)
LEFT_OVER = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


def join_script(path: Path) -> str:
    """Return the script and all that it imports from its own folder as one module; libraries stay imports.

    Raises ValueError for a script that cannot be joined.
    """
    libraries: dict[str, str] = {}
    joined = [_as_function(module, libraries) for module in modules_of(path)]
    imports = [f'import * as {name} from "{library}";' for library, name in libraries.items()]
    names = ", ".join(EXPORT.findall(path.read_text(encoding="utf-8")))
    exports = [f"export const {{ {names} }} = {_variable(path.name)};\n"] if names else []
    return "\n".join([*imports, *joined, *exports])


def modules_of(path: Path) -> list[Path]:
    """Return the script and what it imports from its own folder, each after all that it needs."""
    found: list[Path] = []

    def add(module: Path, importers: tuple[Path, ...]) -> None:
        if module in importers:
            raise ValueError(f"{module.name} imports itself, by way of {importers[-1].name}")
        for _names, source in IMPORT.findall(module.read_text(encoding="utf-8")):
            if _is_own(source):
                add(module.parent / source, (*importers, module))
        if module not in found:
            found.append(module)

    add(path, ())
    return found


def _is_own(source: str) -> bool:
    return source.startswith("./")


def _as_function(module: Path, libraries: dict[str, str]) -> str:
    """Return a module as a function that is called once and returns its exports: its other names stay its own."""

    def assign(found: re.Match[str]) -> str:
        names, source = found.groups()
        if names is None:
            return ""  # it has run already
        where = _variable(source) if _is_own(source) else libraries.setdefault(source, f"library{len(libraries)}")
        return f"const {{{names.replace(' as ', ': ')}}} = {where};\n"

    script = IMPORT.sub(assign, module.read_text(encoding="utf-8"))
    exports = EXPORT.findall(script)
    script = EXPORT.sub("", script)
    if wrong := LEFT_OVER.search(script):
        raise ValueError(f"{module.name} cannot be joined: write “{wrong[0]}” with names, at the start of a line")
    return f"const {_variable(module.name)} = (() => {{\n{script}return {{ {', '.join(exports)} }};\n}})();\n"


def _variable(name: str) -> str:
    return f"module_{name.removeprefix('./').removesuffix('.js')}"


class JoinedScriptFinder(BaseFinder):
    """Finds the scripts that import others, before the finders that would find them as they are written."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.source = Path(settings.BASE_DIR) / "static" / FOLDER

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        folder, name = os.path.split(path)
        script = self.source / name
        is_ours = folder == FOLDER and script.suffix == ".js" and script.is_file() and len(modules_of(script)) > 1
        found = [str(_write_joined(script))] if is_ours else []
        return found if find_all else (found or [""])[0]

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        storage = FileSystemStorage(location=_output().name)
        storage.prefix = None  # type: ignore[attr-defined]  # where collectstatic looks for one
        for script in sorted(self.source.glob("*.js")):
            name = f"{FOLDER}/{script.name}"
            if not utils.matches_patterns(name, ignore_patterns) and self.find(name):
                yield name, storage


def _output() -> tempfile.TemporaryDirectory[str]:
    """Return the folder of the joined scripts; the same for threads that ask for the first script at once."""
    with _LOCK:
        return _make_output()


@cache
def _make_output() -> tempfile.TemporaryDirectory[str]:
    """Make the folder of the joined scripts, which is deleted with this process."""
    folder = tempfile.TemporaryDirectory(prefix="newsroom-scripts-")
    os.mkdir(os.path.join(folder.name, FOLDER))
    return folder


def _write_joined(script: Path) -> Path:
    """Write the joined script, unless it is there; it is as old as the newest module in it."""
    path = Path(_output().name, FOLDER, script.name)
    changed = max(module.stat().st_mtime_ns for module in modules_of(script))
    if not path.exists() or path.stat().st_mtime_ns != changed:
        with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8") as file:
            file.write(join_script(script))
        os.utime(file.name, ns=(changed, changed))
        os.replace(file.name, path)  # another thread may be reading it
    return path
