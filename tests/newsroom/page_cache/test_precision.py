"""What changes is rendered again, and nothing else."""

import datetime

import pytest
from django.utils import timezone

from articles.models import Article, FollowUp, Tag
from articles.models.content import Edit
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
        self.old = self.archive[-1]
        self.recent = cast.story("Les banques", tags=["Dette"], authors=[self.awa], hours_ago=3)
        self.apart = cast.story("Le barrage", section=self.energy, tags=["Eau"], authors=[self.kofi], hours_ago=5)
        self.french = cast.story("Le quai", section=self.energy, language="fr", tags=["Eau"], authors=[self.kofi])
        self.apart.set_related("compact", self.archive[30:36], self.chief)
        self.apart.set_related("long", self.archive[40:46], self.chief)
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
            assert self.reader.get(path).status == 200, path
        change()
        return {name for name, path in self.paths.items() if self._is_rendered(path)}

    def _is_rendered(self, path):
        before = self.reader.renderings
        self.reader.get(path)
        return self.reader.renderings > before


@pytest.fixture
def room():
    return Newsroom()


# Whatever changes, these may: search, sitemaps. The others show no list, or one like those that are tested.
NOT_PRECISE = {"search", "sitemap", "sitemap_pages", "sitemap_part", "news_sitemap"}
LIKE_OTHERS = {"archive_year", "feed_atom", "section_feed_atom", "author_feed_atom", "tag_feed", "robots", "shared"}


def test_every_page_is_among_them(room):
    missing = page_names.missing(room.paths.values(), without=NOT_PRECISE | LIKE_OTHERS)
    assert missing == set(), "add an address of each to the paths of Newsroom"


LISTS = {"front", "feed", "section", "section feed", "author", "tag", "authors", "tags", "archive", "month"}
# The page of a story that has few relatives shows the newest stories of its language.
FILLED = {"recent story"}


def test_a_publication_leaves_pages_that_do_not_show_it(room):
    def publish():
        cast.story("Le taux directeur", tags=["Dette"], authors=[room.awa], hours_ago=0)
        FollowUp.objects.work_off()

    assert room.rendered_for(publish) == LISTS | FILLED


def test_a_correction_of_a_text_is_on_its_own_page_and_in_feeds(room):
    def correct():
        content = {**room.recent.newest_content, "body": "<p>Les banques prêtent.</p>"}
        room.recent.publish_changes(room.chief, Edit(content))

    assert room.rendered_for(correct) == {"recent story", "feed", "section feed"}


def test_another_headline_is_where_it_is_shown(room):
    def rename():
        Article.objects.filter(pk=room.apart.pk).update(headline="Le barrage est plein")

    shown = {"other section", "other section feed", "other author", "other author feed", "other tag", "other tag feed"}
    assert room.rendered_for(rename) == {"front", "feed", "month", "other story", *shown}


def test_another_moment_of_publication_in_the_archive_leaves_other_months(room):
    def move():
        earlier = room.archive[60].publish_at + datetime.timedelta(minutes=1)
        Article.objects.filter(pk=room.archive[60].pk).update(publish_at=earlier)

    whole_lists = {"front", "feed", "section feed", "archive", *FILLED}
    assert room.rendered_for(move) == {"old month", "section, page 3", *whole_lists}


def test_another_author_is_in_their_list_and_where_the_story_is_signed(room):
    rendered = room.rendered_for(lambda: room.apart.set_authors([room.kofi, room.awa]))
    assert {"other story", "other author", "author", "front"} <= rendered
    assert not rendered & {"section", "tag", "tags", "old month", "French front", "French author"}


def test_another_tag_is_in_its_list_and_on_the_page_of_the_story(room):
    rendered = room.rendered_for(lambda: room.apart.set_tags(Tag.objects.for_names(["Eau", "Dette"])))
    assert rendered == {"other story", "other tag", "other tag feed", "tag", "tags"}


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
