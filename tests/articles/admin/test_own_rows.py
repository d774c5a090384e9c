"""An own row that points to a story opens no story that its owner may not read."""

from dataclasses import dataclass

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from articles.admin.stories import saved_forms
from articles.models import Article, Autosave, Presence, SavedForm, ShareLink, TagProposal, Visit
from articles.models.content import Edit
from newsroom.models import User
from tests.articles import cast
from tests.articles.admin.test_access import STAFF, address, names, outcome, reload_story, versions_of
from tests.conftest import rolled_back

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.long]  # it asks who may, not a database

SECRET = "Quuxaville"  # in a story that is a colleague's, or no longer one's own
FORM = {"key": "own", "headline": "Tapé", "_save": "1"}  # saved once, and sent again


@dataclass
class OwnRows:
    """The rows that belong to a person and point to a story."""

    role: str
    person: User
    story: Article

    def __post_init__(self):
        own = {"article": self.story, "user": self.person}
        self.autosave = Autosave.objects.create(**own, key="own", typed={"headline": ["Tapé"]}, pressed="save")
        SavedForm.objects.create(**own, key=FORM["key"], version=self.story.version, posted=digest(FORM))
        Presence.objects.record(self.story.pk, self.person, unsaved=True)
        self.link, self.token = ShareLink.objects.create_with_token(self.story, "Ada", 7, self.person)
        self.kept = self.story.keep_unsaved(self.person, Edit(note="Ma note"))
        self.version = versions_of(self.story, by=self.person, note="Ma note")
        Visit.objects.mark(self.story, self.person)
        TagProposal.objects.create(story=self.story, name="Grand Nokoué", key="grand nokoue", proposed_by=self.person)

    def address(self, name):
        arguments = {
            "articles_article_autosaved": [self.autosave.pk],
            "articles_article_revoke": [self.story.pk, self.link.pk],
            "articles_article_conflict": [self.story.pk, self.kept.pk],
            "articles_article_restore": [self.story.pk, self.version],
        }
        where = reverse(f"admin:{name}", args=arguments[name]) if name in arguments else address(name, self.story)
        return f"{where}?typed={self.autosave.pk}&old={self.version}&new={self.version}"


def digest(form):
    sent = QueryDict(mutable=True)
    sent.update(form)
    return saved_forms._digest(sent)


def colleagues(people):
    return cast.draft(f"Le port de {SECRET}", created_by=people["editor"])


def formerly_own(people):
    """Return a story that everybody signed until an editor took their names off and went on writing."""
    story = cast.draft("Le port", created_by=people["editor"])
    story.set_authors([cast.author(slug=role, user=person) for role, person in people.items()])
    story.set_authors([])
    story.save_draft(people["editor"], Edit({**story.newest_content, "headline": f"Le port de {SECRET}"}))
    return reload_story(story)


STORIES = {"a colleague’s": colleagues, "formerly own": formerly_own}


@pytest.fixture(scope="module")
def rows(request, people, cookies):
    """Yield the rows of a person that point to a story: the parameter is (role, which story)."""
    role, which = request.param
    with rolled_back():
        yield OwnRows(role, people[role], STORIES[which](people))


def of_each(roles, *stories):
    return pytest.mark.parametrize(
        "rows", [(role, which) for role in roles for which in stories], indirect=True, ids="-".join
    )


@pytest.mark.parametrize("name", names())
@of_each(["staff", "reporter"], *STORIES)
def test_an_own_row_opens_no_story_that_is_not_ones_own(clients, rows, name):
    before, where = Article.objects.filter(pk=rows.story.pk).values().get(), rows.address(name)
    client = clients(rows.role)
    ask = [client.get, client.post, client.post]  # sent again with other text, and as it was
    sent = [None, FORM | {"headline": "Autre"}, FORM]
    answers = [ask(where, data, follow=True) for ask, data in zip(ask, sent, strict=True)]
    assert [SECRET in answer.text for answer in [*answers, client.get("/admin/")]] == [False] * 4
    assert Article.objects.filter(pk=rows.story.pk).values().get() == before


@of_each(sorted(STAFF), "a colleague’s")
def test_an_own_row_opens_the_stories_that_the_role_may_open(clients, rows):
    found = {}
    for name in [f"articles_article_{name}" for name in ("autosaved", "revoke", "conflict", "compare", "history")]:
        response = getattr(clients(rows.role), "post" if name.endswith("revoke") else "get")(rows.address(name))
        found[name.removeprefix("articles_article_")] = outcome(response) == "allowed"
    reads, writes = rows.role in ("editor", "tag_staff"), rows.role == "editor"
    assert found == {"autosaved": writes, "revoke": writes, "conflict": writes, "compare": reads, "history": reads}


@of_each(sorted(STAFF), "a colleague’s")
def test_an_own_share_link_is_read_only_while_its_giver_may_share(rows):
    assert (Client().get(f"/share/{rows.token}/").status_code == 200) == (rows.role == "editor")
