"""What ends with somebody's work here."""

import pytest
from allauth.account.models import EmailAddress

from articles.models import ShareLink
from newsroom.people.leaving import end_access, sign_out_everywhere
from tests.articles import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def link():
    awa = cast.editor()
    link, _token = ShareLink.objects.create_with_token(cast.draft(), "Koffi", 7, awa)
    return link


def test_who_leaves_lets_nobody_in_any_more(link):
    end_access(link.created_by)
    link.refresh_from_db()
    assert link.revoked_at


def test_share_links_of_others_go_on(link):
    end_access(cast.reporter())
    link.refresh_from_db()
    assert link.revoked_at is None


def test_a_sign_out_ends_sessions_and_an_address_that_waits_and_nothing_else(client, link):
    client.force_login(link.created_by)
    EmailAddress.objects.create(user=link.created_by, email="evil@example.org")
    sign_out_everywhere(link.created_by)
    assert client.get("/admin/").status_code == 302
    assert list(EmailAddress.objects.values_list("email", flat=True)) == ["awa@example.org"]
    link.refresh_from_db()
    assert link.revoked_at is None
