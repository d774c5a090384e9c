"""The pages of the desk, found in the URL map, in a newsroom that has something of every kind."""

import uuid

from django.test import Client
from django.urls import reverse

from articles.models import Autosave, ImageProposal, Revision, ShareLink, Tag
from articles.models.content import Edit
from newsroom.models import Notice, StoryEvent, User, Webhook, WebhookDelivery
from tests.articles import cast
from tests.articles.admin.desk_crawl import paths_for

PARTS = (
    "articles_article",
    "articles_image",
    "articles_author",
    "articles_section",
    "articles_tag",
    "newsroom",
    "auth",
    "",
)


def chief():
    """Return somebody who may open everything, and reads French."""
    person = User.objects.create_superuser("chefin", language="fr", first_name="Zoé", last_name="Chefin")
    person.set_password("mot-de-passe")
    person.save()
    return person


def newsroom(person):
    """Return a story, with an object of every other kind that has a page."""
    cast.section(), cast.author(user=person)
    story = cast.draft(
        "Le cacao remonte", tags=["Mali", "Niger", "Togo"], authors=[cast.author("Awa Diop", "awa-diop")]
    )
    story.lead_image = cast.image()
    story.save()
    content = story.newest_content
    Revision.objects.record(story, content, Revision.Event.SAVED, by=person)
    Revision.objects.record(story, {**content, "headline": "Le cacao baisse"}, Revision.Event.KEPT, by=person)
    story.keep_unsaved(person, Edit({**content, "standfirst": "Autre"}, story.version))
    typed = {"version": ["1"], "headline": ["Le cacao tient"]}
    Autosave.objects.create(user=person, article=story, key=uuid.uuid4().hex, typed=typed)
    ShareLink.objects.create_with_token(story, "Ada", 7, person)
    proposed = {"proposed": {"alt": "Autre"}, "before": {"alt": story.lead_image.alt}}
    ImageProposal.objects.create(image=story.lead_image, proposed_by=person, **proposed)
    webhook = Webhook.objects.create(name="Rédaction", url="https://hooks.example.org/x", kinds=["kept"])
    event = StoryEvent.objects.record(StoryEvent.Kind.SENT_BACK, story.pk, person, note="Les chiffres manquent.")
    Notice.objects.create(event=event, person=person)
    WebhookDelivery.objects.create(webhook=webhook, event=event, state="failed", status=404, answer="no_team")
    mali, niger, _togo = Tag.objects.order_by("name")
    mali.merge([niger], person)
    return story


def pages(story, client, parts=PARTS):
    """Return (name, path) of the pages of these parts that this client may open, with this story where one is named."""
    paths = [*paths_for(story), *in_other_states()]
    return [(name, path) for name, path in paths if part_of(name) in parts and is_page(client.get(path))]


def in_other_states():
    """Return pages of addresses that have several."""
    tags = ",".join(str(tag.pk) for tag in Tag.objects.all())
    return [
        ("articles_tag_merge", f"/admin/articles/tag/merge/?tags={tags}"),
        ("articles_tag_changelist", "/admin/articles/tag/?q=rien"),
        ("articles_author_changelist", "/admin/articles/author/?is_active__exact=1"),
        ("articles_article_changelist", "/admin/articles/article/?q=rien"),
        ("articles_article_changelist", "/admin/articles/article/?o=6"),
        ("newsroom_user_changelist", "/admin/newsroom/user/?groups__isnull=True"),
        ("find_on_desk", f"{reverse('find_on_desk')}?q=Mali"),
    ]


def part_of(name):
    return next(part for part in PARTS if name.startswith(part))


def is_page(answer):
    return answer.status_code == 200 and answer.content.lstrip().startswith(b"<!DOCTYPE html>")


def signed_in(person):
    """Return the browser of this person, who reads French and has typed the password once more."""
    client = Client(headers={"accept-language": "fr"})
    client.force_login(person)
    client.post(reverse("account_reauthenticate"), {"password": "mot-de-passe"})
    return client
