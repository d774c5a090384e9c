"""The address of a new link is copied by a button."""

import pytest
from playwright.sync_api import expect

from tests.articles import cast


@pytest.fixture
def address(tab):
    """Return the address of a link that has just been made for a story."""
    tab.goto(f"/admin/articles/article/{cast.draft().pk}/share/")
    tab.locator("#id_recipient").fill("Ada Mensah")
    tab.get_by_role("button", name="Create a link").click()
    return tab.get_by_label("Copy this address now").input_value()


def test_a_press_copies_the_address(tab, address):
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.get_by_role("button", name="Copy", exact=True).click()
    expect(tab.locator(".given output")).to_have_text("Copied.")
    assert tab.evaluate("navigator.clipboard.readText()") == address


def test_a_browser_that_refuses_has_it_selected(tab, address):
    tab.evaluate("navigator.clipboard.writeText = () => Promise.reject(); document.execCommand = () => false")
    tab.get_by_role("button", name="Copy", exact=True).click()
    expect(tab.locator(".given output")).to_have_text("Copy it with the keys of your system.")
    assert tab.evaluate("getSelection().toString()") == address
