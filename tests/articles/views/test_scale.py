"""Every page reads as much of a large archive as of a small one; told by SQLite's steps, which no busy machine changes.

How PostgreSQL reads large tables is in test_plans.py: it reads small ones as they come.
"""

import datetime

import pytest
from django.db import connection
from django.utils import timezone

from articles.models import Article, Byline, RelatedList, SearchEntry, Tag, TaggedArticle
from articles.sql.id_ranges import range_of
from articles.views.paging import written
from tests.articles import cast

pytestmark = [pytest.mark.django_db, pytest.mark.only_on("sqlite")]

SMALL, LARGE = 150, 1_500  # stories, in lists that are full already
END = datetime.datetime(2026, 3, 20, 12, tzinfo=datetime.UTC)
LISTS = ["/section/finance/", "/author/awa/", "/tag/bvmac/", "/2026/03/"]


@pytest.fixture
def archive():
    """Fill the archive up to this number of stories with older ones of the same section, author, tags and month."""
    first = cast.draft("Première", authors=[cast.author("Awa", "awa")], tags=["BVMAC", "Douala"])
    first.publish(cast._chief(), at=END)
    tags, author = first.tags_in_order, first.authors_in_order[0].author

    def grow(size):
        numbers = range(Article.objects.count(), size)
        stories = [_older(first, number) for number in numbers]
        Article.objects.bulk_create(stories)
        Byline.objects.bulk_create(Byline(article=one, author=author, **one.listing()) for one in stories)
        links = [(one, tag) for one in stories for tag in tags]
        TaggedArticle.objects.bulk_create(
            TaggedArticle(content_object=one, tag=tag, **one.listing()) for one, tag in links
        )
        SearchEntry.objects.write(stories)
        RelatedList.objects.bulk_create(RelatedList(article=one) for one in stories)
        Tag.objects.all().recount()
        return first

    return grow


def _older(first, number):
    time = first.publish_at - datetime.timedelta(minutes=number * 15)
    return Article(
        headline=f"Marché {number}",
        slug=f"marche-{number}",
        body=first.body,
        section=first.section,
        status=("published", "draft", "published", "withdrawn")[number % 4],
        publish_at=time,
        first_published_at=time,
        address_date=timezone.localdate(time),
    )


def pages(first):
    """Return address by name: the same page is at another address in a larger archive."""
    stories = Article.objects.visible().newest_first()
    oldest = stories.last()
    deep = list(stories)[-30]
    found = {
        path: path for path in ["/", *LISTS, "/author/", "/tag/", "/archive/", "/2026/", "/feed/", "/tag/bvmac/feed/"]
    }
    found |= {f"{path} deep": f"{path}?before={written((deep.publish_at, deep.pk))}" for path in LISTS}
    found |= {"newest": first.get_absolute_url(), "oldest": oldest.get_absolute_url()}
    found |= {
        path: path for path in ["/sitemap-pages.xml", "/news-sitemap.xml", "/robots.txt", "/x/", "/2026/03/20/x/"]
    }
    return found | {"sitemap": f"/sitemap/stories-{range_of(first.pk)}.xml"}


def steps(client, path):
    client.get(path)  # what a process keeps is kept
    taken = []
    connection.connection.set_progress_handler(lambda: taken.append(0), 1)
    client.get(path)
    connection.connection.set_progress_handler(None, 1)
    return len(taken)


def test_a_page_of_a_large_archive_takes_the_steps_of_a_small_one(client, archive, monkeypatch):
    for name in ("MAX_STORIES_RANKED", "NEWEST_MATCHES", "NEWEST_LINKED"):
        monkeypatch.setattr(f"articles.search.{name}", 30)
    monkeypatch.setattr("articles.sql.id_ranges.IDS_IN_RANGE", 100)
    small = {name: steps(client, path) for name, path in pages(archive(SMALL)).items()}
    large = {name: steps(client, path) for name, path in pages(archive(LARGE)).items()}
    assert min(small.values()) > 0
    assert {name: (small[name], large[name]) for name in small if large[name] > 1.3 * small[name] + 100} == {}
