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
    *("adapt_datefield_value", "adapt_datetimefield_value", "wrap_database_errors", "split_domain_port"),
    *("validate_host", "WSGIRequest"),
}
DOCUMENTED = {"_meta", "_default_manager", "_base_manager", "_state", "_exit", "_replace"}
ALLOWED = {
    # A query is compiled once, not on every page: Django compiles for milliseconds what SQLite answers in 0.2.
    "articles/sql/compiled_query.py": {
        *("get_compiler", "klass_info", "annotation_col_map", "apply_converters", "get_converters"),
        "get_related_populators",
    },
    # Of two bounds on one side SQLite enters its index by the first.
    "articles/models/article_queryset.py": {"where"},
    # A QuerySet's SQL inside a larger statement.
    "articles/sql/subqueries.py": {"sql_with_params"},
    # The stubs' name for the model of AUTH_USER_MODEL, which only type checkers import.
    "articles/users.py": {"_User"},
    # What was loaded with an object, without asking for more.
    "articles/surrogates.py": {"fields_cache"},
    # Statements beside Django's cursor, which counts the queries of a page: their errors stay Django's.
    "articles/uncounted.py": {"wrap_database_errors"},
    # Before Django is asked, a host means what Django will take it for. Its get_host() takes three times as long.
    "newsroom/page_cache/key.py": {"split_domain_port", "validate_host"},
    # And so do a cookie and a language.
    "newsroom/environ.py": {"WSGIRequest"},
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


def private_names(path):
    own = set(defined(path))
    return {
        name
        for name, is_own in attributes(path)
        if name in NAMES or (name.startswith("_") and not name.startswith("__") and name not in own and not is_own)
    } - DOCUMENTED


def test_only_these_places_use_private_api():
    used = {str(path.relative_to(ROOT)): names for path in FILES if (names := private_names(path))}
    assert used == ALLOWED
