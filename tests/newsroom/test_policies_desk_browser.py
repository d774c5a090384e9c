"""A real browser works on the desk; anything that the policy blocks fails the test (see `page`)."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import reverse

from articles.models import TrashEntry
from newsroom.models import AuditEntry, User
from tests.articles import cast
from tests.conftest import is_blocked

PASSWORD = "Ouagadougou, 1983"
TABS = 6

GOOGLE_DOCS = """
<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><p style="line-height:1.38">
<span style="font-weight:700">Le gras</span> <span style="font-style:italic">et l’italique</span></p></b>
"""

PASTE = """html => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/html", html);
  const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
  document.querySelector("[contenteditable=true]").dispatchEvent(event);
}"""


@pytest.fixture
def desk(page, transactional_db):
    """Return a tab in which a superuser has signed in."""
    User.objects.create_superuser("awa", password=PASSWORD)
    page.goto("/admin/")
    page.fill("[name=login]", "awa")
    page.fill("[name=password]", PASSWORD)
    page.click("[type=submit]")
    page.wait_for_url("**/admin/")
    return page


def addresses():
    """Return every list of the desk, and each thing's form, history and deletion page."""
    Group.objects.get_or_create(name="Stagiaires")
    cast.story(authors=[cast.author()], tags=["Bénin"], lead_image=cast.image())
    yield from map(reverse, ["admin:index", "mfa_index", "account_email", "usersessions_list"])
    yield from map(reverse, ["account_profile", "account_author_page"])
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{name}_changelist")
        if model in (AuditEntry, TrashEntry):  # which have their lists alone
            continue
        yield reverse(f"{name}_add")
        if thing := model._default_manager.first():
            yield from (reverse(f"{name}_{page}", args=[thing.pk]) for page in ("change", "history", "delete"))


def test_no_page_of_the_desk_needs_what_the_policy_blocks(desk):
    """Several tabs load at once: each waits until nothing was loaded for half a second."""
    faults, tabs = [], [desk.context.new_page() for _number in range(TABS)]
    for tab in tabs:
        tab.on("pageerror", lambda error: faults.append(str(error)))
        tab.on("console", lambda message: faults.append(message.text) if is_blocked(message) else None)
    left = list(addresses())
    while left:
        opened = list(zip(tabs, left, strict=False))
        left = left[TABS:]
        for tab, address in opened:
            assert tab.goto(address, wait_until="commit").status in {200, 403}, address
        for tab, _address in opened:
            tab.wait_for_load_state("networkidle")
    assert faults == []


def test_text_from_google_docs_keeps_its_bold_and_italics(desk):
    desk.goto(reverse("admin:articles_article_add"), wait_until="networkidle")
    desk.click("[contenteditable=true]")
    desk.evaluate(PASTE, GOOGLE_DOCS)
    written = desk.inner_html("[contenteditable=true]")
    assert "<strong>Le gras</strong>" in written
    assert "<em>et l’italique</em>" in written
