import datetime

import pytest
from django.utils import timezone

from articles.models import Author, Tag
from articles.search import search
from tests.articles import cast

pytestmark = pytest.mark.django_db


def find_headlines(text, **options):
    return [hit.story.headline for hit in search(text, **({"language": "en"} | options)).hits]


@pytest.fixture
def archive():
    """Create three stories, the newest first: C, B, A."""
    cast.story("A. Le port de Lomé", standfirst="", body="<p>Trafic en hausse en Côte d’Ivoire.</p>", hours_ago=30)
    cast.story("B. La banque centrale", standfirst="Le port attend.", body="<p>Les taux montent.</p>", hours_ago=20)
    cast.story("C. Électricité", standfirst="", body="<p>Le réseau du port autonome de Cotonou.</p>", hours_ago=10)


@pytest.mark.parametrize("text", ["électricité", "ELECTRICITE", "electricité", "Électri", "é\u0301lectricité"])
def test_case_accents_and_an_unfinished_last_word(archive, text):
    assert find_headlines(text) == ["C. Électricité"]


@pytest.mark.parametrize(
    "text", ["cote d'ivoire", "Côte-d’Ivoire", '"côte d’ivoire"', "«côte d ivoire»", "“cote d ivoire"]
)
def test_apostrophes_hyphens_and_quotation_marks(archive, text):
    assert find_headlines(text) == ["A. Le port de Lomé"]


def test_every_word_must_occur(archive):
    assert find_headlines("port banque") == ["B. La banque centrale"]
    assert find_headlines("port éléphant") == []


def test_a_phrase_is_words_in_a_row(archive):
    assert find_headlines('"port autonome"') == ["C. Électricité"]
    assert find_headlines('"autonome port"') == []


def test_a_phrase_does_not_span_headline_and_text(archive):
    assert find_headlines('"lomé trafic"') == []


def test_only_the_last_word_may_be_unfinished(archive):
    assert find_headlines("banq ") == []
    assert find_headlines("centr banque") == []
    assert find_headlines("banque centr") == ["B. La banque centrale"]


def test_best_first_is_headline_then_standfirst_then_newest(archive):
    assert find_headlines("port") == ["A. Le port de Lomé", "B. La banque centrale", "C. Électricité"]


def test_newest_first(archive):
    assert find_headlines("port", order="newest") == ["C. Électricité", "B. La banque centrale", "A. Le port de Lomé"]


def test_marks_are_in_the_excerpt_and_markup_is_escaped():
    cast.story("Une", standfirst="", body="<p>Le port &lt;b&gt; de <strong>Lomé</strong>.</p>")
    assert search("lome", language="en").hits[0].excerpt == "Le port &lt;b&gt; de <mark>Lomé</mark>."


def test_a_long_text_is_cut_around_the_first_hit():
    cast.story("Une", standfirst="", body=f"<p>{'mot ' * 60} baobab {'mot ' * 60}</p>")
    excerpt = search("baobab", language="en").hits[0].excerpt
    assert excerpt.startswith("… mot")
    assert excerpt.endswith("mot …")
    assert "<mark>baobab</mark>" in excerpt


def test_filters():
    energy = cast.section("Énergie", "energie")
    awa = cast.author("Awa Ndiaye", "awa")
    cast.story("Le port un", tags=["BVMAC"], section=energy)
    cast.story("Le port deux", authors=[awa])
    cast.story("Le port trois", hours_ago=24 * 800)
    year = timezone.localtime().year
    assert find_headlines("port", section=energy) == ["Le port un"]
    assert find_headlines("port", tag=Tag.objects.get()) == ["Le port un"]
    assert find_headlines("port", author=Author.objects.get()) == ["Le port deux"]
    assert find_headlines("port", year=(timezone.localtime() - datetime.timedelta(hours=24 * 800)).year) == [
        "Le port trois"
    ]
    assert "Le port trois" not in find_headlines("port", year=year)


def test_an_archive_from_before_computers_is_found():
    for year in (1899, 1955):
        at = datetime.datetime(year, 6, 1, tzinfo=datetime.UTC)
        cast.draft(f"Le port {year}").publish(None, at=at)
    assert find_headlines("port", order="newest") == ["Le port 1955", "Le port 1899"]
    assert find_headlines("port", year=1955) == ["Le port 1955"]


def test_only_visible_stories_of_the_language_are_found():
    cast.draft("Le port brouillon")
    cast.story("Le port français", language="fr")
    gone = cast.story("Le port retiré")
    gone.withdraw(cast.editor())
    at = timezone.now() + datetime.timedelta(hours=1)
    cast.draft("Le port demain").publish(cast.editor("fatou"), at=at)
    assert find_headlines("port") == []
    assert find_headlines("port", language="fr") == ["Le port français"]
    assert find_headlines("port", at=at - datetime.timedelta(seconds=1)) == []
    assert find_headlines("port", at=at) == ["Le port demain"]


def test_a_change_is_found_at_once_and_the_old_text_no_more():
    story = cast.story("Le baobab")
    story.headline = "Le palmier"
    story.store()
    assert find_headlines("palmier") == ["Le palmier"]
    assert find_headlines("baobab") == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        '"',
        '""',
        "'",
        "AND",
        "OR NOT NEAR(a b)",
        "port*",
        "words: port",
        "^port -port +port",
        "port & | ! <-> :*",
        "(((",
        "\x00port",
        "port\x00",
        "%' OR 1=1 --",
        "\\",
        "a" * 10_000,
        "mot " * 5_000,
        "🙂",
        "_",
        "status_draft",
        "language_en",
        "إقتصاد",
        "北京",
        "ราคา",
    ],
)
def test_whatever_is_typed_is_no_error(archive, text):
    for order in ("best", "newest"):
        assert isinstance(find_headlines(text, order=order), list)


def test_a_property_is_not_a_word(archive):
    assert find_headlines("status_published") == []


def test_arabic_and_chinese_are_found():
    cast.story("اقتصاد مصر")
    cast.story("新铁路连接阿比让")
    assert find_headlines("مصر") == ["اقتصاد مصر"]
    assert find_headlines("铁路") == ["新铁路连接阿比让"]
    assert find_headlines("路铁") == []


def test_dotted_acronyms_are_words():
    cast.story("La C.E.M.A.C. se réunit")
    assert find_headlines("cemac") == find_headlines("C.E.M.A.C") == ["La C.E.M.A.C. se réunit"]


def test_pages():
    for number in range(25):
        cast.story(f"Le port {number}", hours_ago=number + 1)
    first, second = search("port", language="en"), search("port", language="en", page=2)
    assert (len(first.hits), first.next) == (20, 2)
    assert [hit.story.headline for hit in second.hits] == [f"Le port {number}" for number in range(20, 25)]
    assert second.next == 0


@pytest.mark.parametrize("count", [1, 20])
def test_a_search_costs_the_same_however_many_hits(count, django_assert_num_queries):
    for number in range(count):
        cast.story(f"Le port {number}", authors=[cast.author()])
    with django_assert_num_queries(7):
        search("port", language="en")


@pytest.mark.parametrize(("matches", "linked"), [(2, 9), (9, 2), (1, 1), (9, 9)])
def test_within_an_author_and_a_tag_the_newest_are_looked_through(monkeypatch, matches, linked):
    monkeypatch.setattr("articles.search.NEWEST_MATCHES", matches)
    monkeypatch.setattr("articles.search.NEWEST_LINKED", linked)
    awa = cast.author("Awa Ndiaye", "awa")
    for hours in range(1, 5):
        cast.story(f"Port {hours}", hours_ago=hours)
        cast.story(f"Port {hours} A", authors=[awa], tags=["Togo"], hours_ago=hours + 20)
        cast.story(f"Rail {hours} A", authors=[awa], tags=["Togo"] if hours % 2 else [], hours_ago=hours + 40)
    tag = Tag.objects.get()
    everything = [f"Port {hours} A" for hours in range(1, 5)]
    looked = everything if 9 in (matches, linked) else everything[:linked]
    for links in ({"author": awa}, {"tag": tag}, {"author": awa, "tag": tag}):
        assert find_headlines("port", order="newest", **links) == looked
        assert find_headlines('"port 2"', order="newest", **links) == [
            name for name in ["Port 2 A"] if matches > 1 or name in looked
        ]
        assert find_headlines("port", year=1999, **links) == []
    assert (
        find_headlines("rail", order="newest", author=awa, tag=tag)
        == ["Rail 1 A", "Rail 3 A"][: 1 if matches == 1 else 2]
    )
