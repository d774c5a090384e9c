"""One name for one thing, one thing for one name, in the whole product."""

import ast
import re
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parent.parent
OF_EACH_DATABASE = {"FILE"}  # of a backup: the modules of both databases offer the same names
# Functions of several modules, of which the caller picks the module, not the function
POLYMORPHIC = {
    **dict.fromkeys(("check_database", "copy_database", "count_rows", "restore_database"), "a backup of each database"),
    "main": "what `python -m` and the server's processes begin with",
}


def modules():
    """Yield (path, what it defines at its top) of each module but migrations."""
    for folder in ("articles", "newsroom", "demo"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, ast.parse(path.read_text()).body


def constants():
    """Yield (name, value) of each constant that a module defines, its value as code. Formats have Django's names."""
    for path, lines in modules():
        if "formats" in path.parts:
            continue
        for line in lines:
            match line:
                case (
                    ast.Assign(targets=[ast.Name(name)], value=value)
                    | ast.AnnAssign(target=ast.Name(name), value=ast.expr() as value)
                ):
                    if name.isupper():
                        yield name, ast.unparse(value)


def test_a_constant_of_two_modules_has_the_same_value_in_both():
    values = defaultdict(set)
    for name, value in constants():
        values[name].add(value)
    assert {name for name, found in values.items() if len(found) > 1} == OF_EACH_DATABASE


def test_a_public_function_of_two_modules_has_two_names():
    """Search for the name leads to one function, and a reader need not look which of them is imported."""
    defined = defaultdict(list)
    for path, lines in modules():
        for line in lines:
            if isinstance(line, ast.FunctionDef | ast.AsyncFunctionDef) and not line.name.startswith("_"):
                defined[line.name].append(str(path.relative_to(ROOT)))
    shared = {name: paths for name, paths in defined.items() if len(paths) > 1}
    assert {name: paths for name, paths in shared.items() if name not in POLYMORPHIC} == {}
    assert shared.keys() == POLYMORPHIC.keys()


def test_a_class_or_type_of_two_modules_has_two_names():
    """A name says what it is where it is used, without the module around it. One alias may be written twice."""
    meanings = defaultdict(set)
    for path, lines in modules():
        for line in lines:
            match line:
                case ast.ClassDef(name=name) if name != "Command":  # as Django finds a command
                    meanings[name].add(str(path.relative_to(ROOT)))
                case ast.Assign(targets=[ast.Name(name)], value=value) if re.fullmatch("_?[A-Z]+[a-z].*", name):
                    meanings[name].add(ast.unparse(value))
    assert {name: found for name, found in meanings.items() if len(found) > 1} == {}


def test_a_class_inside_another_is_what_django_looks_for_there():
    found = (
        (path.name, inner.name, ast.unparse(inner).splitlines()[0])
        for path, lines in modules()
        for outer in lines
        for inner in ast.walk(outer)
        if isinstance(inner, ast.ClassDef) and inner is not outer and inner.name not in {"Meta", "Media"}
    )
    assert [each for each in found if "TextChoices" not in each[2]] == []


def test_the_name_of_a_class_inside_another_means_nothing_else_outside():
    """Each model may have a Kind, which is named with the model, as in `TagChange.Kind`. One alias may be written."""
    at_top, inside = set(), set()
    for _path, lines in modules():
        for line in lines:
            match line:
                case ast.ClassDef(name=name):
                    at_top.add(name)
                    inside |= {inner.name for inner in line.body if isinstance(inner, ast.ClassDef)}
                case ast.Assign(targets=[ast.Name(name)], value=value) if not ast.unparse(value).endswith(f".{name}"):
                    at_top.add(name)
    assert at_top & inside == set()
