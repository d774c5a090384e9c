"""Every page of the desk, found in the URL map, in a real browser: one design, in the language of who reads it.

A page is looked at once, in French: by axe in both schemes, for English, for the icons and empty choices of Django's
own admin, and on a phone.
"""

import gettext
import re
import uuid
from pathlib import Path

import django
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as project
from django.test import Client
from django.urls import reverse

from articles.models import Autosave, ImageProposal, Revision, ShareLink, Tag
from articles.models.content import Edit
from newsroom.models import User
from newsroom.settings import BASE_DIR
from tests.articles import cast
from tests.articles.admin.conftest import sign_in
from tests.articles.admin.desk_crawl import paths_for
from tests.test_translations import pairs

pytestmark = pytest.mark.long

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
PAGES = 50  # at least; a page of the map that is none any more would go unseen
PHONE = {"width": 390, "height": 844}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")
# The texts that somebody reads or hears.
TEXTS = """() => {
  const found = [...document.querySelectorAll("[aria-label], [title], [alt], [placeholder]")].flatMap(
    (one) => ["aria-label", "title", "alt", "placeholder"].map((name) => one.getAttribute(name)));
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    if (!texts.currentNode.parentElement.closest("script, style, [lang=en]")) found.push(texts.currentNode.data);
  }
  found.push(...[...document.querySelectorAll("input[type=submit]")].map((one) => one.value));
  return [...new Set(found.filter(Boolean).map((text) => text.trim()))].filter(Boolean);
}"""
IMAGES = """() => performance.getEntriesByType("resource").map((one) => new URL(one.name).pathname)
  .filter((path) => path.startsWith("/static/admin/img/"))"""
# Nothing else of what axe looks at depends on the scheme.
COLOURS = "() => axe.run(document, {runOnly: ['color-contrast']})"
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def chief():
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
    mali, niger, _togo = Tag.objects.order_by("name")
    mali.merge([niger], person)
    return story


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


def is_page(client, path):
    answer = client.get(path)
    return answer.status_code == 200 and answer.content.lstrip().startswith(b"<!DOCTYPE html>")


def english():
    """Return a function that says whether a text must not be read on a French page."""
    folder = Path(django.__file__).parent / "contrib"
    own = dict(pairs("fr"))
    for app in ("admin", "auth"):
        with (folder / app / "locale" / "fr" / "LC_MESSAGES" / "django.mo").open("rb") as file:
            catalog = gettext.GNUTranslations(file)._catalog
        stock = {key[0] if isinstance(key, tuple) else key: text for key, text in catalog.items() if key}
        own = stock | own
    french = {text.casefold() for text in own.values()}
    foreign = {text for text, translated in own.items() if _words(text) - _words(translated)}
    foreign = {text for text in foreign if text.casefold() not in french} - {project.SITE_NAME}
    whole = {text.strip().casefold() for text in foreign}
    filled = [re.compile(_pattern(text), re.IGNORECASE) for text in foreign if PLACEHOLDER.search(text)]
    return lambda text: text.casefold().removesuffix(":") in whole or any(one.fullmatch(text) for one in filled)


def _words(text):
    """Return the words of a text that belong to a language."""
    return set(re.findall(r"[^\W\d_]{3,}", PLACEHOLDER.sub(" ", text).casefold()))


def _pattern(text):
    return ".+".join(map(re.escape, PLACEHOLDER.split(text.strip()))) + ":?"


@pytest.fixture(scope="module")
def foreign():
    return english()


@pytest.fixture
def page(browser, live_server, traffic):
    """Return a tab in which axe may put styles of its own, which the desk's policy refuses to everybody."""
    context = browser.new_context(base_url=live_server.url, bypass_csp=True)
    yield context.new_page()
    context.close()
    traffic.wait_for_quiet()


class Look:
    """One page, loaded once."""

    def __init__(self, page, foreign):
        self.page, self.foreign = page, foreign

    def faults(self, path):
        self.page.emulate_media(color_scheme="light")
        self.page.goto(path, wait_until="load")
        texts = self.page.evaluate(TEXTS)
        found = {
            "axe, light": self._barriers("light", lambda: Axe().run(self.page).response),
            "axe, dark": self._barriers("dark", lambda: self.page.evaluate(COLOURS)),
            "English": sorted(text for text in texts if self.foreign(text)),
            "empty choices": [text for text in texts if re.fullmatch("-{2,}|-", text)],
            "stock icons": [image for image in self.page.evaluate(IMAGES) if not (BASE_DIR / image[1:]).exists()],
            "wider than a phone": self._overflow(),
        }
        return {what: where for what, where in found.items() if where}

    def _barriers(self, scheme, ask):
        self.page.emulate_media(color_scheme=scheme)
        self.page.evaluate("Promise.all(document.getAnimations().map((one) => one.finished))")
        return [f"{one['id']}: {node['target']}" for one in ask()["violations"] for node in one["nodes"][:3]]

    def _overflow(self):
        size = self.page.viewport_size
        self.page.set_viewport_size(PHONE)
        wider = self.page.evaluate(WIDER)
        self.page.set_viewport_size(size)
        return wider


def part_of(name):
    return next(part for part in PARTS if name.startswith(part))


def pages(person, parts=PARTS):
    """Return the paths of the pages of these parts."""
    client = Client(headers={"accept-language": "fr"})
    client.force_login(person)
    paths = [*paths_for(newsroom(person)), *in_other_states()]
    return [path for name, path in paths if part_of(name) in parts and is_page(client, path)]


@pytest.mark.parametrize("part", PARTS)
def test_a_page_of_the_desk_has_no_fault(page, client, live_server, transactional_db, foreign, part):
    person = chief()
    sign_in(page.context, client, person, live_server)
    look = Look(page, foreign)
    found = {path: look.faults(path) for path in pages(person, [part])}
    assert {path: faults for path, faults in found.items() if faults} == {}
    assert found


def test_the_pages_of_somebody_who_is_not_signed_in_have_no_fault(page, transactional_db, foreign):
    page.set_extra_http_headers({"accept-language": "fr"})
    look = Look(page, foreign)
    found = {
        path: look.faults(path)
        for path in ("/admin/login/", "/admin/account/password/reset/", "/admin/account/factor/")
    }
    assert {path: faults for path, faults in found.items() if faults} == {}


@pytest.mark.django_db
def test_the_url_map_is_walked():
    assert len(pages(chief())) >= PAGES
