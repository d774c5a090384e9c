"""The list of stories: what it shows, how it narrows down, and that it costs the same for one story or twelve."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.admin.stories import changelist, list_views
from articles.models import Article, Tag, TrashEntry
from articles.models.content import Edit
from tests.articles import cast

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/article/"


def list_headlines(client, **filters):
    """Return the headlines on the list, in order."""
    return [story.headline for story in client.get(LIST, filters).context["cl"].result_list]


def test_what_was_saved_last_comes_first(client, awa):
    cast.draft("Un")
    cast.draft("Deux")
    assert list_headlines(client) == ["Deux", "Un"]


OLDEST_FIRST = changelist.ArticleListAdmin.list_display.index("when") + 1  # after the boxes


def test_the_oldest_come_first_where_somebody_asks_for_them(client, awa):
    cast.draft("Un")
    cast.draft("Deux")
    assert list_headlines(client, o=OLDEST_FIRST) == ["Un", "Deux"]
    assert list_headlines(client, o=-OLDEST_FIRST) == ["Deux", "Un"]
    assert f'href="?o={OLDEST_FIRST}"' in client.get(LIST).text


def test_what_goes_live_next_comes_first_and_last_where_somebody_asks_for_it(client, awa):
    for headline, days in (("Demain", 1), ("Bientôt", 3), ("Plus tard", 2)):
        cast.draft(headline).publish(awa, at=timezone.now() + datetime.timedelta(days=days))
    next_first = ["Demain", "Plus tard", "Bientôt"]
    assert list_headlines(client, state="scheduled") == next_first
    assert f'href="?o=-{OLDEST_FIRST}&amp;state=scheduled"' in client.get(LIST, {"state": "scheduled"}).text
    assert list_headlines(client, state="scheduled", o=OLDEST_FIRST) == next_first
    assert list_headlines(client, state="scheduled", o=-OLDEST_FIRST) == next_first[::-1]


@pytest.mark.parametrize("order", ["1", "-5", "99", "x", "²", "--6", "9" * 30])
def test_no_other_column_sorts(client, awa, order):
    cast.draft("Zèbre")
    cast.draft("Abeille")
    assert list_headlines(client, o=order) == ["Abeille", "Zèbre"]


def test_it_says_the_state_in_words(client, awa):
    story = cast.draft("Un")
    story.publish(awa, at=timezone.now() + datetime.timedelta(days=1))
    assert "Scheduled" in client.get(LIST).content.decode()


@pytest.mark.parametrize("filters", [{}, {"state": "draft"}, {"state": "returned"}, {"q": "Renvoyé"}])
def test_a_story_that_an_editor_sent_back_is_told_from_other_drafts(client, awa, filters):
    cast.draft("Autre")
    story = cast.draft("Renvoyé")
    story.submit(awa)
    story.send_back(awa, Edit(note="Plus court."))
    marked = '<span class="state state-returned">Came back</span>'
    assert client.get(LIST, filters).text.count(marked) == 1
    story.submit(awa)
    assert marked not in client.get(LIST, filters).text


def test_a_reporter_sees_their_own_stories(client, moutiou):
    cast.draft("Le mien", created_by=moutiou)
    cast.draft("Signé", authors=[cast.author(user=moutiou)])
    cast.draft("Autre")
    assert list_headlines(client) == ["Signé", "Le mien"]


@pytest.mark.parametrize("state", ["draft", "review", "scheduled", "live", "ended", "withdrawn"])
def test_it_narrows_down_to_a_state(client, awa, state):
    now, day = timezone.now(), datetime.timedelta(days=1)
    cast.draft("draft")
    cast.draft("review").submit(awa)
    cast.draft("scheduled").publish(awa, at=now + day)
    cast.story("live")
    ended = cast.story("ended", hours_ago=3)
    Article.objects.filter(pk=ended.pk).update(unpublish_at=now - datetime.timedelta(hours=1))
    cast.story("withdrawn").withdraw(awa)
    assert list_headlines(client, state=state) == [state]


@pytest.mark.parametrize(
    "filters",
    [
        {"mine": "1"},
        {"language": "fr"},
        {"label__exact": "opinion"},
        {"published": "2024"},
        {"published": "2024-02"},
        {"published": "2024-02-29"},
        {"q": "électricité"},
        {"q": "“réseau électrique”"},
    ],
)
def test_it_narrows_down(client, awa, filters):
    wanted = cast.draft(
        "L’électricité revient", created_by=awa, language="fr", label="opinion", body="<p>Le réseau électrique.</p>"
    )
    wanted.publish(cast.editor("koffi"), at=datetime.datetime(2024, 2, 29, 12, tzinfo=datetime.UTC))
    cast.story("Autre chose", body="<p>Électrique, le réseau.</p>")
    assert list_headlines(client, **filters) == ["L’électricité revient"]


def test_sections_have_their_name_in_the_persons_language(client, awa):
    energy = cast.section("Energy", "energy")
    energy.other_names = {"fr": "Énergie"}
    energy.save()
    cast.draft("Un", section=energy)
    page = client.get(LIST, headers={"accept-language": "fr"}).text
    assert f'<td class="field-section_link"><a href="?section__id__exact={energy.pk}">Énergie</a></td>' in page
    assert "Energy" not in page


def test_stories_without_a_section_are_a_choice_of_the_filter(client, awa):
    cast.draft("Un", section=cast.section("Energy", "energy"))
    cast.draft("Deux", section=None)
    page = client.get(LIST).text
    assert re.search(r'<a href="\?section__isnull=True">\s*No section\s*</a>', page)
    assert list_headlines(client, section__isnull="True") == ["Deux"]


def test_it_narrows_down_to_a_section(client, awa):
    energy = cast.section("Energy", "energy")
    cast.draft("Un", section=energy)
    cast.draft("Deux")
    assert list_headlines(client, section__id__exact=energy.pk) == ["Un"]
    assert list_headlines(client, section__id__exact=energy.pk, q="deux") == []


def test_the_authors_of_a_row_lead_to_their_stories(client, awa):
    sow = cast.author("Énée Sow", "enee-sow")
    cast.draft("Un", authors=[sow])
    cast.draft("Deux", authors=[cast.author()])
    assert f'<a href="?author={sow.pk}">Énée Sow</a>' in client.get(LIST).text
    assert list_headlines(client, author=sow.pk) == ["Un"]


def test_the_first_tags_of_a_row_lead_to_their_stories(client, awa):
    cast.draft("Un", tags=["Togo", "Coton & laine", "Ports", "Rails"])
    cast.draft("Deux", tags=["Togo"])
    togo, cotton, ports = (Tag.objects.get(name=name) for name in ("Togo", "Coton & laine", "Ports"))
    links = [
        f'<a href="?tag={togo.pk}">Togo</a>',
        f'<a href="?tag={cotton.pk}">Coton &amp; laine</a>',
        f'<a href="?tag={ports.pk}">Ports</a>',
    ]
    assert f'<span class="row-tags">{", ".join(links)} +1</span>' in client.get(LIST).text
    assert list_headlines(client, tag=cotton.pk) == ["Un"]


def test_the_heading_names_the_zone_of_the_times(client, awa):
    cast.draft("Un")
    page = client.get(LIST).text
    assert "When (Lagos time)" in page
    assert '<p class="page-zone">All times: Lagos time</p>' in page
    assert "Date (heure de Lagos)" in client.get(LIST, headers={"accept-language": "fr"}).text


@pytest.mark.parametrize("author", ["0", "x", "9" * 30, "-1", "²"])
def test_an_author_who_is_none_has_no_stories(client, awa, author):
    cast.draft("Un")
    assert list_headlines(client, author=author) == []


def test_views_have_the_number_of_their_stories(client, awa, moutiou):
    client.force_login(awa)
    for headline in ("Un", "Deux"):
        cast.draft(headline, created_by=moutiou).submit(moutiou)
    cast.draft("Trois", created_by=awa, authors=[cast.author(user=awa)]).publish(
        awa, at=timezone.now() + datetime.timedelta(days=1)
    )
    cast.draft("Quatre", authors=[cast.author()])
    cast.draft("Cinq", created_by=awa)
    TrashEntry.objects.put_in(cast.draft("Six", created_by=moutiou), awa)
    TrashEntry.objects.put_in(cast.image(), cast.editor("chief"))
    views = {view.title: view.count for view in client.get(LIST).context["cl"].views}
    assert views == {
        "All": "",
        "Mine": "3",
        "Came back": "",
        "In review": "2",
        "Scheduled": "1",
        "Live with changes": "",
        "Trash": "2",
    }


def test_a_view_counts_no_further_than_it_says(client, awa, monkeypatch):
    monkeypatch.setattr(list_views, "MAX_COUNTED", 1)
    for headline in ("Un", "Deux", "Trois"):
        cast.draft(headline, created_by=awa).submit(awa)
        TrashEntry.objects.put_in(cast.draft(headline), awa)
    counts = {view.title: view.count for view in client.get(LIST).context["cl"].views}
    assert (counts["In review"], counts["Mine"], counts["Trash"]) == ("1+", "1+", "1+")


def test_a_reporters_views_count_their_own_stories(client, moutiou):
    cast.draft("Le mien", created_by=moutiou).submit(moutiou)
    cast.draft("Autre").submit(cast.editor())
    views = {view.title: view.count for view in client.get(LIST).context["cl"].views}
    assert (views["Mine"], views["In review"], "Trash" in views) == ("1", "1", False)


def test_the_writer_is_a_filter_only_where_it_was_chosen(client, awa):
    cast.draft("Une autre")
    assert 'data-filter-title="writer"' not in client.get(LIST).text
    assert 'data-filter-title="writer"' in client.get(LIST, {"mine": "1", "state": "draft"}).text
    assert list_headlines(client, mine="1") == []


@pytest.mark.parametrize(
    ("filters", "title"), [({}, "All"), ({"mine": "1"}, "Mine"), ({"state": "review"}, "In review")]
)
def test_the_open_view_is_marked(client, awa, filters, title):
    views = client.get(LIST, filters).context["cl"].views
    assert [view.title for view in views if view.is_current] == [title]


@pytest.mark.parametrize("published", ["2024-13", "0000", "x", "2024-02-31", "9999"])
def test_a_date_that_is_none_narrows_nothing(client, awa, published):
    cast.draft("Un")
    assert list_headlines(client, published=published) == ["Un"]


def test_pages_go_on_without_counting(client, awa, monkeypatch):
    monkeypatch.setattr(changelist.ArticleListAdmin, "list_per_page", 2)
    for number in range(5):
        cast.draft(str(number))
    assert list_headlines(client) == ["4", "3"]
    assert list_headlines(client, p=3) == ["0"]
    assert "p=2" in client.get(LIST).content.decode()
    assert "p=4" not in client.get(LIST, {"p": 3}).content.decode()


@pytest.mark.parametrize("page", ["abc", "0", "-1", "9" * 30, "4", "²"])
def test_a_bad_page_is_no_failure(client, awa, page):
    cast.draft("Un")
    assert client.get(LIST, {"p": page}, follow=True).status_code == 200


@pytest.mark.parametrize("words", ["'", '"', "%", "a OR b", "NEAR(", "*", "💡", "«", "-" * 500])
def test_any_search_is_answered(client, awa, words):
    assert client.get(LIST, {"q": words}).status_code == 200


def test_twelve_stories_cost_the_queries_of_one(client, awa):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(LIST)
        return len(captured)

    parts = {"authors": [cast.author(user=awa)], "tags": ["Togo", "Coton"], "lead_image": cast.image()}
    cast.story("0", **parts)
    TrashEntry.objects.put_in(cast.draft("Parti 0"), awa)
    client.get(LIST)
    one = queries()
    for number in range(1, 12):
        cast.story(str(number), **parts)
        TrashEntry.objects.put_in(cast.draft(f"Parti {number}"), awa)
    assert queries() == one


def test_nothing_is_counted(client, awa):
    cast.draft("Un")
    with CaptureQueriesContext(connection) as captured:
        client.get(LIST, {"state": "draft"})
    assert not [query["sql"] for query in captured if "COUNT(" in query["sql"]]


@pytest.mark.parametrize("asked", ["{source}", "{target}"])
def test_it_narrows_down_to_a_tag_also_to_one_that_was_merged(client, awa, asked):
    cast.draft("Une", tags=["Coton"])
    cast.draft("Deux")
    source, target = Tag.objects.create_named("Fibre"), Tag.objects.get(name="Coton")
    target.merge([source], None)
    response = client.get(LIST, {"tag": asked.format(source=source.pk, target=target.pk)})
    assert [str(story) for story in response.context["cl"].result_list] == ["Une"]


@pytest.mark.parametrize("asked", ["999", "x", "²", "9" * 30, "-1"])
def test_a_tag_that_is_gone_has_no_stories(client, awa, asked):
    cast.draft("Une", tags=["Coton"])
    response = client.get(LIST, {"tag": asked})
    assert not response.context["cl"].result_list
    assert "A tag that no longer exists" in response.text
