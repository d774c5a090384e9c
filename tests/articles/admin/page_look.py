"""Looks at a page of the desk as its people do: with axe in both schemes, for English on a French page, for the icons
and empty choices of Django's own admin, and at each width that somebody works at.
"""

import gettext
import re
from functools import cache
from pathlib import Path

import django
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings

from articles.roles import ROLES
from newsroom.settings import BASE_DIR
from tests.test_translations import pairs

WIDTHS = (390, 820, 1024, 1440)  # pixels: a phone, a tablet, a small laptop, a desk
HEIGHT = 844  # pixels
PAGE = ":root"
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
COLOURS = "(place) => axe.run(place, {runOnly: ['color-contrast'], resultTypes: ['violations']})"
END_ANIMATIONS = """() => {
  for (const one of document.getAnimations()) {
    one.effect.getComputedTiming().endTime === Infinity ? one.cancel() : one.finish();
  }
}"""
# How far the page, or a dialog on it, is wider than the screen.
WIDER = """(place) => {
  const [root, box] = [document.documentElement, document.querySelector(place)];
  const { left, right } = box === root ? { left: 0, right: 0 } : box.getBoundingClientRect();
  return Math.round(Math.max(root.scrollWidth - root.clientWidth, box.scrollWidth - box.clientWidth,
    right - root.clientWidth, -left));
}"""


class Look:
    """A tab in which pages and their dialogs are looked at, each loaded once."""

    def __init__(self, page):
        self.page = page

    def faults_of(self, path):
        """Return what is wrong with the page at this address, by kind; {} for nothing."""
        self.open(path)
        return self.faults()

    def faults_of_answer(self, path, answer):
        """Return what is wrong with what the server has answered at this address."""
        headers = {"content-type": answer["Content-Type"]}
        fulfil = {"status": answer.status_code, "headers": headers, "body": answer.content}
        self.page.route(lambda url: url.endswith(path), lambda route: route.fulfill(**fulfil), times=1)
        return self.faults_of(path)

    def open(self, path):
        self.page.emulate_media(color_scheme="light")
        self.page.goto(path, wait_until="load")

    def faults(self, place=PAGE):
        """Return what is wrong now with the page, or with the part of it that is named by a selector."""
        texts = self.page.evaluate(TEXTS)
        found = {
            "axe, light": self._barriers("light", lambda: Axe().run(self.page, context=place).response),
            "axe, dark": self._barriers("dark", lambda: self.page.evaluate(COLOURS, place)),
            "English": sorted(text for text in texts if english()(text)),
            "empty choices": [text for text in texts if re.fullmatch("-{2,}|-", text)],
            "stock icons": [image for image in self.page.evaluate(IMAGES) if not (BASE_DIR / image[1:]).exists()],
            "too wide": self._overflows(place),
        }
        self.page.emulate_media(color_scheme="light")
        return {what: where for what, where in found.items() if where}

    def _barriers(self, scheme, ask):
        self.page.emulate_media(color_scheme=scheme)
        self.page.evaluate(END_ANIMATIONS)
        return [f"{one['id']}: {node['target']}" for one in ask()["violations"] for node in one["nodes"][:3]]

    def _overflows(self, place):
        """Return by how many pixels it is too wide, by width of the screen."""
        size = self.page.viewport_size
        found = {}
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": HEIGHT})
            found[width] = self.page.evaluate(WIDER, place)
        self.page.set_viewport_size(size)
        return {width: pixels for width, pixels in found.items() if pixels > 0}


@cache
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
    # The pages of roles show the names that the database has.
    foreign = {text for text in foreign if text.casefold() not in french} - {settings.SITE_NAME, *ROLES}
    whole = {text.strip().casefold() for text in foreign}
    filled = [re.compile(_pattern(text), re.IGNORECASE) for text in foreign if PLACEHOLDER.search(text)]
    return lambda text: text.casefold().removesuffix(":") in whole or any(one.fullmatch(text) for one in filled)


def _words(text):
    """Return the words of a text that belong to a language."""
    return set(re.findall(r"[^\W\d_]{3,}", PLACEHOLDER.sub(" ", text).casefold()))


def _pattern(text):
    return ".+".join(map(re.escape, PLACEHOLDER.split(text.strip()))) + ":?"
