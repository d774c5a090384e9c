"""Migrations that were released are never rewritten: databases out there have run them as they were.

What is wrong in one of them is mended by another migration. At each release, its new ones are added here.
"""

import hashlib
from pathlib import Path

import pytest
from django.conf import settings

RELEASED = {
    # 1.0.0
    "newsroom/migrations/0001_initial.py": "ca0761d740d0ef9df391faaf75cfc303bc986765d038c6265683bb14beefcf45",
    "articles/migrations/0001_initial.py": "deff71c585420707320887328ac5267625408aec5955210f085612724fe7300e",
    "articles/migrations/0002_search.py": "d7178c1cd9e2752981626d6e4be5605bf1c6d99bf1ab7e65e5c1c5ec9e44bc62",
}


@pytest.mark.parametrize("path", RELEASED)
def test_a_released_migration_is_as_it_was(path):
    content = Path(settings.BASE_DIR, path).read_bytes()
    assert hashlib.sha256(content).hexdigest() == RELEASED[path], f"{path} was released: add a migration instead."
