"""Django's undocumented API is used in the places that are listed here, each with its reason, and nowhere else.

https://docs.djangoproject.com/en/5.2/misc/api-stability/
"""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[1]
FILES = [path for folder in ("articles", "newsroom", "demo") for path in sorted((ROOT / folder).rglob("*.py"))]

# Not documented, though no underscore says so
NAMES = {
    *(
        "get_compiler",
        "klass_info",
        "annotation_col_map",
        "apply_converters",
        "get_converters",
        "get_related_populators",
    ),
    *("fields_cache", "make_cursor", "sql_with_params", "where", "is_cached", "connections_support_transactions"),
}
DOCUMENTED = {"_meta", "_default_manager", "_base_manager", "_exit"}
ALLOWED = {
    # A query is compiled once, not on every page: Django compiles for milliseconds what SQLite answers in 0.2.
    "articles/sql/compiled_query.py": {
        *("get_compiler", "klass_info", "annotation_col_map", "apply_converters", "get_converters"),
        *("get_related_populators", "make_cursor"),
    },
    # Of two bounds on one side SQLite enters its index by the first.
    "articles/models/article_queryset.py": {"where"},
    # A QuerySet's SQL inside a larger statement.
    "articles/models/by_month.py": {"sql_with_params"},
    "articles/sql/id_ranges.py": {"sql_with_params"},
    # The stubs' name for the model of AUTH_USER_MODEL, which only type checkers import.
    "articles/users.py": {"_User"},
    # What was loaded with an object, without asking for more.
    "articles/surrogates.py": {"fields_cache"},
}


def attributes(path):
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            is_own = isinstance(node.value, ast.Name) and node.value.id in {"self", "cls"}
            yield node.attr, is_own
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("django"):
            yield from ((alias.name, False) for alias in node.names)


def defined(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr


def private_names(path, own):
    return {
        name
        for name, is_own in attributes(path)
        if name in NAMES or (name.startswith("_") and not name.startswith("__") and name not in own and not is_own)
    } - DOCUMENTED


def test_only_these_places_use_private_api():
    own = {name for path in FILES for name in defined(path)}
    used = {str(path.relative_to(ROOT)): names for path in FILES if (names := private_names(path, own))}
    assert used == ALLOWED
