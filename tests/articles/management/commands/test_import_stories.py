import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from articles.importers import bulk
from articles.management.commands import import_stories
from articles.models import Article, Author, FollowUp, RelatedList, Section, Tag
from articles.models.content import Edit
from tests.articles import cast

pytestmark = pytest.mark.django_db

GOOD = {
    "id": "https://exemple.org/1",
    "title": "Le port de Cotonou s’agrandit",
    "language": "fr-BJ",
    "summary": "Un nouveau quai ouvre en mai.",
    "content_html": "<p>Le quai <script>alert(1)</script>ouvre.</p><h2>Coût</h2><p>Trois milliards.</p>",
    "authors": [{"name": "Moutiou Adjibi Nourou"}],
    "tags": ["Bénin", "port de Cotonou", "Benin", "BÉNIN"],
    "date_published": "2012-11-12T08:00:00+00:00",
}


def run_import(tmp_path, items, *options, language="fr"):
    """Import these items. Returns (output, errors)."""
    path = tmp_path / "feed.json"
    path.write_text(json.dumps({"version": "https://jsonfeed.org/version/1.1", "language": language, "items": items}))
    return run_file(path, *options)


def run_file(path, *options):
    out, errors = io.StringIO(), io.StringIO()
    call_command("import_stories", str(path), *options, stdout=out, stderr=errors)
    return out.getvalue().strip(), errors.getvalue().strip()


@pytest.fixture(autouse=True)
def _section():
    cast.section()


def test_a_story_comes_in_with_all_it_has(tmp_path):
    assert run_import(tmp_path, [GOOD])[0] == "1 new, 0 changed, 0 unchanged, 0 left out"
    story = Article.objects.visible().get()
    assert (story.headline, story.language, story.section) == (GOOD["title"], "fr", cast.section())
    assert story.get_absolute_url() == "/fr/2012/11/12/le-port-de-cotonou-s-agrandit/"
    assert [byline.author.name for byline in story.authors_in_order] == ["Moutiou Adjibi Nourou"]
    assert "script" not in story.body
    assert "<h2>Coût</h2>" in story.body


@pytest.mark.parametrize("options", [[], ["--bulk"]])
def test_a_story_comes_in_with_kicker_dateline_and_label(tmp_path, options):
    extras = {"kicker": "Ports", "dateline": "Cotonou", "label": "interview"}
    run_import(tmp_path, [GOOD | {"_newsroom": extras}], *options)
    story = Article.objects.get()
    assert {name: getattr(story, name) for name in extras} == extras


def test_a_file_without_a_kicker_keeps_that_of_the_desk(tmp_path):
    run_import(tmp_path, [GOOD])
    story = Article.objects.get()
    story.publish_changes(None, Edit(story.newest_content | {"kicker": "Ports"}))
    assert run_import(tmp_path, [GOOD])[0] == "0 new, 0 changed, 1 unchanged, 0 left out"
    assert Article.objects.get().kicker == "Ports"


def test_tags_that_differ_in_case_or_accents_are_one(tmp_path):
    run_import(tmp_path, [GOOD])
    assert [tag.name for tag in Article.objects.get().tags_in_order] == ["Bénin", "port de Cotonou"]
    assert Tag.objects.count() == 2


def test_authors_are_people_without_a_login(tmp_path):
    cast.reporter("moutiou")
    run_import(tmp_path, [GOOD])
    assert Author.objects.get().user is None


def test_a_second_run_changes_nothing(tmp_path):
    run_import(tmp_path, [GOOD])
    version = Article.objects.get().version
    assert run_import(tmp_path, [GOOD])[0] == "0 new, 0 changed, 1 unchanged, 0 left out"
    assert Article.objects.get().version == version


def test_a_changed_item_keeps_its_address(tmp_path):
    run_import(tmp_path, [GOOD])
    address = Article.objects.get().get_absolute_url()
    assert run_import(tmp_path, [GOOD | {"title": "Autre titre"}])[0] == "0 new, 1 changed, 0 unchanged, 0 left out"
    story = Article.objects.get()
    assert (story.headline, story.get_absolute_url()) == ("Autre titre", address)


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        (GOOD | {"id": None}, "item 1: “id” is missing"),
        (GOOD | {"title": ""}, "A story needs a headline before readers see it."),
        (GOOD | {"title": "x" * 300}, "at most 200 characters"),
        (GOOD | {"title": ["a"]}, "“title” is not text"),
        (GOOD | {"content_html": "<p> </p>"}, "The story is empty."),
        (GOOD | {"date_published": "hier"}, "“date_published” is no date: hier"),
        (GOOD | {"date_published": None}, "“date_published” is missing"),
        (GOOD | {"language": "sw"}, "the language sw is not one of this site (en, fr)"),
        (GOOD | {"tags": "Bénin"}, "“tags” is not a list of texts"),
        (GOOD | {"authors": ["Awa"]}, "“authors” is not a list of objects"),
        (GOOD | {"date_published": "0001-01-01T00:00:00+14:00"}, "“date_published” is too far away"),
        (GOOD | {"_newsroom": "Ports"}, "“_newsroom” is not an object"),
        (GOOD | {"_newsroom": {"kicker": 7}}, "“kicker” is not text"),
        (GOOD | {"_newsroom": {"kicker": "x" * 81}}, "at most 80 characters"),
        (GOOD | {"_newsroom": {"label": "Meinung"}}, "the label Meinung is none of news, analysis"),
        (GOOD | {"tags": ["x" * 101]}, "at most 100 characters"),
        ("nonsense", "it is not an object"),
    ],
)
def test_a_bad_item_is_reported_and_left_out(tmp_path, item, reason):
    said, complaints = run_import(tmp_path, [item, GOOD | {"id": "2"}])
    assert said == "1 new, 0 changed, 0 unchanged, 1 left out"
    assert reason in complaints
    assert complaints.splitlines()[-1].startswith((f"{GOOD['id']}: ", "without id: item 1: "))


def test_characters_that_no_database_takes_are_left_out(tmp_path):
    junk = {
        "id": "7\0",
        "title": "Le \0port\ud800",
        "summary": "\0",
        "tags": ["\0", "a\ud800"],
        "content_html": "<p>\0Oui.</p>",
    }
    assert run_import(tmp_path, [GOOD | junk])[0].startswith("1 new")
    story = Article.objects.get()
    assert (story.headline, story.standfirst, story.body, story.source_id) == ("Le port", "", "<p>Oui.</p>", "7")
    assert [tag.name for tag in story.tags_in_order] == ["a"]


def test_authors_of_every_script_sign(tmp_path):
    names = ["عائشة", "李雷", "عائشة", "…"]
    run_import(tmp_path, [GOOD | {"authors": [{"name": name} for name in names]}])
    run_import(tmp_path, [GOOD | {"id": "2", "authors": [{"name": "李雷"}]}])
    assert [author.name for author in Author.objects.order_by("pk")] == ["عائشة", "李雷"]


def test_a_dry_run_leaves_nothing(tmp_path):
    assert run_import(tmp_path, [GOOD], "--dry-run")[0].startswith("Dry run: 1 new")
    assert not Article.objects.exists()
    assert not Tag.objects.exists()


def test_drafts_stay_drafts(tmp_path):
    run_import(tmp_path, [GOOD], "--drafts")
    assert Article.objects.get().status == Article.Status.DRAFT


def test_plain_text_becomes_paragraphs(tmp_path):
    run_import(tmp_path, [GOOD | {"content_html": "", "content_text": "Un < deux.\n\nFin."}])
    assert Article.objects.get().body.splitlines() == ["<p>Un &lt; deux.</p>", "<p>Fin.</p>"]


def test_where_stories_go_may_be_chosen(tmp_path):
    energy = cast.section("Énergie", "energie")
    run_import(tmp_path, [GOOD], "--section", "energie")
    assert Article.objects.get().section == energy


def test_without_a_section_it_says_where_stories_go(tmp_path):
    assert f"go to “{cast.section()}”; choose another with --section" in run_import(tmp_path, [GOOD])[1]


def test_with_a_section_it_says_nothing_of_another(tmp_path):
    assert run_import(tmp_path, [GOOD], "--section", cast.section().slug)[1] == ""


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"items": 3}', b"\0", b"\xff\xfe", b"[" * 100_000, b'{"kind": "meta"}\n\xff']
)
def test_a_file_that_is_no_feed_is_refused(tmp_path, content):
    path = tmp_path / "bad.json"
    path.write_bytes(content)
    with pytest.raises(CommandError, match="this is not|does not name|not UTF-8"):
        run_file(path)


def test_a_byte_order_mark_does_no_harm(tmp_path):
    path = tmp_path / "feed.json"
    path.write_text(json.dumps({"items": [GOOD]}), encoding="utf-8-sig")
    assert run_file(path)[0].startswith("1 new")


@pytest.mark.parametrize(
    "options", [["--section", "rien"], ["--map", "rien"], ["--by", "personne"], ["--bulk", "--drafts"]]
)
def test_a_wrong_option_is_explained(tmp_path, options):
    with pytest.raises(CommandError, match="rien|personne|--drafts"):
        run_import(tmp_path, [GOOD], *options)


def lines(*stories):
    meta = {
        "kind": "meta",
        "n": len(stories),
        "sections": [{"slug": "energy", "name": "Energy"}],
        "authors": [{"slug": "awa", "name": "Awa Ndiaye"}],
        "tags": [{"slug": "solar", "name": "Solaire"}],
    }
    return "\n".join(one if isinstance(one, str) else json.dumps(one) for one in (meta, *stories))


STORY = {
    "kind": "article",
    "id": 7,
    "slug": "soleil",
    "title": "Soleil",
    "summary": "En bref.",
    "section": "energy",
    "authors": ["awa"],
    "tags": ["solar"],
    "published": "2020-01-02T03:04:05Z",
    "body": [{"t": "h2", "text": "Titre"}, {"t": "p", "text": "Un & deux."}, {"t": "quote", "text": "Oui."}],
}


def test_json_lines_come_in_too(tmp_path):
    path = tmp_path / "stories.jsonl"
    path.write_text(lines(STORY, "nonsense", "[" * 100_000))
    said, complaints = run_file(path)
    assert said == "1 new, 0 changed, 0 unchanged, 2 left out"
    assert "without id: item 2: the line is not a story" in complaints
    story = Article.objects.get()
    assert story.section == Section.objects.get(slug="energy", name="Energy")
    assert [tag.name for tag in story.tags_in_order] == ["Solaire"]
    assert story.body.splitlines() == [
        "<h2>Titre</h2>",
        "<p>Un &amp; deux.</p>",
        "<blockquote><p>Oui.</p></blockquote>",
    ]


@pytest.mark.parametrize("section", [{"slug": "a b", "name": "A"}, {"slug": "a", "name": ""}, {"slug": 5, "name": "A"}])
def test_a_section_that_is_none_stops_the_import(tmp_path, section):
    path = tmp_path / "stories.jsonl"
    path.write_text(json.dumps({"kind": "meta", "sections": [section], "authors": [], "tags": []}))
    with pytest.raises(CommandError, match="section"):
        run_file(path)


def test_a_bulk_load_gives_the_same_stories(tmp_path):
    twin = STORY | {"id": 8, "body": [{"t": "p", "text": "L’œuvre, à 漢字 n° 5 : « l’été » C.F.A. " * 9000}]}
    path = tmp_path / "stories.jsonl"
    path.write_text(lines(STORY, twin))
    run_file(path)
    one_by_one = [_whole(story) for story in Article.objects.order_by("pk")]
    counts = Tag.objects.get().story_count, Section.objects.get(slug="energy").story_count
    Article.objects.all().delete()
    Tag.objects.all().delete()
    assert run_file(path, "--bulk")[0] == "2 new, 0 changed, 0 unchanged, 0 left out"
    assert [_whole(story) for story in Article.objects.order_by("pk")] == one_by_one
    assert (Tag.objects.get().story_count, Section.objects.get(slug="energy").story_count) == counts
    assert run_file(path, "--bulk")[0] == "0 new, 0 changed, 2 unchanged, 0 left out"


def test_a_bulk_load_relates_the_newest_and_says_what_is_left(tmp_path, monkeypatch):
    monkeypatch.setattr(import_stories, "RELATED_AT_ONCE", 2)
    path = tmp_path / "stories.jsonl"
    path.write_text(lines(*(STORY | {"id": number, "title": f"Soleil {number}"} for number in range(3))))
    said = run_file(path, "--bulk")[1]
    assert said.endswith(
        "The server finds the related stories of the other 1 by itself, in hours; `related_stories --missing` does so "
        "faster. Until then, they show the latest stories of their section."
    )
    assert RelatedList.objects.filter(worked_out_at__isnull=False).count() == 2
    FollowUp.objects.update(due_at=timezone.now())
    FollowUp.objects.work_off()
    assert RelatedList.objects.missing() == []


def test_a_bulk_load_leaves_out_what_could_not_be_published(tmp_path):
    bad = [STORY | {"title": ""}, STORY | {"body": []}, STORY | {"title": "x" * 201}, STORY | {"tags": ["x" * 101]}]
    path = tmp_path / "stories.jsonl"
    path.write_text(lines(*(story | {"id": number} for number, story in enumerate([*bad, STORY]))))
    assert run_file(path, "--bulk")[0] == "1 new, 0 changed, 0 unchanged, 4 left out"


def test_a_bulk_load_counts_the_stories_before_the_place_where_a_file_breaks_off(tmp_path, monkeypatch):
    monkeypatch.setattr(bulk, "STORIES_PER_INSERT", 1)
    monkeypatch.setattr(bulk, "map_in_processes", map)
    long = [{"t": "p", "text": "Un quai. " * 3000}]  # more than Python reads of a file at once
    path = tmp_path / "stories.jsonl"
    path.write_bytes(lines(STORY | {"body": long}, STORY | {"id": 8, "body": long}).encode() + b"\n\xff")
    with pytest.raises(CommandError, match="not UTF-8"):
        run_file(path, "--bulk")
    assert (Article.objects.count(), Tag.objects.get().story_count, _section_count("energy")) == (1, 1, 1)


def test_a_bulk_load_in_several_processes_gives_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(bulk, "STORIES_PER_INSERT", 2)
    stories = [STORY | {"id": number} for number in range(1, 6)]
    path = tmp_path / "stories.jsonl"
    path.write_text(lines(*stories[:2], STORY | {"id": "bad", "body": []}, *stories[2:], stories[0]))
    said, complaints = run_file(path, "--bulk")
    assert said == "5 new, 0 changed, 1 unchanged, 1 left out"
    assert "bad: The story is empty." in complaints
    slugs = list(Article.objects.order_by("pk").values_list("source_id", "slug"))
    assert slugs == [("1", "soleil"), ("2", "soleil-2"), ("3", "soleil-3"), ("4", "soleil-4"), ("5", "soleil-5")]


def test_a_bulk_load_knows_the_pictures_of_the_library(tmp_path):
    image = cast.image()
    html = "".join(f'<figure><img data-image="{pk}"></figure>' for pk in (image.pk, image.pk, 999_999))
    run_import(tmp_path, [GOOD | {"content_html": f"<p>Un quai.</p>{html}"}], "--bulk")
    assert list(Article.objects.get().body_images.all()) == [image]


def test_a_bulk_load_takes_no_id_of_a_story_that_was_deleted(tmp_path):
    gone = cast.story("Partie")
    pk = gone.pk
    gone.delete()
    run_import(tmp_path, [GOOD], "--bulk")
    run_import(tmp_path, [GOOD | {"id": "2"}])
    assert [story.pk for story in Article.objects.order_by("pk")] == [pk + 1, pk + 2]


@pytest.mark.only_on("postgresql")
def test_counting_a_whole_archive_may_take_long(tmp_path, monkeypatch):
    monkeypatch.setattr(bulk.BulkLoader, "finish", lambda loader: _wait(0.2))
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 100")  # milliseconds
    assert run_import(tmp_path, [GOOD], "--bulk")[0].startswith("1 new")


@pytest.mark.only_on("postgresql")
def test_a_bulk_load_leaves_the_search_index_ready_for_single_saves(tmp_path):
    run_import(tmp_path, [GOOD], "--bulk")
    with connection.cursor() as cursor:
        cursor.execute("SELECT reloptions FROM pg_class WHERE relname = 'articles_search_document'")
        assert cursor.fetchone() == (["fastupdate=off"],)
        cursor.execute("SELECT gin_clean_pending_list('articles_search_document')")
        assert cursor.fetchone() == (0,)  # pages that waited


def _section_count(slug):
    return Section.objects.get(slug=slug).story_count


def _whole(story):
    names = [field.name for field in story._meta.concrete_fields]
    left_aside = {"id", "version", "created_at", "saved_at"}
    values = {name: getattr(story, name) for name in names if name not in left_aside}
    return values | {
        "tags": [str(tag) for tag in story.tags_in_order],
        "authors": [(str(byline), byline.status, byline.publish_at) for byline in story.authors_in_order],
        "words": story.search_entry.words,
        "document": _document(story),
    }


def _wait(seconds):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(%s)", [seconds])


def _document(story):
    """Return the search document by which PostgreSQL finds the story."""
    with connection.cursor() as cursor:
        document = "document" if connection.vendor == "postgresql" else "words"
        cursor.execute(f"SELECT {document} FROM articles_searchentry WHERE article_id = %s", [story.pk])  # noqa: S608
        return cursor.fetchone()[0]
