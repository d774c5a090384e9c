import datetime

import pytest
from django.utils import timezone

from articles.models import SearchEntry, Tag, WordCounts
from articles.search import find_matching_stories, matching, search
from articles.search.query import parse_query
from tests.articles import cast
from tests.conftest import rolled_back

pytestmark = pytest.mark.django_db

COMMON = {"MAX_STORIES_OF_RARE_WORD": 0}  # every word is
SEARCHES = ["port ", "port 3 ", "port drague ", '"drague 3" ', "drag", "port dra", '"la drague" por']


@pytest.fixture
def limits(monkeypatch):
    def set_limits(**numbers):
        for name, number in numbers.items():
            monkeypatch.setattr(matching, name, number)

    return set_limits


@pytest.fixture(scope="class")
def ports(shared_rows):
    """Create five stories, the newest first: Port 1 to Port 5; those with an odd number have a dredger."""
    with rolled_back():
        for hours in range(1, 6):
            body = f"<p>La drague {hours}.</p>" if hours % 2 else "<p>La grue.</p>"
            cast.story(f"Port {hours}", body=body, hours_ago=hours)
        yield


def count_words(**counts):
    """Have these words of a hundred stories been counted, and no others."""
    WordCounts.objects.create(language="en", stories=100, counts=counts, counted_at=timezone.now())


def find_ids(text, **options):
    """Return (the numbers of the ports, whether all stories were looked through)."""
    result = search(text, language="en", order="newest", **options)
    return [int(hit.story.headline.split()[1]) for hit in result.hits], result.is_whole


@pytest.mark.usefixtures("ports")
class TestFivePorts:
    @pytest.mark.parametrize("windows", [(1, 9), (1, 2, 9), (2, 4, 9), (9,)])
    @pytest.mark.parametrize("text", SEARCHES)
    def test_answers_are_the_same_however_they_are_sought(self, limits, windows, text):
        whole = find_ids(text)
        assert whole[0]
        limits(**COMMON, STORIES_PER_WINDOW=windows)
        assert find_ids(text) == whole

    @pytest.mark.parametrize("text", SEARCHES)
    def test_a_rare_word_is_sought_in_the_whole_archive(self, limits, text):
        whole = find_ids(text)
        limits(MAX_STORIES_OF_RARE_WORD=3, STORIES_PER_WINDOW=(1,))
        count_words(port=100, grue=100, la=100)
        assert find_ids(text) == (([1], False) if text == "port " else whole)

    @pytest.mark.parametrize("text", ["drague ", "drag", '"la drague"', "port drague "])
    def test_a_word_that_turns_out_to_be_common_is_sought_in_the_newest_stories(self, limits, text):
        """Such as one that was in the news after the words were counted, or long before."""
        limits(MAX_STORIES_OF_RARE_WORD=2, STORIES_PER_WINDOW=(1, 3))
        count_words(port=100, la=100)
        assert find_ids(text) == ([1, 3], False)

    def test_common_words_are_sought_in_the_newest_stories(self, limits):
        limits(**COMMON, STORIES_PER_WINDOW=(1, 3))
        assert find_ids("port ") == ([1, 2, 3], False)
        assert find_ids("drague ") == ([1, 3], False)
        assert find_ids("baobab ") == ([], False)

    def test_a_search_that_found_enough_looks_no_farther(self, limits):
        limits(**COMMON, STORIES_PER_WINDOW=(2, 4))
        assert find_matching_stories(parse_query("port "), [], limit=2).is_whole
        assert len(find_matching_stories(parse_query("port "), [], limit=3).ids) == 3

    def test_a_phrase_is_checked_in_the_newest_stories_that_hold_its_words(self, limits):
        limits(MAX_STORIES_CHECKED=2)
        assert find_ids('"la drague"') == ([1, 3], False)
        assert find_ids('"drague la"') == ([], False)
        limits(MAX_STORIES_CHECKED=9)
        assert find_ids('"la drague"') == ([1, 3, 5], True)

    def test_so_is_the_beginning_of_many_words(self, limits):
        limits(**COMMON, MAX_STORIES_CHECKED=2)
        assert find_ids("drag") == ([1], False)
        assert find_ids("drague por") == ([1, 3], False)


def test_a_year_narrows_what_the_newest_are(limits):
    year = timezone.localtime().year
    for number, hours in enumerate((1, 24 * 800, 24 * 801, 24 * 802), 1):
        cast.story(f"Port {number}", hours_ago=hours)
    limits(**COMMON, STORIES_PER_WINDOW=(1, 2))
    then = (timezone.localtime() - datetime.timedelta(days=800)).year
    assert find_ids("port ", year=then) == ([2, 3], False)
    assert find_ids("port ", year=year) == ([1], True)


def test_stories_of_one_second_are_counted_one_by_one(limits):
    at = timezone.now().replace(microsecond=0) - datetime.timedelta(hours=1)
    for number in range(1, 5):
        cast.draft(f"Port {number}").publish(None, at=at)
    limits(**COMMON, STORIES_PER_WINDOW=(1, 3))
    assert find_ids("port ") == ([4, 3, 2], False)


def test_stories_of_other_languages_do_not_count_among_the_newest(limits):
    cast.story("Port 1", hours_ago=9)
    for hours in range(1, 4):
        cast.story("Port français", language="fr", hours_ago=hours)
    limits(**COMMON, STORIES_PER_WINDOW=(2,))
    assert find_ids("port ") == ([1], True)


def test_the_desk_finds_drafts_and_what_is_planned(limits):
    draft, planned = cast.draft("Port brouillon"), cast.draft("Port demain")
    planned.publish(cast.editor(), at=timezone.now() + datetime.timedelta(days=400))
    cast.story("Port 1", hours_ago=1)
    limits(**COMMON, STORIES_PER_WINDOW=(9,))
    assert find_matching_stories(parse_query("port "), []).ids[0] == planned.pk
    assert draft.pk in find_matching_stories(parse_query("port "), []).ids


@pytest.mark.parametrize("rare", [0, 5_000])
def test_what_python_finds_in_an_entry_is_what_the_engine_finds(limits, rare):
    limits(MAX_STORIES_OF_RARE_WORD=rare)
    texts = ["Le port de Lomé", "Le portail", "Port autonome", "Autonome, le port", "Rapport", "Le port. Autonome"]
    stories = [
        cast.story(f"Titre {n}", standfirst="", body=f"<p>{text}</p>", tags=["Togo"]) for n, text in enumerate(texts)
    ]
    tag = Tag.objects.get()
    for text in ("port", "port ", "por", '"port autonome"', "autonome port", "lome le", "titre 3", "langu", "statu"):
        query = parse_query(text)
        by_engine = {story.pk for story in stories} & set(find_matching_stories(query, []).ids)
        entries = SearchEntry.objects.values_list("article_id", "words")
        assert {pk for pk, words in entries if query.is_in(words, [])} == by_engine, text
        assert {hit.story.pk for hit in search(text, language="en", tag=tag).hits} == by_engine, text
