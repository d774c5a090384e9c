"""Scripts of the desk are joined with what they import; tests of the desk run them in a browser."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from types import SimpleNamespace

import pytest
from django.contrib.staticfiles import finders

from newsroom import joined_scripts
from newsroom.joined_scripts import JoinedScriptFinder, join_script


@pytest.fixture
def scripts(tmp_path):
    """Return a function that writes modules, and returns the path of the first."""

    def write(**modules):
        for name, text in modules.items():
            tmp_path.joinpath(f"{name}.js").write_text(text, encoding="utf-8")
        return tmp_path / f"{next(iter(modules))}.js"

    return write


def test_each_module_comes_once_and_before_those_that_need_it(scripts):
    form = 'import { keep } from "./keep.js";\nimport "./words.js";\nkeep();\n'
    keep = 'import { say } from "./words.js";\nexport function keep() {}\n'
    joined = join_script(scripts(form=form, keep=keep, words="export const say = 1;\n"))
    places = [joined.index(f"const module_{name} =") for name in ("words", "keep", "form")]
    assert places == sorted(places)
    assert joined.count("const say = 1;") == 1
    assert 'import "' not in joined
    assert "./" not in joined


def test_a_module_keeps_its_names_to_itself_and_returns_its_exports(scripts):
    module = "const secret = 1;\nexport const open = 2;\nexport async function go() {}\nexport class Door {}\n"
    joined = join_script(scripts(door=module))
    assert joined.startswith("const module_door = (() => {\nconst secret = 1;\nconst open = 2;\n")
    assert "return { open, go, Door };" in joined
    assert joined.endswith(
        "export const { open, go, Door } = module_door;\n"
    )  # for those who import it when they need it


def test_a_library_is_imported_once_and_shared(scripts):
    form = 'import {\n  A,\n  B as C,\n} from "library/x";\nimport { d } from "./other.js";\n'
    other = 'import { A } from "library/x";\nexport const d = A;\n'
    joined = join_script(scripts(form=form, other=other))
    assert joined.count('import * as library0 from "library/x";') == 1
    assert "const {\n  A,\n  B: C,\n} = library0;" in joined


@pytest.mark.parametrize(
    "line",
    [
        "export default 1;",
        "export { one };",
        'export * from "./other.js";',
        'import all from "./other.js";',
        'import * as all from "./other.js";',
    ],
)
def test_what_cannot_be_joined_is_refused_by_name(scripts, line):
    with pytest.raises(ValueError, match=r"form\.js"):
        join_script(scripts(form=f"{line}\n", other=""))


def test_modules_that_import_each_other_are_refused(scripts):
    with pytest.raises(ValueError, match="imports itself"):
        join_script(scripts(form='import "./other.js";\n', other='import "./form.js";\n'))


def test_only_scripts_that_import_others_are_found():
    finder = JoinedScriptFinder()
    assert finder.find("desk/story.js").endswith("story.js")
    assert finder.find("desk/story.js", find_all=True) == [finder.find("desk/story.js")]
    for path in ("desk/dialog.js", "desk/nothing.js", "desk/desk.css", "css/site.css", "desk/../desk/story.js"):
        assert not finder.find(path), path


def test_the_joined_script_comes_first_and_is_as_old_as_its_newest_module():
    finder = JoinedScriptFinder()
    found = finders.find("desk/story.js")
    newest = max(script.stat().st_mtime_ns for script in finder.source.glob("*.js"))
    assert found == finder.find("desk/story.js")
    assert os.stat(found).st_mtime_ns <= newest
    assert os.stat(found).st_mtime_ns >= (finder.source / "writing.js").stat().st_mtime_ns


def test_everything_that_is_found_is_collected():
    collected = dict(JoinedScriptFinder().list(["*/picture.js"]))
    assert "desk/story.js" in collected
    assert collected["desk/story.js"].exists("desk/story.js")
    assert not set(collected) & {"desk/dialog.js", "desk/picture.js"}


def test_threads_that_ask_for_the_first_script_at_once_get_one_folder(monkeypatch):
    made = []

    def make():
        time.sleep(0.01)  # seconds, in which the other threads arrive
        made.append(SimpleNamespace(name=str(len(made))))
        return made[-1]

    monkeypatch.setattr(joined_scripts, "_make_output", cache(make))
    with ThreadPoolExecutor(8) as threads:
        folders = {output.name for output in threads.map(lambda _number: joined_scripts._output(), range(8))}
    assert len(made) == len(folders) == 1
