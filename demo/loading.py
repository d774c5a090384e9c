"""Loads the demo newsroom from the files beside this one: colleagues, tags, pictures and stories for a first look.

data/stories.json is a JSON Feed; what a feed has no word for is under `_newsroom` in each item. A story's time is its
`age`, an ISO 8601 duration before the moment of loading, so that the front page is always of today. Some pictures have
one too, so that the library is of two years.
"""

from __future__ import annotations

import datetime
import json
import re
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils.dateparse import parse_duration

from articles import clock
from articles.models import Article, Author, Byline, Image, RelatedChoice, Section, Tag
from articles.slugs import ascii_slug
from demo.logins import create_logins
from newsroom.models import StoryEvent

if TYPE_CHECKING:
    from articles.users import User

DATA_FOLDER = Path(__file__).with_name("data")
PICTURE_FOLDER = Path(__file__).with_name("pictures")
TRANSLATION_NAMESPACE = uuid.UUID("2f0f6e0a-5a49-4b5c-9a1e-7f6f6a7d5c11")  # names the translation groups of the demo
CHIEF = "awa"

DemoEntry = dict[str, Any]


def read_entries(name: str) -> Any:
    """Return the content of one of the files in data/."""
    return json.loads((DATA_FOLDER / name).read_text(encoding="utf-8"))


def load_newsroom(tell: Callable[[str], object] = print) -> int:
    """Fill an empty newsroom and return its number of stories; 0, and nothing is changed, where there is one already.

    Without demo logins (see create_logins) no person stands behind the stories, and some wait for review.
    """
    if Article.objects.exists():
        return 0
    users = create_logins()
    chief = users.get(CHIEF)
    library = load_pictures(tell)
    with transaction.atomic():
        sections = {
            entry["slug"]: load_section(place, entry) for place, entry in enumerate(read_entries("sections.json"))
        }
        for entry in read_entries("tags.json"):
            load_tag(entry)
        authors = {entry["name"]: load_author(entry, library, users) for entry in read_entries("authors.json")}
        entries = read_entries("stories.json")["items"]
        stories = {}
        for entry in sorted(entries, key=publication_time):  # the oldest first, as in a real newsroom
            story = stories[entry["id"]] = load_story(entry, sections, authors, library, users)
            bring_to_state(story, entry, chief)
        for entry in entries:
            pin_related(stories[entry["id"]], entry, stories, chief)
        StoryEvent.objects.all().delete()  # nobody is told of what happened before they came
    return len(stories)


def load_pictures(tell: Callable[[str], object] = print) -> dict[str, Image]:
    """Return the pictures of the library by their keys. A picture that is there already is kept."""
    entries = read_entries("pictures.json")
    library = {}
    for number, entry in enumerate(entries, start=1):
        tell(f"Loading picture {number} of {len(entries)}: {entry['key']}")
        library[entry["key"]] = load_picture(entry)
    return library


def load_picture(entry: DemoEntry) -> Image:
    """Return the library's picture; a server makes its smaller copies, for which no page has to wait."""
    focal_x, focal_y = entry.get("focal", (50, 50))
    with (PICTURE_FOLDER / f"{entry['key']}.webp").open("rb") as file:
        picture = Image.objects.ingest(
            file,
            copies_later=True,
            alt=entry["alt"],
            decorative=not entry["alt"],
            caption=entry.get("caption", ""),
            credit=entry["credit"],
            focal_x=focal_x,
            focal_y=focal_y,
        )
    uploaded = clock.now() - (parse_duration(entry.get("age", "")) or datetime.timedelta())
    Image.objects.filter(pk=picture.pk).update(created_at=uploaded)
    return picture


def load_section(place: int, entry: DemoEntry) -> Section:
    return Section.objects.get_or_create(
        slug=entry["slug"],
        defaults={name: entry[name] for name in ("name", "other_names", "description")} | {"position": place},
    )[0]


def load_tag(entry: DemoEntry) -> None:
    tag = Tag.objects.resolve(entry["name"]) or Tag.objects.create_named(entry["name"])
    tag.description = tag.description or entry.get("description", "")
    tag.save()
    for alias in entry.get("aliases", []):
        if Tag.objects.resolve(alias) is None:
            tag.aliases.create(name=alias)


def load_author(entry: DemoEntry, library: dict[str, Image], users: dict[str, Any]) -> Author:
    language = settings.LANGUAGES[0][0]
    return Author.objects.get_or_create(
        slug=ascii_slug(entry["name"]),
        defaults={
            "name": entry["name"],
            "title": entry["title"].get(language, entry["title"]["en"]),
            "biography": entry["biography"].get(language, entry["biography"]["en"]),
            "photo": library.get(entry["photo"]),
            "user": users.get(entry.get("login", "")),
            "is_active": entry.get("is_active", True),
        },
    )[0]


def load_story(
    entry: DemoEntry,
    sections: dict[str, Section],
    authors: dict[str, Author],
    library: dict[str, Image],
    users: dict[str, Any],
) -> Article:
    """Create the draft of a story with its authors and tags."""
    more = entry["_newsroom"]
    signed = [authors[author["name"]] for author in entry["authors"]]
    story = Article.objects.create(
        source_id=f"demo:{entry['id']}",
        slug=entry["id"],
        headline=entry["title"],
        standfirst=entry["summary"],
        body=insert_pictures(entry["content_html"], library),
        language=entry["language"],
        section=sections[more["section"]],
        label=more["label"],
        kicker=more.get("kicker", ""),
        dateline=more.get("dateline", ""),
        lead_image=library.get(more.get("picture", "")),
        lead_caption=more.get("lead_caption", ""),
        translation_group=uuid.uuid5(TRANSLATION_NAMESPACE, more.get("translation_of", entry["id"])),
        created_by=users.get(more.get("filed_by", "")) or signed[0].user,
    )
    story.set_authors(signed)
    for name, role in more.get("roles", {}).items():
        Byline.objects.filter(article=story, author=authors[name]).update(role=role)
    story.set_tags(Tag.objects.for_names(entry["tags"]))
    return story


def insert_pictures(html: str, library: dict[str, Image]) -> str:
    """Return the body with pictures of the library in place of the keys that name them."""

    def source(key: re.Match[str]) -> str:
        image = library[key[1]]
        return f'data-image="{image.pk}" src="{image.file.url}"'

    return re.sub(r'data-picture="([^"]+)"', source, html)


def pin_related(story: Article, entry: DemoEntry, stories: dict[str, Article], by: User | None) -> None:
    """Store the editor's choice of related stories."""
    for place in (RelatedChoice.Place.COMPACT, RelatedChoice.Place.LONG):
        if chosen := entry["_newsroom"].get(place.value):
            story.set_related(place, [stories[key] for key in chosen], by=by)


def bring_to_state(story: Article, entry: DemoEntry, by: User | None) -> None:
    """Publish, schedule or submit the draft, or leave it as it is.

    Opinion and sponsored stories need somebody else than their writer: without a person they wait for review.
    """
    status = entry["_newsroom"].get("status", "published")
    if by is None and status != "draft" and story.section and story.label in story.section.second_eyes:
        status = "review"
    match status:
        case "published" | "scheduled":
            story.publish(by, at=clock.now().replace(second=0, microsecond=0) + publication_time(entry))
        case "review":
            story.submit(by)


def publication_time(entry: DemoEntry) -> datetime.timedelta:
    """Return when a story is published: before now, except for a scheduled one."""
    age = parse_duration(entry["_newsroom"]["age"]) or datetime.timedelta()
    return age if entry["_newsroom"].get("status") == "scheduled" else -age
