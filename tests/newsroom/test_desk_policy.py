"""A real browser opens every page of the desk; anything that the policy blocks fails the test (see `page`)."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.urls import reverse

PASSWORD = "Ouagadougou, 1983"


@pytest.fixture
def desk(page, transactional_db):
    """A tab in which a superuser has signed in."""
    User.objects.create_superuser("awa", password=PASSWORD)
    page.goto("/admin/")
    page.fill("[name=username]", "awa")
    page.fill("[name=password]", PASSWORD)
    page.click("[type=submit]")
    page.wait_for_url("**/admin/")
    return page


def addresses():
    """Lists and empty forms of all that staff may manage, and the pages about the person."""
    yield from map(reverse, ["admin:index", "admin:password_change"])
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{name}_changelist")
        yield reverse(f"{name}_add")


def test_no_page_of_the_desk_needs_what_the_policy_blocks(desk):
    for address in addresses():
        response = desk.goto(address, wait_until="networkidle")
        assert response.status in {200, 403}, address
