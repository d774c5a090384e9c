"""The headers of real pages."""

import pytest
from django.urls import reverse

from tests.articles import cast


def directives(response):
    policy = response["Content-Security-Policy"]
    return {name: sources for name, _, sources in (part.partition(" ") for part in policy.split("; "))}


@pytest.fixture
def login_page(client, db):
    return client.get("/admin/login/")


def test_nothing_is_allowed_by_default(login_page):
    assert directives(login_page)["default-src"] == "'none'"


def test_readers_pages_allow_nothing_inline(client, db):
    assert "unsafe" not in client.get("/health/")["Content-Security-Policy"]


def test_desk_allows_inline_only_what_pasted_text_needs(login_page):
    allowed = {name for name, sources in directives(login_page).items() if "unsafe" in sources}
    assert allowed == {"style-src-attr"}


def test_readers_pages_run_no_script(client, db):
    assert not {"script-src", "frame-src"} & directives(client.get("/health/")).keys()


def test_desk_runs_its_own_scripts(login_page):
    assert directives(login_page)["script-src"].startswith("'self' 'sha256-")


def test_no_site_may_frame_the_desk(login_page):
    assert directives(login_page)["frame-ancestors"] == "'none'"
    assert login_page["X-Frame-Options"] == "DENY"


def test_no_page_may_be_framed_by_another(admin_client):
    for address in ("/", reverse("admin:articles_article_preview", args=[cast.draft().pk])):
        assert directives(admin_client.get(address))["frame-ancestors"] == "'none'"


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("X-Content-Type-Options", "nosniff"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ],
)
def test_every_page_has(login_page, header, value):
    assert login_page[header] == value


def test_devices_are_left_alone(login_page):
    assert "camera=()" in login_page["Permissions-Policy"]


def test_browsers_are_told_to_come_back_encrypted(client, settings, db):
    settings.SECURE_HSTS_SECONDS = 31_536_000
    assert client.get("/admin/login/", secure=True)["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/fr/", "/tag/", "/search/?q=mali", "/nowhere/"])
def test_readers_page_is_the_same_for_all(client, path):
    response = client.get(path)
    assert not response.cookies
    assert {"Cookie", "Accept-Language"}.isdisjoint(response.get("Vary", "").split(", "))
