"""A file is short, a function too, and the tests of a module are where one looks for them."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAX_LINES = 250  # of a module
MAX_FUNCTION_LINES = 60
MAX_SCRIPT_LINES = 300  # of a module of JavaScript

# Modules whose rules show only together with others: where they are tested. `make coverage` checks that these tests
# call them (tests/exercised.py).
TESTED_ELSEWHERE = {
    "articles/admin/dashboard/blocks.py": "tests/articles/admin/test_dashboard.py",
    "articles/admin/dashboard/pictures.py": "tests/articles/admin/test_dashboard.py",
    "articles/admin/dashboard/stories.py": "tests/articles/admin/test_dashboard.py",
    "articles/admin/dashboard/tags.py": "tests/articles/admin/test_dashboard.py",
    "articles/admin/csrf_failure.py": "tests/articles/admin/stories/test_late_forms.py",
    "articles/admin/declared_filters.py": "tests/articles/admin/test_hostile_requests.py",
    "articles/admin/form_page.py": "tests/articles/admin/test_weight.py",
    "articles/admin/long_list.py": "tests/articles/admin/stories/test_changelist.py",
    "articles/admin/portraits.py": "tests/articles/admin/test_authors.py",
    "articles/admin/site.py": "tests/articles/admin/test_access.py",
    "articles/admin/fields/body.py": "tests/articles/admin/stories/test_writing_browser.py",
    "articles/admin/fields/chooser_words.py": "tests/articles/admin/fields/test_choosers.py",
    "articles/admin/fields/story_choosers.py": "tests/articles/admin/fields/test_choosers.py",
    "articles/admin/fields/suggestions.py": "tests/articles/admin/fields/test_choosers.py",
    "articles/admin/fields/tag_choosers.py": "tests/articles/admin/fields/test_choosers.py",
    "articles/admin/pictures/changelist.py": "tests/articles/admin/pictures/test_admin.py",
    "articles/admin/pictures/facts.py": "tests/articles/admin/pictures/test_admin.py",
    "articles/admin/pictures/form.py": "tests/articles/admin/pictures/test_admin.py",
    "articles/admin/pictures/request_state.py": "tests/articles/admin/pictures/test_plans.py",
    "articles/admin/pictures/uses.py": "tests/articles/admin/pictures/test_admin.py",
    "articles/admin/stories/admin.py": "tests/articles/admin/test_access.py",
    "articles/admin/stories/filters.py": "tests/articles/admin/stories/test_changelist.py",
    "articles/admin/stories/form/article_form.py": "tests/articles/admin/stories/form/test_admin.py",
    "articles/admin/stories/form/checks.py": "tests/articles/admin/test_bad_input.py",
    "articles/admin/stories/form/context.py": "tests/articles/admin/stories/form/test_admin.py",
    "articles/admin/stories/form/fields.py": "tests/articles/admin/stories/form/test_filling.py",
    "articles/admin/stories/form/fieldsets.py": "tests/articles/admin/stories/form/test_filling.py",
    "articles/admin/stories/form/handed_back.py": "tests/articles/admin/stories/test_late_forms.py",
    "articles/admin/stories/list_views.py": "tests/articles/admin/stories/test_changelist.py",
    "articles/admin/stories/numbers.py": "tests/articles/admin/test_hostile_requests.py",
    "articles/admin/stories/teaser_moves.py": "tests/articles/admin/stories/test_teaser_desk.py",
    "articles/admin/stories/urls.py": "tests/articles/admin/test_access.py",
    "articles/admin/tags/filters.py": "tests/articles/admin/tags/test_changelist.py",
    "articles/admin/tags/form.py": "tests/articles/admin/tags/test_admin.py",
    "articles/admin/tags/pairs.py": "tests/articles/admin/tags/test_housekeeping.py",
    "articles/admin/tags/urls.py": "tests/articles/admin/test_access.py",
    "articles/admin/tags/uses.py": "tests/articles/admin/tags/test_changelist.py",
    "articles/importers/bulk.py": "tests/articles/management/commands/test_import_stories.py",
    "articles/importers/stories.py": "tests/articles/management/commands/test_import_stories.py",
    "articles/lexicon.py": "tests/articles/related/test_likeness.py",
    "articles/management/archive.py": "tests/newsroom/test_pooling.py",
    "articles/management/canaries.py": "tests/articles/management/commands/test_leak_check.py",
    "articles/management/commands/export_tags.py": "tests/articles/management/commands/test_import_tags.py",
    "articles/management/commands/renditions.py": "tests/articles/management/test_renditions.py",
    "articles/management/id_counters.py": "tests/newsroom/management/commands/test_loaddata.py",
    "articles/management/leaks.py": "tests/articles/management/commands/test_leak_check.py",
    "articles/management/planting.py": "tests/articles/management/commands/test_leak_check.py",
    "articles/management/quiet.py": "tests/articles/management/commands/test_leak_check.py",
    "articles/models/related_choice.py": "the rows of a list of links, without a verb or a query",
    "articles/models/tag_fields.py": "the columns of a tag, without a verb or a query",
    "articles/pooler.py": "tests/newsroom/test_pooling.py",
    "articles/related/candidates.py": "tests/articles/related/test_zones.py",
    "articles/related/matching.py": "tests/articles/related/test_working_out.py",
    "articles/related/profiles.py": "tests/articles/related/test_working_out.py",
    "articles/richtext/paste.py": "tests/articles/richtext/test_package.py",
    "articles/sql/postings.py": "tests/articles/related/test_working_out.py",
    "newsroom/apps.py": "connects receivers when a process starts, before any test",
    "newsroom/accounts/openid_connect.py": "tests/newsroom/accounts/test_provider_sign_in.py",
    "newsroom/backup/creation.py": "tests/newsroom/backup/test_backup.py",
    "newsroom/backup/pictures.py": "tests/newsroom/backup/test_backup.py",
    "newsroom/backup/restoration.py": "tests/newsroom/backup/test_backup.py",
    "newsroom/notices/recipients.py": "tests/newsroom/notices/test_recording.py",
    "newsroom/people/buttons.py": "tests/newsroom/people/test_chief_editor.py",
    "newsroom/people/forms.py": "tests/newsroom/people/test_chief_editor.py",
    "newsroom/people/permission_admin.py": "tests/newsroom/people/test_chief_editor.py",
}


def modules():
    """Yield (path from the root, its text) of each module of the product but migrations and formats of dates."""
    for folder in ("articles", "newsroom", "demo"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if not {"migrations", "formats"} & set(path.parts):
                yield path.relative_to(ROOT), path.read_text()


def functions(text):
    """Return every function and method of a module."""
    return [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def has_logic(text):
    """Return whether some function here is more than a name or an address of an object."""
    return any(function.name not in {"__str__", "get_absolute_url"} for function in functions(text))


def test_no_module_is_longer_than_one_concept_needs():
    assert {str(path) for path, text in modules() if len(text.splitlines()) > MAX_LINES} == set()


def test_no_function_is_longer_than_a_screen():
    long = {
        f"{path}: {function.name}"
        for path, text in modules()
        for function in functions(text)
        if function.end_lineno - function.lineno >= MAX_FUNCTION_LINES
    }
    assert long == set()


def test_no_script_is_longer_than_one_concept_needs():
    scripts = (ROOT / "static").rglob("*.js")
    assert {path.name for path in scripts if len(path.read_text().splitlines()) > MAX_SCRIPT_LINES} == set()


def find_tests(path):
    """Return the files with tests of a module: test_NAME.py and test_NAME_ASPECT.py; of a folder, test_package.py."""
    name = "package" if path.stem == "__init__" else path.stem
    found = (ROOT / "tests" / path.parent).glob(f"test_{name}*.py")
    return [each for each in found if each.stem == f"test_{name}" or each.stem.startswith(f"test_{name}_")]


def test_every_module_has_its_tests_where_one_looks_for_them():
    missing = {str(path) for path, text in modules() if has_logic(text) and not find_tests(path)}
    assert missing - TESTED_ELSEWHERE.keys() == set(), "move or write the tests of each"
    assert TESTED_ELSEWHERE.keys() - missing == set(), "these have tests of their own, or are gone"


@pytest.mark.parametrize("path", sorted({path for path in TESTED_ELSEWHERE.values() if path.startswith("tests/")}))
def test_what_is_tested_elsewhere_is_tested_there(path):
    assert (ROOT / path).exists()
