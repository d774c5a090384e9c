"""What changes is rendered again, and nothing else."""

import datetime

import pytest
from django.core.management.color import no_style
from django.db import connection
from django.utils import timezone

from articles.models import Article, FollowUp, FormerAddress, Tag, TagAlias
from articles.models.content import Edit
from articles.sql.id_ranges import IDS_IN_RANGE, range_of
from tests.articles import cast, page_names
from tests.newsroom.page_cache.conftest import AskingWatcher, Reader

pytestmark = pytest.mark.django_db(transaction=True)
YEAR_AGO = datetime.timedelta(days=365)


class Newsroom:
    """A section with a long archive and one with a few stories; an author, a tag and a language that are apart."""

    def __init__(self):
        self.chief = cast.editor()
        self.reader = Reader(size=100_000_000)
        self.reader.cache.watcher = AskingWatcher()
        self.finance, self.energy = cast.section(), cast.section("Énergie", "energie")
        self.awa, self.kofi = cast.author("Awa Ndiaye", "awa"), cast.author("Kofi Mensah", "kofi")
        self.archive = self._archive()
        self._begin_range()
        self.recent = cast.story("Les banques", tags=["Dette"], authors=[self.awa], hours_ago=3)
        self.apart = cast.story("Le barrage", section=self.energy, tags=["Eau"], authors=[self.kofi], hours_ago=5)
        self.french = cast.story("Le quai", section=self.energy, language="fr", tags=["Eau"], authors=[self.kofi])
        self.apart.set_related("compact", self.archive[30:36], self.chief)
        self.apart.set_related("long", self.archive[40:46], self.chief)
        for story in self.archive[:3]:
            story.set_tags(Tag.objects.for_names(["Archive"]))
        self._move()
        FollowUp.objects.work_off()
        self.paths = self._paths()

    def _archive(self):
        """Create stories of a year ago, enough for five pages of a list, whose pages are months apart."""
        now = timezone.now()
        times = [now - YEAR_AGO - datetime.timedelta(days=2 * number) for number in range(100)]
        stories = [
            Article(
                headline=f"Archive {number}",
                slug=f"archive-{number}",
                section=self.finance,
                status="published",
                publish_at=time,
                first_published_at=time,
                address_date=time.date(),
            )
            for number, time in enumerate(times)
        ]
        return Article.objects.bulk_create(stories)

    def _begin_range(self):
        """Let the next story be in another part of the sitemap than the archive."""
        first = Article.objects.create(pk=range_of(self.archive[-1].pk) * IDS_IN_RANGE + 1, headline="x", slug="x")
        with connection.cursor() as cursor:
            for sql in connection.ops.sequence_reset_sql(no_style(), [Article]):
                cursor.execute(sql)
        first.delete()

    def _move(self):
        """Give the other story, its author, section and tag former addresses."""
        for path, target in {
            "/2020/01/01/former/": self.apart,
            "/tag/former-tag/": Tag.objects.get(name="Eau"),
            "/author/former-author/": self.kofi,
            "/section/former-section/": self.energy,
        }.items():
            FormerAddress.objects.record(path, target)
        TagAlias.objects.create(tag=Tag.objects.get(name="Eau"), name="Alias")

    def _paths(self):
        below = f"?before={self.archive[50].publish_at:%Y-%m-%d-%H%M%S.%f}-{self.archive[50].pk}"
        month, old_month = (f"{moment:%Y/%m}" for moment in (timezone.localdate(), self.archive[60].address_date))
        return {
            "front": "/",
            "feed": "/feed/",
            "section": "/section/finance/",
            "section feed": "/section/finance/feed/",
            "section, page 3": f"/section/finance/{below}",
            "other section": "/section/energie/",
            "other section feed": "/section/energie/feed/",
            "author": "/author/awa/",
            "other author": "/author/kofi/",
            "other author feed": "/author/kofi/feed/",
            "tag": "/tag/dette/",
            "other tag": "/tag/eau/",
            "other tag feed": "/tag/eau/feed/atom/",
            "authors": "/author/",
            "tags": "/tag/",
            "archive": "/archive/",
            "month": f"/{month}/",
            "old month": f"/{old_month}/",
            "sitemap": "/sitemap.xml",
            "sitemap of sections": "/sitemap-pages.xml",
            "sitemap of news": "/news-sitemap.xml",
            "sitemap of stories": f"/sitemap/stories-{range_of(self.recent.pk)}.xml",
            "sitemap of old stories": f"/sitemap/stories-{range_of(self.archive[60].pk)}.xml",
            "sitemap of tags": f"/sitemap/tags-{range_of(Tag.objects.get(name='Archive').pk)}.xml",
            "sitemap of authors": f"/sitemap/authors-{range_of(self.kofi.pk)}.xml",
            "former story": "/2020/01/01/former/",
            "former tag": "/tag/former-tag/",
            "former author": "/author/former-author/",
            "former section": "/section/former-section/",
            "alias": "/tag/alias/",
            "recent story": self.recent.get_absolute_url(),
            "other story": self.apart.get_absolute_url(),
            "French front": "/fr/",
            "French feed": "/fr/feed/",
            "French section": "/fr/section/finance/",
            "French author": "/fr/author/awa/",
            "French tags": "/fr/tag/",
            "French archive": "/fr/archive/",
            "French story": self.french.get_absolute_url(),
        }

    def rendered_for(self, change):
        """Return the names of the pages that this change makes Django render again."""
        for path in self.paths.values():
            assert self.reader.get(path).status in {200, 301}, path
        change()
        return {name for name, path in self.paths.items() if self._is_rendered(path)}

    def _is_rendered(self, path):
        before = self.reader.renderings
        self.reader.get(path)
        return self.reader.renderings > before


@pytest.fixture
def room():
    return Newsroom()


NOT_PRECISE = {"search"}  # whatever changes, it may
# They show no list, or one like those that are tested.
LIKE_OTHERS = {"archive_year", "feed_atom", "section_feed_atom", "author_feed_atom", "tag_feed", "robots", "shared"}


def test_every_page_is_among_them(room):
    missing = page_names.missing(room.paths.values(), without=NOT_PRECISE | LIKE_OTHERS)
    assert missing == set(), "add an address of each to the paths of Newsroom"


LISTS = {"front", "feed", "section", "section feed", "author", "tag", "authors", "tags", "archive", "month"}
# The index of the sitemaps says that there are stories, authors and tags, and a publication may begin a part.
SITEMAPS = {"sitemap", "sitemap of news", "sitemap of stories", "sitemap of tags", "sitemap of authors"}
# The page of a story that has few relatives shows the newest stories of its language.
FILLED = {"recent story"}


def test_a_publication_leaves_pages_that_do_not_show_it(room):
    def publish():
        cast.story("Le taux directeur", tags=["Dette"], authors=[room.awa], hours_ago=0)
        FollowUp.objects.work_off()

    assert room.rendered_for(publish) == LISTS | FILLED | SITEMAPS


def test_a_correction_of_a_text_is_on_its_own_page_and_in_feeds(room):
    def correct():
        content = {**room.recent.newest_content, "body": "<p>Les banques prêtent.</p>"}
        room.recent.publish_changes(room.chief, Edit(content))

    sitemaps = {"sitemap of stories", "sitemap of news"}  # which say when it changed
    assert room.rendered_for(correct) == {"recent story", "feed", "section feed", *sitemaps}


def test_another_headline_is_where_it_is_shown(room):
    def rename():
        Article.objects.filter(pk=room.apart.pk).update(headline="Le barrage est plein")

    shown = {"other section", "other section feed", "other author", "other author feed", "other tag", "other tag feed"}
    sitemaps = {"sitemap of stories", "sitemap of news"}
    rendered = room.rendered_for(rename) - {"sitemap of sections"}  # for which the story may be the proof of a section
    assert rendered == {"front", "feed", "month", "other story", "former story", *shown, *sitemaps}


def test_another_moment_of_publication_in_the_archive_leaves_other_months(room):
    def move():
        earlier = room.archive[60].publish_at + datetime.timedelta(minutes=1)
        Article.objects.filter(pk=room.archive[60].pk).update(publish_at=earlier)

    whole_lists = {"front", "feed", "section feed", "archive", "sitemap", *FILLED}
    rendered = room.rendered_for(move) - {"sitemap of sections"}
    assert rendered == {"old month", "section, page 3", "sitemap of old stories", *whole_lists}


def test_another_author_is_in_their_list_and_where_the_story_is_signed(room):
    rendered = room.rendered_for(lambda: room.apart.set_authors([room.kofi, room.awa]))
    assert {"other story", "other author", "author", "front"} <= rendered
    assert not rendered & {"section", "tag", "tags", "old month", "French front", "French author"}


def test_another_tag_is_in_its_list_and_on_the_page_of_the_story(room):
    rendered = room.rendered_for(lambda: room.apart.set_tags(Tag.objects.for_names(["Eau", "Dette"])))
    shown = {"other story", "other tag", "other tag feed", "tag", "tags"}
    assert rendered == {*shown, "former tag", "alias", "sitemap", "sitemap of tags"}


def test_another_address_is_in_its_redirects_and_sitemap(room):
    def rename():
        type(room.kofi).objects.filter(pk=room.kofi.pk).update(slug="k-mensah")

    rendered = room.rendered_for(rename)
    assert {"former author", "sitemap of authors"} <= rendered
    assert not rendered & {"former story", "former tag", "former section", "alias", "sitemap of tags"}


def test_what_comes_to_a_former_address_concerns_its_redirect(room):
    assert room.rendered_for(lambda: cast.author("Une autre", "former-author")) == {"former author"}


def test_what_the_desk_does_renders_nothing_again(room):
    def work():
        cast.draft("Brouillon", tags=["Dette"], authors=[room.awa])
        room.recent.save_draft(room.chief, Edit({**room.recent.newest_content, "headline": "Pas encore"}))
        Tag.objects.for_names(["Nouveau"])
        cast.image()

    assert room.rendered_for(work) == set()


def test_a_menu_is_on_every_page(room):
    def rename():
        type(room.energy).objects.filter(pk=room.energy.pk).update(name="Eau et énergie")

    assert room.rendered_for(rename) == set(room.paths)
