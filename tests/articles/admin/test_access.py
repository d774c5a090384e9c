"""Every address of the desk, found in the URL map × every role × every state of a story, read and written.

A new address fails here until RULES or NOUNS says who may open it.
"""

from functools import cache
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.urls import get_resolver, reverse
from django.utils import timezone

from articles.models import (
    Article,
    Autosave,
    Image,
    ImageProposal,
    Revision,
    Section,
    ShareLink,
    Tag,
)
from articles.models.content import Edit
from newsroom.models import StoryEvent, User, Webhook, WebhookDelivery
from tests.articles import cast
from tests.conftest import rolled_back

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.long]  # it asks who may, not a database

EVERYBODY = {"nobody", "reader", "staff", "reporter", "editor", "tag_staff", "chief_editor"}
STAFF = {"staff", "reporter", "editor", "tag_staff"}
CHIEF = {"chief_editor"}  # may do what any other role may, and needs no mention beside one
WRITERS = {"reporter", "editor"}

# Who may do what to which noun, by the verbs of Django's permissions.
NOUNS = {
    "article": {"view": {"reporter", "editor", "tag_staff"}, "add": WRITERS, "change": WRITERS, "delete": {"editor"}},
    "author": {
        "view": {"reporter", "editor", "tag_staff"},
        "add": {"editor"},
        "change": {"editor"},
        "delete": {"editor"},
    },
    # A reporter changes the pictures that they uploaded: tests/articles/admin/pictures/test_admin.py.
    "image": {"view": {"reporter", "editor", "tag_staff"}, "add": WRITERS, "change": {"editor"}, "delete": {"editor"}},
    "section": {"view": {"reporter", "editor", "tag_staff"}, "add": {"editor"}, "change": {"editor"}, "delete": set()},
    "tag": {
        "view": {"reporter", "editor", "tag_staff"},
        "add": {"editor", "tag_staff"},
        "change": {"editor", "tag_staff"},
        "delete": {"tag_staff"},
    },
    "trashentry": {"view": {"editor"}},
    "user": {"view": CHIEF, "add": CHIEF, "change": CHIEF, "delete": set()},
    "auditentry": {"view": CHIEF},
    "webhook": {"view": CHIEF, "add": CHIEF, "change": CHIEF, "delete": CHIEF},
    "group": {"view": set(), "add": set(), "change": set(), "delete": set()},
}
# The verb that each kind of address needs to be read and to be written.
NEEDED = {
    "changelist": ("view", "view"),
    "add": ("add", "add"),
    "change": ("view", "change"),
    "delete": ("delete", "delete"),
    "history": ("view", "view"),
}
# Who may open the other addresses, whatever the method.
RULES = {
    "index": STAFF,
    "app_list": {"reporter", "editor", "tag_staff"},
    "jsi18n": STAFF,
    "view_on_site": set(),  # it would tell the address of any story
    "autocomplete": set(),  # without naming a field; the nouns' own searches are below
    "auth_user_password_change": set(),
    "newsroom_auditentry_export": CHIEF,
    "newsroom_user_personal_data": CHIEF,
    "newsroom_user_erase": CHIEF,
    "newsroom_user_disconnect": CHIEF,
    "newsroom_webhook_again": CHIEF,
    "newsroom_user_invite": CHIEF,
    "newsroom_user_withdraw_invitation": CHIEF,
    "newsroom_user_remove_second_factor": CHIEF,
    "newsroom_user_sign_out": CHIEF,
    "articles_author_merge": {"editor"},
    "articles_author_undo_merge": set(),  # without the id of a merge: tests/articles/admin/test_author_merging.py
    "articles_article_preview": {"reporter", "editor", "tag_staff"},
    "articles_article_checklist": WRITERS,
    "articles_article_checklist_new": WRITERS,
    "articles_article_schedule": WRITERS,
    "articles_article_schedule_new": WRITERS,
    "articles_article_copy": WRITERS,
    "articles_article_languages": WRITERS,
    "articles_article_leave_group": WRITERS,
    "articles_article_original": set(),  # of a translation: tests/articles/admin/stories/test_original.py
    "articles_article_take_in": set(),
    "articles_article_row": WRITERS,
    "articles_article_compare": {"reporter", "editor", "tag_staff"},
    "articles_article_restore": WRITERS,
    "articles_article_autosave": WRITERS,
    "articles_article_presence": WRITERS,
    "articles_article_take_over": WRITERS,
    "articles_article_autosave_new": WRITERS,
    "articles_article_autosaved": set(),  # a colleague's does not exist for anybody else
    "articles_article_conflict": WRITERS,
    "articles_article_as_at": {"editor", "tag_staff"},
    "articles_article_share": {"editor"},
    "articles_article_revoke": {"editor"},
    "articles_article_preview_new": WRITERS,
    "articles_article_suggest_authors": WRITERS | {"tag_staff"},  # who filter the list of stories
    "articles_article_suggest_stories": WRITERS,
    "articles_article_suggest_links": WRITERS,
    "articles_article_suggest_tags": WRITERS | {"tag_staff"},
    "articles_article_retag": {"editor", "tag_staff"},
    "articles_article_teasers": WRITERS,
    "articles_article_teaser_desk": WRITERS,
    "articles_article_teaser_desk_new": WRITERS,
    "articles_tag_merge": {"tag_staff"},
    "articles_tag_changes": {"editor", "tag_staff"},
    "articles_tag_undo": {"editor", "tag_staff"},  # of a rename; of the rest: test_each_change_of_tags_…
    "articles_image_captions": WRITERS,
    "articles_image_proposal": {"editor"},  # a colleague's does not exist for those who do not decide
    "articles_image_upload": WRITERS,
    "articles_image_replace": {"editor"},  # a reporter's own uploads: tests/articles/admin/pictures/test_replacing.py
    "articles_image_words": {"editor"},  # a reporter's own uploads: tests/articles/admin/pictures/test_words.py
    "articles_tag_housekeeping": {"editor", "tag_staff"},
    "articles_tag_proposals": {"editor", "tag_staff"},
    "articles_tag_apart": {"editor", "tag_staff"},
    "articles_tag_export": {"editor", "tag_staff"},
    "articles_tag_import": {"editor", "tag_staff"},
    "articles_image_choose": {"reporter", "editor", "tag_staff"},
}
# Of these, what a reporter may depends on the story.
OF_A_STORY = (
    "preview",
    "copy",
    "languages",
    "leave_group",
    "original",
    "take_in",
    "row",
    "compare",
    "restore",
    "checklist",
    "schedule",
    "conflict",
    "autosave",
    "presence",
    "take_over",
    "teaser_desk",
)
# Whose story is in which state: a reporter sees only their own, and changes it only until it is public.
STATES = {
    "own draft": (True, True),
    "own in review": (True, True),
    "own scheduled": (True, False),
    "own live": (True, False),
    "own withdrawn": (True, False),
    "other draft": (False, False),
    "other live": (False, False),
}


OF_THE_ACCOUNT = {"login", "logout", "password_change", "password_change_done"}


@cache
def names():
    """Return every name in the admin's URL map, but for the account's: tests/newsroom/accounts/test_access.py."""
    found = get_resolver().namespace_dict["admin"][1].reverse_dict
    return sorted(name for name in found if isinstance(name, str) and name not in OF_THE_ACCOUNT)


def allowed(name, method, story_state=None):
    """Return the roles that may open it; whether a reporter is among them may depend on the story."""
    if name in RULES:
        roles, needs_story = (
            RULES[name],
            name.removeprefix("articles_article_") in OF_A_STORY,
        )
    else:
        _app, noun, kind = name.split("_", 2)
        verb = NEEDED[kind][method == "post"]
        roles, needs_story = NOUNS[noun][verb], noun == "article" and kind in ("change", "delete", "history")
    if roles:
        roles = roles | CHIEF
    if needs_story and story_state:
        seen, changed = STATES[story_state]
        told = ("presence", "autosave", "checklist")  # why a form that is still open is closed for them
        reads = name.endswith(("history", "preview", "compare", "copy", "languages", *told)) or method == "get"
        writes = not reads or name.endswith(("conflict", "article_row"))
        if not (changed if writes else seen):
            roles = roles - {"reporter"}
        if name.endswith("_delete") and story_state.split()[-1] in ("scheduled", "live", "withdrawn"):
            roles = roles - {"editor", *CHIEF}  # what has been public is withdrawn, never deleted
    return roles


@pytest.fixture(scope="module")
def story(request, people):
    """Yield a story in the state that is the parameter."""
    with rolled_back():
        yield story_in(request.param, people)


def story_in(state, people):
    whose, status = state.split(" ", 1)
    story = cast.draft("Le port", created_by=people["reporter"] if whose == "own" else people["editor"])
    match status:
        case "in review":
            story.submit(people["reporter"])
        case "scheduled":
            story.publish(people["editor"], at=timezone.now() + timezone.timedelta(hours=1))
        case "live":
            story.publish(people["editor"])
        case "withdrawn":
            story.publish(people["editor"])
            story.withdraw(people["editor"])
    return story


def reload_story(story):
    return Article.objects.get(pk=story.pk)


def address(name, story):
    """Return the address with this name, with an object to open."""
    if name == "app_list":
        return reverse("admin:app_list", args=["articles"])
    if name == "view_on_site":
        return reverse("admin:view_on_site", args=[ContentType.objects.get_for_model(Section).pk, cast.section().pk])
    objects = {
        "article": lambda: story,
        "author": cast.author,
        "image": lambda: Image.objects.get_or_create(content_hash="x", width=1, height=1, byte_size=1, alt="x")[0],
        "section": cast.section,
        "tag": lambda: Tag.objects.first() or Tag.objects.create_named("BVMAC"),
        "user": lambda: User.objects.get_or_create(username="ada")[0],
        "group": lambda: Group.objects.first(),
        "webhook": lambda: Webhook.objects.create(name="Slack", url="https://slack.example.org/"),
    }
    if name == "newsroom_webhook_again":
        event = StoryEvent.objects.record(StoryEvent.Kind.PUBLISHED, story.pk)
        delivery = WebhookDelivery.objects.create(webhook=objects["webhook"](), event=event)
        return reverse(f"admin:{name}", args=[delivery.webhook_id, delivery.pk])
    if name == "articles_tag_undo":
        tag = Tag.objects.create_named(f"Coton {uuid4().hex}")
        return reverse(f"admin:{name}", args=[tag.rename(None, f"Le {tag.name}").pk])
    if name == "articles_article_revoke":
        link, _token = ShareLink.objects.create_with_token(story, "Ada", 7, None)
        return reverse(f"admin:{name}", args=[story.pk, link.pk])
    if name == "articles_article_autosaved":
        ada = User.objects.get_or_create(username="ada")[0]
        return reverse(f"admin:{name}", args=[Autosave.objects.create(user=ada, key=uuid4().hex, typed={}).pk])
    if name == "articles_image_proposal":
        ada = User.objects.get_or_create(username="ada")[0]
        proposal = {"image": objects["image"](), "proposed_by": ada, "proposed": {"alt": "y"}, "before": {"alt": "x"}}
        return reverse(f"admin:{name}", args=[ImageProposal.objects.get_or_create(**proposal)[0].pk])
    if name.startswith("newsroom_user_") and name not in ("newsroom_user_changelist", "newsroom_user_add"):
        return reverse(f"admin:{name}", args=[objects["user"]().pk])
    if name in ("articles_image_words", "articles_image_replace"):
        return reverse(f"admin:{name}", args=[objects["image"]().pk])
    if name in ("articles_author_merge", "articles_author_undo_merge"):
        return reverse(f"admin:{name}", args=[cast.author().pk])
    if name == "articles_tag_apart":
        return reverse(f"admin:{name}", args=[tag.pk for tag in Tag.objects.for_names(["Gambie", "Zambie"])])
    if name == "articles_article_conflict":
        return reverse(f"admin:{name}", args=[story.pk, story.keep_unsaved(None, Edit()).pk])
    if name == "articles_article_restore":
        return reverse(f"admin:{name}", args=[story.pk, versions_of(story)])
    wants_object = name.endswith(("_change", "_delete", "_history")) and name.startswith(
        ("articles_", "auth_", "newsroom_")
    )
    wants_object = wants_object or name.removeprefix("articles_article_") in (*OF_A_STORY, "share")
    return reverse(f"admin:{name}", args=[objects[name.split("_")[1]]().pk] if wants_object else [])


def versions_of(story, **values):
    """Return the id of a version of the story, whatever its state."""
    return Revision.objects.record(story, story.newest_content, Revision.Event.SAVED, **values).pk


def outcome(response):
    """Return allowed, refused, login or wrong method, which says nothing about a role."""
    where = response.headers.get("Location", "")
    if response.status_code == 302 and where.startswith("/admin/login/"):
        return "login"
    if response.status_code == 405:
        return "wrong method"
    if response.status_code in (403, 404) or (response.status_code == 302 and where == "/admin/"):
        return "refused"
    assert response.status_code < 500
    return "allowed"


def check(clients, name, story, state=None):
    found, wanted = {}, {}
    for role in sorted(EVERYBODY):
        where = address(name, story)  # of an object that nobody before has deleted
        for method in ("get", "post"):
            response = getattr(clients(role), method)(where)
            if (what := outcome(response)) == "wrong method":
                continue
            found[role, method] = what
            refused = "login" if role in ("nobody", "reader") else "refused"
            wanted[role, method] = "allowed" if role in allowed(name, method, state) else refused
    wrong = {key: (found[key], wanted[key]) for key in found if found[key] != wanted[key]}
    assert wrong == {}, f"{name}, {state}: (found, wanted)"


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("story", ["own draft"], indirect=True)
def test_every_address_opens_for_whom_it_is(clients, story, name):
    check(clients, name, reload_story(story), "own draft")


@pytest.mark.usefixtures("empty_pages")  # the test above renders them
@pytest.mark.parametrize(("story", "state"), [(state, state) for state in STATES], indirect=["story"])
@pytest.mark.parametrize(
    "name",
    [f"articles_article_{name}" for name in ("change", "delete", "history", *OF_A_STORY)],
)
def test_a_story_opens_for_whom_it_is_in_every_state(clients, story, name, state):
    check(clients, name, reload_story(story), state)


@pytest.mark.usefixtures("empty_pages")
@pytest.mark.parametrize("story", ["other draft", "other live"], indirect=True)
@pytest.mark.parametrize(
    "name", [f"articles_article_{name}" for name in ("change", "delete", "history", "share", "retag", *OF_A_STORY)]
)
def test_an_editor_of_other_sections_reads_every_story_and_changes_none(clients, story, name):
    story, client = reload_story(story), clients("editor_elsewhere")
    before = Article.objects.filter(pk=story.pk).values().get()
    read = outcome(client.get(address(name, story)))
    written = outcome(client.post(address(name, story), {"headline": "Autre", "_save": "1", "stories": story.pk}))
    assert Article.objects.filter(pk=story.pk).values().get() == before
    if name.endswith(("change", "history", "preview", "compare")):
        assert read == "allowed"
    if name.endswith(("change", "delete", "row", "restore", "take_over", "share")):
        assert written == "refused"


@pytest.mark.parametrize(
    ("change", "roles"),
    [
        (lambda tag, other: tag.rename(None, "Le coton"), {"editor", "tag_staff"}),
        (lambda tag, other: tag.merge([other], None), {"tag_staff"}),
        (lambda tag, other: tag.retire(None), {"tag_staff"}),
        (lambda tag, other: tag.retire(None).undo(None).change, {"tag_staff"}),
    ],
    ids=["rename", "merge", "deletion", "undo of a deletion"],
)
@pytest.mark.parametrize("role", sorted(EVERYBODY))
def test_each_change_of_tags_is_undone_by_those_who_may_make_it(clients, role, change, roles):
    made = change(Tag.objects.create_named("Coton"), Tag.objects.create_named("Fibre"))
    address = reverse("admin:articles_tag_undo", args=[made.pk])
    found = [outcome(clients(role).get(address)), outcome(clients(role).post(address))]
    refused = "login" if role in ("nobody", "reader") else "refused"
    assert found == ["allowed" if role in roles | CHIEF else refused] * 2
    assert made.is_undone == (role in roles | CHIEF)


@pytest.mark.parametrize("role", sorted(EVERYBODY - {"tag_staff", *CHIEF}))
def test_a_refused_merge_or_deletion_changes_nothing(clients, role):
    tag, other = Tag.objects.create_named("Coton"), Tag.objects.create_named("Fibre")
    clients(role).post(reverse("admin:articles_tag_merge"), {"tags": f"{tag.pk},{other.pk}", "target": tag.pk})
    clients(role).post(reverse("admin:articles_tag_delete", args=[tag.pk]), {"post": "yes", "name": "Coton"})
    assert Tag.objects.count() == 2


def test_tag_staff_change_no_story(clients):
    story = cast.story("Le port", tags=["Coton"])
    before = Article.objects.filter(pk=story.pk).values().get()
    for verb in ("save", "publish_changes", "withdraw"):
        typed = {"headline": "Autre", "version": story.version, f"_{verb}": "1"}
        assert clients("tag_staff").post(address("articles_article_change", story), typed).status_code == 403
    assert Article.objects.filter(pk=story.pk).values().get() == before


@pytest.mark.parametrize("story", STATES, indirect=True)
def test_refused_verbs_change_nothing(clients, story):
    before = Article.objects.filter(pk=story.pk).values().get()
    for role in sorted(EVERYBODY - {"editor"}):
        for verb in ("publish", "schedule", "withdraw"):
            clients(role).post(address("articles_article_change", story), {f"_{verb}": "1", "version": story.version})
    assert Article.objects.filter(pk=story.pk).values().get() == before
