"""What `make coverage` says about modules that are tested elsewhere."""

from coverage import CoverageData

from tests.exercised import lines_in_functions, unexercised
from tests.test_layout import ROOT, TESTED_ELSEWHERE

MODULE = "articles/admin/stories/numbers.py"


def test_lines_that_an_import_runs_are_no_calls():
    assert lines_in_functions("import os\n\ndef one():\n    return 1\n") == {4}


def test_a_module_is_exercised_by_a_call_from_the_tests_that_are_named():
    tests = TESTED_ELSEWHERE[MODULE]
    called = max(lines_in_functions((ROOT / MODULE).read_text()))
    data = CoverageData(no_disk=True)
    for context, lines in [(f"{tests}::test_a", {1}), ("tests/test_other.py::test_b", {called})]:
        data.set_context(context)
        data.add_lines({str(ROOT / MODULE): lines})
    assert unexercised(data, {MODULE: tests}) == [f"{MODULE}: no test of {tests} calls it"]
    assert unexercised(data, {MODULE: "tests/test_other.py"}) == []
