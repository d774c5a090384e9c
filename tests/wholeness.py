"""What is true of every newsroom's database, whatever happened to its server: nothing in it is half done."""

import contextlib
import sqlite3

from django.contrib.admin.models import LogEntry
from django.db import connection
from django.db.models import Count, Q

from articles.models import Article, Byline, SearchEntry, Section, Tag, TaggedArticle
from articles.models.content import is_same_content
from articles.models.tag_queryset import last_use

PARAGRAPHS = 40
EVENTS = {  # of the newest version, and the status that goes with it
    "draft": {"saved"},
    "published": {"published", "saved", "changes-published"},
    "withdrawn": {"withdrawn", "saved"},
}


def body(text):
    return "\n".join(f"<p>{text} {number}.</p>" for number in range(PARAGRAPHS))


def check_story(story, tags=("Togo", "Ports")):
    """Check that row, newest version, links, search entry and log agree."""
    revisions = list(story.revisions.order_by("pk"))
    newest = revisions[-1]
    assert [revision.version for revision in revisions] == list(range(1, story.version + 1))
    assert is_same_content(newest.content, story.newest_content)
    assert newest.event in EVENTS[story.status]
    assert LogEntry.objects.filter(object_id=str(story.pk)).count() == len(revisions)
    assert story.body == body(story.headline.removeprefix("Le port "))
    assert (story.waiting_id is not None) == (story.status == "published" and newest.event == "saved")
    listing = {tuple(story.listing().values())}
    assert set(Byline.objects.filter(article=story).values_list(*story.listing())) == listing
    assert set(TaggedArticle.objects.filter(content_object=story).values_list(*story.listing())) == listing
    assert [str(byline) for byline in story.authors_in_order] == ["Moutiou Adjibi Nourou"]
    assert [tag.name for tag in story.tags_in_order] == list(tags)
    entry = SearchEntry.for_story(story)
    assert (story.search_entry.moment, story.search_entry.words) == (entry.moment, entry.words)


def check_readers(story, browser):
    """Check that readers see the story, are told that it is gone, or never heard of it."""
    if story.status == "draft":
        assert (story.get_absolute_url(), story.first_published_at) == ("", None)
        return
    answer = browser.get(story.get_absolute_url())
    assert answer.status == {"published": 200, "withdrawn": 410}[story.status]
    assert (story.headline in answer.text) is (story.status == "published")


def check_counts():
    for model, stories in ((Section, "articles"), (Tag, "taggings__content_object")):
        published = Count(stories, filter=Q(**{f"{stories}__status": "published"}))
        for one in model.objects.annotate(published=published):
            assert one.story_count == one.published, one
    for tag in Tag.objects.annotate(newest=last_use()):
        assert tag.last_used_at == tag.newest, tag
    assert not SearchEntry.objects.values("article").annotate(n=Count("pk")).filter(n__gt=1).exists()
    assert SearchEntry.objects.count() == Article.objects.count()


def check_engine(folder):
    if connection.vendor == "sqlite":
        with contextlib.closing(sqlite3.connect(folder / "newsroom.sqlite3")) as database:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert database.execute("PRAGMA foreign_key_check").fetchall() == []
            database.execute("INSERT INTO articles_search(articles_search, rank) VALUES ('integrity-check', 1)")
