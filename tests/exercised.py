"""Checks that what is tested elsewhere is still run by the tests there: `make coverage` asks after the tests.

    python -m tests.exercised FILE

FILE is what coverage recorded, with the name of each test as context.
"""

import re
import sys

from coverage import CoverageData

from tests.test_layout import ROOT, TESTED_ELSEWHERE, functions


def lines_in_functions(text):
    """Return the numbers of the lines that only a call runs, not the import of the module."""
    bodies = (statement for function in functions(text) for statement in function.body)
    return {line for statement in bodies for line in range(statement.lineno, statement.end_lineno + 1)}


def unexercised(data, elsewhere):
    """Return each of these modules, of which the named tests call no function."""
    found = []
    for module, tests in elsewhere.items():
        data.set_query_contexts([rf"^{re.escape(tests)}::"])
        path = ROOT / module
        if not lines_in_functions(path.read_text()).intersection(data.lines(str(path)) or ()):
            found.append(f"{module}: no test of {tests} calls it")
    return found


def main():
    data = CoverageData(sys.argv[1])
    data.read()
    named = {module: tests for module, tests in TESTED_ELSEWHERE.items() if tests.startswith("tests/")}
    sys.exit("\n".join(unexercised(data, named)) or None)


if __name__ == "__main__":
    main()
