import io

import pytest
from django.core.management import call_command
from django.db import connection

from articles import keys
from articles.models import ChangeLog, Image, ImageTerm, SearchEntry
from articles.search import search
from tests.articles import cast

pytestmark = pytest.mark.django_db


def rebuild():
    out = io.StringIO()
    call_command("rebuild_search", stdout=out, stderr=out)
    return out.getvalue().strip()


def find_ids(text):
    return [hit.story.headline for hit in search(text, language="en").hits]


def test_stories_without_an_entry_are_found_again():
    cast.story("Le baobab")
    SearchEntry.objects.all().delete()
    assert find_ids("baobab") == []
    assert rebuild() == "1 stories and 0 pictures indexed."
    assert find_ids("baobab") == ["Le baobab"]


def test_an_entry_of_former_words_is_made_true():
    cast.story("Le baobab")
    SearchEntry.objects.update(words="language_en status_published palmier")
    rebuild()
    assert (find_ids("palmier"), find_ids("baobab")) == ([], ["Le baobab"])


def test_pictures_are_found_by_their_words_of_today_alone():
    port, market = cast.image(20, alt="Le port"), cast.image(30, alt="Le marché")
    ImageTerm.objects.all().delete()
    ImageTerm.objects.create(image=market, term=b"port")
    assert rebuild() == "0 stories and 2 pictures indexed."
    assert [list(Image.objects.search(word)) for word in ("port", "marche")] == [[port], [market]]


def test_pages_of_what_was_found_before_are_rendered_again():
    cast.story("Le baobab")
    ChangeLog.objects.all().delete()
    rebuild()
    assert keys.EVERYTHING in ChangeLog.objects.last_changes()


@pytest.mark.only_on("sqlite")
def test_an_index_out_of_step_with_its_entries_is_mended():
    cast.story("Le baobab")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO articles_search(articles_search) VALUES ('delete-all')")
    assert find_ids("baobab") == []
    rebuild()
    assert find_ids("baobab") == ["Le baobab"]


def test_an_empty_newsroom_has_nothing_to_find():
    assert rebuild() == "0 stories and 0 pictures indexed."
