"""A link for an outsider opens until it expires, is revoked, or its giver may no longer share."""

import datetime

import pytest
from django.utils import timezone

from articles.models import ShareLink
from tests.articles import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(awa):
    link, link.token = ShareLink.objects.create_with_token(cast.draft("Secret"), "Ada", 7, awa)
    return link


def test_the_token_is_not_stored(link):
    assert link.token not in str(ShareLink.objects.values().get())
    assert ShareLink.objects.of_token(link.token) == link
    assert ShareLink.objects.of_token(link.token_hash) is None


@pytest.mark.parametrize(("days", "is_open"), [(6, True), (8, False)])
def test_a_link_expires(link, days, is_open):
    moment = timezone.now() + datetime.timedelta(days=days)
    assert ShareLink.objects.open(moment).exists() is is_open
    assert not link.has_expired


def test_a_link_is_revoked_once(link):
    link.revoke()
    revoked_at = ShareLink.objects.get().revoked_at
    link.revoke()
    assert ShareLink.objects.get().revoked_at == revoked_at
    assert ShareLink.objects.of_token(link.token) is None


def test_a_link_ends_with_the_account_of_its_giver(link, awa):
    type(awa).objects.filter(pk=awa.pk).update(is_staff=False)
    assert not ShareLink.objects.open().exists()


def test_reads_are_counted(link):
    link.count_read(), link.count_read()
    assert ShareLink.objects.get().reads == 2
