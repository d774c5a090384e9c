"""House rules of templates."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))
MAX_LINE_LENGTH = 200


def test_no_line_is_too_long_to_read():
    assert TEMPLATES
    lines = [(path, line) for path in TEMPLATES for line in path.read_text().splitlines()]
    assert [(path.name, line) for path, line in lines if len(line) > MAX_LINE_LENGTH] == []
