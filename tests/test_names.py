"""One name for one thing: a constant of two modules is the same constant."""

import ast
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parent.parent
OF_EACH_DATABASE = {"FILE"}  # of a backup: the modules of both databases offer the same names


def constants():
    """Yield (name, value) of each constant that a module defines, its value as code. Formats have Django's names."""
    for path in [*ROOT.glob("articles/**/*.py"), *ROOT.glob("newsroom/**/*.py")]:
        if "formats" in path.parts:
            continue
        for line in ast.parse(path.read_text()).body:
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
