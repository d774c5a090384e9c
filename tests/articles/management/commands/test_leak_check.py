import io

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article, ArticleQuerySet, Author, FormerAddress, Image, Revision, Section, Tag
from articles.models.share_link import ShareLinkQuerySet
from articles.models.tag_queryset import TagQuerySet
from articles.sql.compiled_query import CompiledQuery, _Compiled
from tests.articles import cast

pytestmark = pytest.mark.django_db


def check_leaks(out, **options):
    call_command("leak_check", stdout=out, **options)


@pytest.fixture
def english(settings):
    """Keep one language: half of the pages."""
    settings.LANGUAGES = [("en", "English")]


@pytest.fixture
def production(settings):
    settings.SITE_URL = "https://news.example.com"
    settings.ALLOWED_HOSTS = ["news.example.com"]
    settings.SECURE_SSL_REDIRECT = True


def leaks(monkeypatch, sabotaged, name, instead):
    """Return the command's output when one method of the site answers wrongly."""
    monkeypatch.setattr(sabotaged, name, instead)
    monkeypatch.setattr(CompiledQuery, "_compiled", lambda query: _Compiled(query.build()))  # with that method
    out = io.StringIO()
    with pytest.raises(CommandError) as error:
        check_leaks(out)
    return str(error.value), out.getvalue()


def test_nothing_leaks_and_nothing_stays_behind(production):
    cast.story("Le port ferme", authors=[cast.author()], tags=["Togo"])
    models = (Article, Author, FormerAddress, Image, Revision, Section, Tag)
    before = [set(model.objects.values_list("pk", flat=True)) for model in models]
    check_leaks(out := io.StringIO(), verbosity=2)
    *lines, told = out.getvalue().splitlines()
    assert told == f"{len(lines)} pages fetched, 0 leaks."
    assert [set(model.objects.values_list("pk", flat=True)) for model in models] == before
    statuses = {line.split()[0] for line in lines}
    assert statuses == {"200", "404", "410"}
    fetched = {line.split()[1] for line in lines}
    assert {
        "/",
        "/fr/",
        "/feed/",
        "/fr/feed/atom/",
        "/sitemap.xml",
        "/robots.txt",
        "/tag/",
        "/author/?from=n",
    } < fetched


def test_a_door_left_open_is_found(monkeypatch, english):
    def everything(self, at=None):
        return self.exclude(address_date=None)

    told, found = leaks(monkeypatch, ArticleQuerySet, "visible", everything)
    assert "pages fetched" in told
    assert "0 leaks" not in told
    for state in ("a scheduled story", "a withdrawn story", "a story past its end"):
        for place in ("headline", "body", "caption in the body", "slug", "tag", "author", "file of the lead picture"):
            assert f" shows the {place} of {state} (en)\n" in found
    for address in ("/", "/feed/", "/feed/atom/", "/news-sitemap.xml"):
        assert f"\n{address} shows the " in f"\n{found}"
    assert " shows the headline of changes" not in found


def test_a_tag_that_readers_do_not_know_is_found(monkeypatch, english):
    _told, found = leaks(monkeypatch, TagQuerySet, "public", lambda self, at=None: self)
    assert " shows the tag of a draft (en)\n" in found
    assert " shows the slug of the tag of several hidden stories (en)\n" in found


def test_a_share_link_that_opens_once_more_is_found(monkeypatch, english):
    _told, found = leaks(monkeypatch, ShareLinkQuerySet, "open", lambda self, at=None: self)
    for state in ("a draft", "a story in review", "a scheduled story"):
        assert f" shows the body of {state} (en)\n" in found


def test_a_check_that_sees_nothing_fails(monkeypatch, english):
    told, _found = leaks(monkeypatch, ArticleQuerySet, "visible", lambda self, at=None: self.filter(pk__lt=0))
    assert " 0 leaks. But these pages did not show what they should: front, article, " in told
