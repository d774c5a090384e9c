"""What is kept between requests is listed in docs/architecture.md, with what ends it; nothing else is kept."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
FILES = [path for folder in ("articles", "newsroom", "demo") for path in sorted((ROOT / folder).rglob("*.py"))]
CACHES = {"functools": {"cache", "lru_cache"}, "articles.short_cache": {"cache_short"}, "django.core.cache": {"cache"}}
COLLECTIONS = {"dict", "list", "set", "OrderedDict", "WeakKeyDictionary", "WeakSet"}
FILLING = {"add", "append", "extend", "insert", "move_to_end", "setdefault", "update"}
ONE_VALUE = {"newsroom/health.py": "REPORT_LIFETIME"}  # kept in an attribute, until a time that this constant says


@cache
def tree(path):
    return ast.parse(path.read_text())


def functions(node):
    return [one for one in ast.walk(node) if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)]


def imports_a_cache(path):
    imports = (node for node in ast.walk(tree(path)) if isinstance(node, ast.ImportFrom))
    return any(alias.name in CACHES.get(node.module, ()) for node in imports for alias in node.names)


def filled(body):
    """Yield what is filled in these lines, as code: `_lexicons`, `self._pages`; also what `global` names."""
    for node in (one for line in body for one in ast.walk(line)):
        match node:
            case ast.Global(names=names):
                yield from names
            case ast.Subscript(value=value, ctx=ast.Store()):
                yield ast.unparse(value)
            case ast.Call(func=ast.Attribute(value=value, attr=name)) if name in FILLING:
                yield ast.unparse(value)
            case ast.AugAssign(target=ast.Name() | ast.Attribute() as target):
                yield ast.unparse(target)


def values(lines):
    """Yield (name, value) of each assignment, also under a `with`, `try` or `if`."""
    for line in lines:
        if not isinstance(line, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield from values(one for one in ast.iter_child_nodes(line) if isinstance(one, ast.stmt))
        match line:
            case ast.Assign(targets=[target], value=value) | ast.AnnAssign(target=target, value=ast.expr() as value):
                yield ast.unparse(target), value


def fills_a_module(path):
    """Return whether a function here fills a collection of the module, or sets a variable of it."""
    own = {name for name, _value in values(tree(path).body)}
    return any(own & set(filled(function.body)) for function in functions(tree(path)))


def is_collection(value):
    name = value.func.id if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) else ""
    return isinstance(value, ast.Dict | ast.List | ast.Set) or name in COLLECTIONS


def classes():
    return {node.name: (path, node) for path in FILES for node in tree(path).body if isinstance(node, ast.ClassDef)}


def made(value):
    """Return the names of what is called in this value, but not in a function that is called later."""
    if isinstance(value, ast.Lambda):
        return set()
    own = {value.func.id} if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) else set()
    return own.union(*map(made, ast.iter_child_nodes(value)))


def long_lived():
    """Return the names of the classes of which a module has an object, and of those that these objects make."""
    known = classes()
    names = {name for path in FILES for _target, value in values(tree(path).body) for name in made(value)}
    found, new = set(), names & known.keys()
    while new:
        found |= new
        starts = [one for name in new for one in functions(known[name][1]) if one.name == "__init__"]
        new = {one for start in starts for _target, value in values(start.body) for one in made(value)} & known.keys()
        new -= found
    return found


def fills_an_object(node):
    """Return whether a method fills a collection that an object of this class begins with."""
    start = next((one for one in functions(node) if one.name == "__init__"), None)
    own = {name for name, value in values(start.body if start else ()) if is_collection(value)}
    return any(own & set(filled(method.body)) for method in functions(node))


def keeping():
    found = {path for path in FILES if imports_a_cache(path) or fills_a_module(path)}
    found |= {classes()[name][0] for name in long_lived() if fills_an_object(classes()[name][1])}
    found |= {ROOT / path for path, constant in ONE_VALUE.items() if constant in (ROOT / path).read_text()}
    return {str(path.relative_to(ROOT)) for path in found}


def listed():
    text = (ROOT / "docs" / "architecture.md").read_text()
    part = text.partition("**What else is kept between requests?**")[2].partition("**Why are readers' queries")[0]
    return set(re.findall(r"`((?:articles|newsroom|demo)/[\w/]+\.py)`", part))


def test_every_cache_is_in_the_list_and_the_list_names_no_other():
    assert keeping() == listed()
