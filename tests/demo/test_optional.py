"""The product runs without the demo; import-linter holds that no module of it imports one of demo/."""

import runpy
from pathlib import Path

import pytest

from newsroom import settings


@pytest.mark.parametrize("is_there", [True, False])
def test_the_demo_is_installed_where_its_folder_is(monkeypatch, is_there):
    is_dir = Path.is_dir
    monkeypatch.setattr(Path, "is_dir", lambda path: is_there if path.name == "demo" else is_dir(path))
    installed = runpy.run_path(settings.__file__)["INSTALLED_APPS"]
    assert ("demo" in installed, "articles" in installed) == (is_there, True)
