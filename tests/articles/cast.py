"""A small cast of named people, sections, tags and stories."""

import datetime
from io import BytesIO

from django.contrib.auth.models import Group
from django.utils import timezone

from articles.models import Article, Author, Image, Section, Tag
from articles.models.content import Edit
from articles.roles import EDITOR, REPORTER, TAG_STAFF
from newsroom.models import User
from tests.articles.renditions.pictures import jpeg

BODY = "<p>La Banque des États de l’Afrique centrale maintient son taux directeur.</p><h2>Suite</h2><p>Fin.</p>"


def person(username, role):
    user = User.objects.create_user(username, f"{username}@example.org", "mot-de-passe", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user


def editor(username="awa"):
    return person(username, EDITOR)


def reporter(username="moutiou"):
    return person(username, REPORTER)


def tag_staff(username="koffi"):
    return person(username, TAG_STAFF)


def section(name="Finance", slug="finance"):
    return Section.objects.get_or_create(slug=slug, defaults={"name": name})[0]


def author(name="Moutiou Adjibi Nourou", slug="moutiou-adjibi-nourou", **fields):
    return Author.objects.get_or_create(slug=slug, defaults={"name": name, **fields})[0]


def image(width=60, height=40, *, alt="Le port de Lomé", **fields):
    """Return a picture of the library; two of one size are the same."""
    return Image.objects.ingest(BytesIO(jpeg(width, height)), alt=alt, **fields)


def draft(headline="BVMAC : les échanges doublent", *, authors=(), tags=(), **fields):
    fields = {"section": section(), "body": BODY, "standfirst": "La bourse de Douala.", "language": "en"} | fields
    story = Article.objects.create(headline=headline, **fields)
    story.set_authors(authors)
    story.set_tags(Tag.objects.for_names(list(tags)))
    return story


def story(headline="BVMAC : les échanges doublent", *, hours_ago=1, by=None, **fields):
    """Return a published story."""
    new = draft(headline, **fields)
    new.publish(by or _chief(), at=timezone.now() - datetime.timedelta(hours=hours_ago))
    return new


def fresh(story):
    """Return the story as it is stored now."""
    return Article.objects.get(pk=story.pk)


def typed(story, **fields):
    """Return an edit of the newest content, with these fields changed."""
    return Edit({**story.newest_content, **fields}, version=story.version)


def _chief():
    return User.objects.filter(username="chief").first() or User.objects.create_superuser("chief")
