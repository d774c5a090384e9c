"""A dump of the newsroom is loaded whole, with natural keys and without, into a database of any age."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.commands import loaddata
from django.db import IntegrityError, connection

from articles.models import Article, ChangeLog, Tag, TagChange
from articles.models.content import Edit
from articles.roles import REPORTER
from articles.search import search
from articles.triggers import missing_triggers
from tests.articles import cast

pytestmark = pytest.mark.django_db(transaction=True)

KEYS = {"natural keys": ["--natural-foreign", "--natural-primary"], "ids": []}


def a_newsroom():
    """Create a published story with changes that wait and a picture, a draft, a merged and renamed tag, a log."""
    awa, koffi = cast.editor(), cast.tag_staff()
    names = {"tags": ["Or", "BVMAC", "FCFA"], "authors": [cast.author(user=awa)]}
    story = cast.story("Une place financière", by=awa, lead_image=cast.image(), **names)
    cast.draft("Deux", tags=["Or"])
    changed = {**story.newest_content, "headline": "Une autre place"}
    story.save_draft(awa, Edit(changed, story.version))
    one, other = Tag.objects.resolve("Or"), Tag.objects.resolve("BVMAC")
    one.merge([other], koffi)
    one.rename(koffi, "Or fin", "or-fin")
    return story


def dump(path, *options):
    call_command("dumpdata", *options, output=str(path), verbosity=0)
    return path


def empty():
    call_command("flush", interactive=False, verbosity=0)


def load(path):
    call_command("loaddata", path, verbosity=0)


def rows(path):
    """Return the rows of a dump without the change log, which goes on counting.

    Django dumps milliseconds: a time of less than one is dumped as .000, and without them once it was loaded.
    """
    text = path.read_text().replace('.000Z"', 'Z"')
    return [row for row in json.loads(text) if row["model"] != "articles.changelog"]


@pytest.mark.parametrize("keys", KEYS)
def test_what_is_dumped_is_loaded(tmp_path, keys):
    a_newsroom()
    before = rows(path := dump(tmp_path / "before.json", *KEYS[keys]))
    empty()
    load(path)
    after = rows(dump(tmp_path / "after.json", *KEYS[keys]))
    assert len(after) == len(before)
    assert [row for row in before if row not in after] == []


@pytest.mark.parametrize("keys", KEYS)
def test_a_loaded_newsroom_works(tmp_path, keys, client):
    story = a_newsroom()
    tags = {tag.pk: tag.name for tag in Tag.objects.all()}
    path = dump(tmp_path / "dump.json", *KEYS[keys])
    empty()
    seen = ChangeLog.objects.changed_since("")[0]
    load(path)
    assert missing_triggers() == []
    assert ChangeLog.objects.changed_since(seen)[1] is None
    assert {tag.pk: tag.name for tag in Tag.objects.all()} == tags  # versions of stories name them by id
    assert [hit.story for hit in search("financière", language="en").hits] == [story]
    article = Article.objects.get(pk=story.pk)
    seen = ChangeLog.objects.changed_since("")[0]
    article.publish_changes(None)
    assert ChangeLog.objects.changed_since(seen)[1]
    assert [hit.story for hit in search("autre", language="en").hits] == [story]
    assert client.get(article.get_absolute_url()).status_code == 200
    TagChange.objects.filter(kind="merged").get()
    assert cast.story("Trois", tags=["Nouveau"]).pk > story.pk


@pytest.mark.long
@pytest.mark.only_on("postgresql")
@pytest.mark.parametrize("keys", KEYS)
def test_a_newsroom_moves_from_postgresql_to_sqlite_and_back(tmp_path, keys):
    story = a_newsroom()
    before = rows(path := dump(tmp_path / "postgresql.json", *KEYS[keys]))
    manage(tmp_path, "migrate", "--verbosity=0")
    manage(tmp_path, "loaddata", str(path))
    back = tmp_path / "sqlite.json"
    manage(tmp_path, "dumpdata", *KEYS[keys], f"--output={back}")
    assert [row for row in before if row not in rows(back)] == []
    manage(tmp_path, "story", "publish_changes", str(story.pk), "--anyway")
    manage(tmp_path, "dumpdata", *KEYS[keys], f"--output={back}")
    empty()
    load(back)
    assert Article.objects.get(pk=story.pk).headline == "Une autre place"
    assert [hit.story for hit in search("autre", language="en").hits] == [story]
    Article.objects.get(pk=story.pk).withdraw(None)


def manage(folder, *arguments):
    """Run a command of the newsroom on a database of SQLite in this folder. Returns what it said."""
    surroundings = os.environ | {"DATABASE_URL": f"sqlite:///{folder}/newsroom.sqlite3", "DEBUG": "1"}
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, env=surroundings, cwd=settings.BASE_DIR, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("keys", KEYS)
def test_a_dump_of_an_older_newsroom_is_loaded_though_its_content_types_have_other_ids(tmp_path, keys):
    story = a_newsroom()
    path = dump(tmp_path / "dump.json", *KEYS[keys])
    path.write_text(json.dumps(with_other_ids(json.loads(path.read_text()))))
    empty()
    load(path)
    assert {entry.get_edited_object() for entry in LogEntry.objects.all()} == {story}
    permissions = Group.objects.get(name=REPORTER).permissions
    assert permissions.filter(codename="add_article", content_type__model="article").exists()


def with_other_ids(dumped):
    """Return the dump as of a newsroom where content types, permissions and groups came in another order."""
    for row in dumped:
        fields = row["fields"]
        if row["model"] in ("contenttypes.contenttype", "auth.permission", "auth.group") and "pk" in row:
            row["pk"] = 100_000 - row["pk"]
        for name in ("content_type", "group"):
            if isinstance(fields.get(name), int):
                fields[name] = 100_000 - fields[name]
        for name in ("permissions", "user_permissions", "groups", "given"):
            if isinstance(fields.get(name), list):
                fields[name] = [100_000 - pk if isinstance(pk, int) else pk for pk in fields[name]]
    return dumped


def test_a_dump_without_content_types_is_loaded(tmp_path):
    story = a_newsroom()
    path = dump(tmp_path / "dump.json", *KEYS["natural keys"], "--exclude=contenttypes", "--exclude=auth.permission")
    empty()
    load(path)
    assert {entry.get_edited_object() for entry in LogEntry.objects.all()} == {story}


def test_no_new_row_gets_an_id_that_something_still_names(tmp_path):
    author, other = cast.author("Awa", "awa"), cast.story("Autre")
    story = cast.draft(
        tags=["Or", "BVMAC"], authors=[author], body=f'<p>Une.</p><figure data-image="{2**40}"></figure>'
    )
    (target, merged) = story.tags_in_order
    story.save_draft(None, Edit({**story.newest_content, "pinned_long": [[other.pk, "Autre"]]}, story.version))
    alias = merged.aliases.create(name="Bourse")
    target.merge([merged], None)
    deletion = target.retire(None, remove_from_stories=True)
    story.set_authors([])
    gone = {"author": author.pk, "story": other.pk}
    author.delete()
    other.delete()
    path = dump(tmp_path / "dump.json")
    empty()
    load(path)
    new = cast.story("Deux", tags=["Nouveau"], authors=[cast.author("Koffi", "koffi")])
    assert new.pk > max(gone["story"], story.pk)
    assert new.authors_in_order[0].author_id > gone["author"]
    assert cast.image().pk < 2**31  # whatever number somebody typed into a text
    assert new.tags_in_order[0].pk > max(merged.pk, target.pk)
    assert new.tags_in_order[0].aliases.create(name="Neuf").pk > alias.pk
    TagChange.objects.get(pk=deletion.pk).undo(None)
    assert Tag.objects.current_by_id([merged.pk]) == {merged.pk: target}


def test_a_dump_of_postgresql_with_many_changes_lets_everybody_publish(tmp_path):
    fields = {"key": "story-1", "changed_at": "2026-03-20T18:00:00Z"}
    changes = [{"model": "articles.changelog", "pk": pk, "fields": {**fields, "txid": 100 + pk}} for pk in (7, 8, 9)]
    (path := tmp_path / "dump.json").write_text(json.dumps(changes))
    load(path)
    story = cast.story()
    assert Article.objects.get().status == story.status
    assert not ChangeLog.objects.filter(pk__in=(7, 8, 9)).exists()


@pytest.mark.only_on("postgresql")
def test_a_load_may_take_longer_than_a_page(tmp_path, monkeypatch):
    told = []

    def ask(command, labels):
        with connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            told.extend(cursor.fetchone())

    monkeypatch.setattr(loaddata.Command, "loaddata", ask)
    load(tmp_path)
    assert told == ["0"]


def test_a_dump_that_does_not_fit_changes_nothing(tmp_path):
    story = a_newsroom()
    other = ContentType.objects.get_for_model(Tag)
    row = {
        "model": "contenttypes.contenttype",
        "pk": other.pk + 1000,
        "fields": {"app_label": "articles", "model": "tag"},
    }
    (path := tmp_path / "dump.json").write_text(json.dumps([row]))
    with pytest.raises(IntegrityError):
        load(path)
    assert ContentType.objects.filter(pk=other.pk).exists()
    assert Article.objects.filter(pk=story.pk).exists()
    assert Permission.objects.exists()
