"""What the package of models gives to others, how its modules import each other, and which tests belong to each."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from django.db.models import Manager, Model, QuerySet

from articles import models

PACKAGE = models.__name__
FOLDER = Path(models.__file__).parent
MODULES = {path.stem: path.read_text() for path in FOLDER.glob("*.py") if path.stem != "__init__"}

PEOPLE = {"by", "user", "person"}


def circle(modules):
    """Return the names in a circle of imports between these modules, {name: source}; [] without one."""
    try:
        TopologicalSorter({name: imported(source) & modules.keys() for name, source in modules.items()}).prepare()
    except CycleError as error:
        return error.args[1]
    return []


def imported(source):
    """Return the names of the models' modules that this source imports when it runs, in a function too."""
    found = set()
    for node in running(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
        else:
            continue
        found |= {name.split(".")[2] for name in names if name.startswith(f"{PACKAGE}.")}
    return found


def running(node):
    """Yield every node but those that only a type checker sees."""
    yield node
    only_types = isinstance(node, ast.If) and ast.unparse(node.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING")
    for child in node.orelse if only_types else ast.iter_child_nodes(node):
        yield from running(child)


def test_models_import_each_other_in_no_circle():
    assert circle(MODULES) == []


@pytest.mark.parametrize(
    "line",
    [
        "from articles.models.one import One",
        "from articles.models import one",
        "import articles.models.one",
        "def late():\n    from articles.models.one import One",
    ],
)
def test_a_circle_is_found_in_every_way_to_import(line):
    assert circle({"one": "import articles.models.two", "two": line})


def test_imports_for_types_make_no_circle():
    types_only = "if TYPE_CHECKING:\n    from articles.models.one import One"
    assert circle({"one": "import articles.models.two", "two": types_only}) == []


def test_who_acts_has_a_type():
    """A name in a signature that stands for a person is annotated as one, not as anything at all."""
    untyped = {
        f"{name}.{node.name}"
        for name, source in MODULES.items()
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef)
        for argument in (*node.args.args, *node.args.kwonlyargs)
        if argument.arg in PEOPLE and argument.annotation and ast.unparse(argument.annotation) == "Any"
    }
    assert untyped == set()


def test_the_package_exports_models_and_querysets_alone():
    exported = [getattr(models, name) for name in models.__all__]
    assert [thing for thing in exported if not issubclass(thing, Model | QuerySet | Manager)] == []


def test_each_test_module_is_named_after_a_module():
    """A module's tests may be in several files, such as test_image.py and test_image_races.py."""
    names = {path.stem.removeprefix("test_") for path in Path(__file__).parent.glob("test_*.py")} - {"package"}
    assert {name for name in names if not any(f"{name}_".startswith(f"{module}_") for module in MODULES)} == set()
