import datetime
import io

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.models import ChangeLog
from tests.articles import cast

pytestmark = pytest.mark.django_db


def page_keys(path):
    """Return (title, {key: when}) of each list that the command prints."""
    out = io.StringIO()
    call_command("page_keys", path, stdout=out)
    lists = []
    for line in out.getvalue().splitlines():
        if line.startswith("  "):
            moment, key = line.strip().rsplit("  ", 1)
            lists[-1][1][key] = moment.strip()
        else:
            lists.append((line, {}))
    return lists


def log(key, hours_ago=0):
    ChangeLog.objects.create(key=key, changed_at=timezone.now() - datetime.timedelta(hours=hours_ago))


def test_each_key_of_a_page_is_listed_with_its_last_change(settings):
    settings.TIME_ZONE = "UTC"
    story = cast.story()
    ChangeLog.objects.all().delete()
    log("stories-en", hours_ago=2)
    log("stories-en")
    (title, changes), *_others = page_keys("/")
    assert title == "/ answers 200 OK and depends on:"
    assert changes["stories-en"][:13] == f"{timezone.now():%Y-%m-%d %H}"
    assert changes[f"story-{story.pk}"] == "-"


def test_changed_keys_come_first():
    story = cast.story()
    ChangeLog.objects.all().delete()
    log(f"story-{story.pk}")
    (_title, changes), *_others = page_keys("/")
    assert list(changes)[0] == f"story-{story.pk}"


def test_the_newest_changes_that_the_page_does_not_name_are_listed_too():
    ChangeLog.objects.all().delete()
    for number in range(20):
        log(f"tag-{number}", hours_ago=number)
    _own, (_title, others) = page_keys("/")
    assert list(others) == [f"tag-{number}" for number in range(10)]


def test_a_page_that_follows_every_change_says_so():
    assert page_keys("/search/?q=port")[-1][0] == "It is rendered again after every change, also after those."


def test_a_page_is_named_by_what_its_view_reads_of_the_address():
    assert page_keys("/?utm_source=x")[0][0].startswith("/ answers 200 OK")
    assert page_keys("/nothing/?x=1")[0][0].startswith("/nothing/ answers 404 Not Found")


@pytest.mark.parametrize("path", ["/admin/", "/health/", "/media/x.jpg"])
def test_what_is_never_stored_is_refused(path):
    with pytest.raises(CommandError, match="never stored: only readers’ pages are"):
        page_keys(path)


def test_a_path_without_a_slash_is_refused():
    with pytest.raises(CommandError, match="Give the path of a page"):
        page_keys("section/finance/")


def test_a_site_with_tls_is_asked_as_its_readers_do(settings):
    settings.SITE_URL = "https://news.example.com"
    settings.ALLOWED_HOSTS = ["news.example.com"]
    settings.SECURE_SSL_REDIRECT = True
    assert page_keys("/")[0][0].startswith("/ answers 200 OK")
