"""Which address belongs to the desk, to an account, and which shows no story."""

import pytest

from newsroom.url_kinds import is_account_page, is_desk, reads_stories


@pytest.mark.parametrize(
    ("path", "of_desk", "of_account", "shows_stories"),
    [
        ("/", False, False, True),
        ("/administration/", False, False, True),
        ("/admin/", True, False, True),
        ("/admin/login/", True, True, True),
        ("/admin/account/", True, True, True),
        ("/health/", False, False, False),
        ("/health/live/", False, False, False),
        ("/media/a.webp", False, False, False),
        ("/static/css/site.css", False, False, False),
    ],
)
def test_kinds_of_addresses(rf, settings, path, of_desk, of_account, shows_stories):
    settings.MEDIA_URL, settings.STATIC_URL = "/media/", "/static/"
    request = rf.get(path)
    assert (is_desk(request), is_account_page(request), reads_stories(request)) == (of_desk, of_account, shows_stories)
