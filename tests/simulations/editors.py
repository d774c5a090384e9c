"""Two editors at one story, over and over, in random order: is every word that either typed still somewhere?

`python -m tests.simulations.editors --interleavings 10000 --seed 1` fails when a word is lost, or a conflict is shown
where there is none.

They work through the desk's own pages. Each word that they type is typed once in all the world, so it can be looked
for: in the story, its versions and the autosaves. Each paragraph begins with a name that nobody changes, so it is known
which places each of them changed, and thereby whether a question about a conflict had a reason.
"""

from __future__ import annotations

import argparse
import datetime
import itertools
import json
import random
import re
import secrets
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from articles import clock
from articles.admin.fields.moments import format_for_input
from articles.admin.stories.buttons import buttons_for
from articles.admin.stories.form.fields import TIMES
from articles.admin.stories.form_owner import sign_form
from articles.management.quiet import log_errors_only
from articles.models import Article, Author, Autosave, Revision, Section
from articles.models.content import TEXTS, ChosenRows, Edit, choices_as_pairs
from articles.roles import EDITOR
from tests.simulations.throwaway import throwaway_database

STEPS = 3  # of both editors together, in one interleaving
LIFE = 10  # interleavings with one story
FIELDS = ("headline", "kicker", "standfirst", "lead_caption")
ROOM = 60  # characters, in the shortest of these fields, that leave room for one more word
LAST = ("wait", "autosave", "save")  # what an editor does at the end of an interleaving
TYPED_WORD = re.compile(r"\b[ab]w\d{7}\b")
NAME = re.compile(r"<p>(p\d+)")
EVERYTHING = "everything"  # in place of the places that somebody changed, when nobody knows which

Place = str


@dataclass
class Report:
    interleavings: int = 0
    typed: int = 0  # words
    lost: list[str] = field(default_factory=list)
    conflicts: int = 0  # that were shown
    false_conflicts: list[str] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)  # answers that no editor should see

    @property
    def passed(self) -> bool:
        return not (self.lost or self.false_conflicts or self.odd) and self.typed > 0


@dataclass
class Window:
    """A form as it stands in an editor's browser."""

    version: int
    content: dict[str, Any]
    paragraphs: list[str]
    times: dict[str, str]
    key: str = field(default_factory=lambda: secrets.token_hex(8))
    changed: set[Place] = field(default_factory=set)

    def posted(self) -> dict[str, Any]:
        chosen = ("authors", "tags", "pinned_compact", "pinned_long", "never_here")
        texts = {name: self.content[name] for name in TEXTS if name != "never_teased"}
        names = {name: [f"id:{one[0]}" for one in self.content[name]] for name in chosen}
        section = self.content["section"]
        more = {"section": section[0] if section else "", "body": "".join(self.paragraphs)}
        return {**texts, **names, **more, **self.times, "version": self.version, "key": self.key, "anyway": "1"}


class Editor:
    """A person with one browser."""

    def __init__(self, letter: str, simulation: Simulation) -> None:
        self.letter, self.simulation = letter, simulation
        self.user = get_user_model().objects.create_user(f"simulated-{letter}", is_staff=True)
        self.user.groups.add(Group.objects.get(name=EDITOR))
        self.numbers = itertools.count()
        self.window: Window | None = None
        self.sign_in()

    def sign_in(self) -> None:
        site = urlsplit(settings.SITE_URL)
        self.client = Client(headers={"host": site.netloc}, raise_request_exception=False)
        self.secure = site.scheme == "https"
        self.client.force_login(self.user)

    def ask(self, name: str, *more: Any, **data: Any) -> HttpResponseBase:
        """Post to one of the story's pages; its own form for “change”."""
        path = reverse(f"admin:articles_article_{name}", args=[self.simulation.story.pk, *more])
        return self._checked(path, self.client.post(path, data, secure=self.secure))

    def autosave(self, form: dict[str, Any]) -> None:
        lists = {name: value if isinstance(value, list) else [value] for name, value in form.items()}
        pairs = [[name, str(one)] for name, values in lists.items() for one in values]
        path = reverse("admin:articles_article_autosave", args=[self.simulation.story.pk])
        self._checked(path, self.client.post(path, pairs, content_type="application/json", secure=self.secure))

    def look(self, path: str) -> HttpResponseBase:
        return self._checked(path, self.client.get(path, secure=self.secure))

    def _checked(self, path: str, response: HttpResponseBase) -> HttpResponseBase:
        if response.status_code not in (200, 302, 409):
            self.simulation.report.odd.append(f"{response.status_code} {path}")
        return response

    def word(self) -> str:
        self.simulation.report.typed += 1
        word = f"{self.letter}w{next(self.numbers):07d}"
        self.simulation.owed.add(word)
        return word


class Simulation:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311
        self.report = Report()
        self.owed: set[str] = set()  # words typed into the story at hand
        self.section = Section.objects.create(name="Simulation", slug="simulation")
        self.author = Author.objects.create(name="Awa Simulation", slug="awa-simulation")
        self.editors = [Editor(letter, self) for letter in "ab"]
        self.names = itertools.count()

    def run(self, interleavings: int) -> Iterator[Report]:
        """Yield the report after each interleaving."""
        for number in range(interleavings):
            if number % LIFE == 0:
                self._begin_story()
            self._interleave()
            self.report.interleavings += 1
            self._check()
            yield self.report

    def _begin_story(self) -> None:
        self.owed = set()
        self.saved_changes: list[tuple[int, set[Place]]] = []  # version that came of it, places
        for editor in self.editors:
            editor.window = None
        content = Article(section=self.section, language="en").newest_content
        body = "".join(self._paragraph() for _ in range(self.random.randint(1, 5)))
        names = choices_as_pairs(self._chosen())
        self.story = Article()
        self.story.save_draft(None, Edit({**content, **names, "headline": "Le port", "body": body}))

    def _chosen(self) -> ChosenRows:
        return ChosenRows(section=self.section, authors=[(self.author, "author")])

    def _paragraph(self) -> str:
        return f"<p>p{next(self.names)} le cacao.</p>"

    def _interleave(self) -> None:
        steps: list[Callable[[Editor], None]] = [
            *[self._type] * 8,
            self._save,
            *(self._autosave, self._press, self._restore, self._tag, self._save_twice, self._save_without_login),
            *(self._crash, self._time_comes),
        ]
        for _step in range(STEPS):
            self.random.choice(steps)(self.random.choice(self.editors))
        for editor in self.editors:
            match self.random.choice(LAST):
                case "save":
                    self._save(editor)
                case "autosave":
                    self._autosave(editor)

    # What an editor does

    def _open(self, editor: Editor) -> Window:
        if editor.window is None:
            story = self._stored()
            content = story.newest_content
            times = {name: format_for_input(getattr(story, name)) for name in TIMES} | {
                "changes_at": format_for_input(story.due_at)
            }
            paragraphs = re.findall(r"<p>.*?</p>", content["body"])
            editor.window = Window(story.version, dict(content), paragraphs, times)
        return editor.window

    def _type(self, editor: Editor) -> None:
        window, word = self._open(editor), editor.word()
        place = self.random.randrange(len(window.paragraphs) + 1)
        match self.random.choice(["field", "paragraph", "paragraph", "new", "delete"]):
            case "paragraph" if place < len(window.paragraphs):
                window.paragraphs[place] = window.paragraphs[place].replace("</p>", f" {word}</p>")
                window.changed.add(_name(window.paragraphs[place]))
            case "new":
                before = _name(window.paragraphs[place - 1]) if place else "the top"
                window.paragraphs.insert(place, self._paragraph().replace("</p>", f" {word}</p>"))
                window.changed |= {f"behind {before}", before}
            case "delete" if place < len(window.paragraphs) and not TYPED_WORD.search(window.paragraphs[place]):
                window.changed |= {_name(window.paragraphs.pop(place))}
                self._type_field(window, word)
            case _:
                self._type_field(window, word)

    def _type_field(self, window: Window, word: str) -> None:
        short = [name for name in FIELDS if len(window.content[name]) < ROOM]
        name = self.random.choice(short or ["standfirst"])
        window.content[name] = f"{window.content[name]} {word}".strip()
        window.changed.add(name)

    def _tag(self, editor: Editor) -> None:
        window, word = self._open(editor), editor.word()
        window.content["tags"] = [*window.content["tags"], [word, word]]
        window.changed.add("tags")

    def _autosave(self, editor: Editor) -> None:
        if editor.window:
            editor.autosave(self._sent(editor.window))

    def _save(self, editor: Editor) -> None:
        self._send(editor, "save")

    def _press(self, editor: Editor) -> None:
        """Press any button that the story has now, with what is in the form."""
        verbs = [verb.name for verb in buttons_for(self._stored(), editor.user)]
        self._send(editor, self.random.choice(verbs))

    def _save_twice(self, editor: Editor) -> None:
        """Save twice, as by a double click, or by the back button and more text."""
        window = self._open(editor)
        self._send(editor, "save")
        if editor.window is None and self.random.random() < 0.5:
            editor.window = window
            self._type(editor)
        self._send(editor, "save", window)

    def _save_without_login(self, editor: Editor) -> None:
        window, address = self._open(editor), reverse("admin:articles_article_change", args=[self.story.pk])
        editor.look(address)  # the browser is marked
        editor.client.session.flush()
        before = self._version()
        whose = sign_form(editor.user, self.story.pk, window.key)
        editor.ask("change", **self._sent(window), whose=whose, _save="1")
        editor.sign_in()
        self._after(editor, window, editor.look(address), before)

    def _crash(self, editor: Editor) -> None:
        """Close the browser right after it has stored what was typed."""
        self._autosave(editor)
        editor.window = None

    def _restore(self, editor: Editor) -> None:
        revisions = list(self.story.revisions.values_list("pk", flat=True))
        if revisions:
            before = self._version()
            editor.ask("restore", self.random.choice(revisions))
            self._note_change(before, {EVERYTHING})

    def _time_comes(self, editor: Editor) -> None:
        """Let the time of scheduled changes come; the next page that somebody opens publishes them."""
        Article.objects.filter(pk=self.story.pk).exclude(due_at=None).update(due_at=clock.now())
        editor.look(reverse("front"))

    def _send(self, editor: Editor, verb: str, window: Window | None = None) -> None:
        window = window or self._open(editor)
        form = self._sent(window) | {f"_{verb}": "confirmed"}
        tomorrow = format_for_input(clock.now() + datetime.timedelta(days=1))
        match verb:
            case "schedule":
                form["publish_at"] = tomorrow
            case "schedule_changes":
                form["changes_at"] = tomorrow
            case "send_back":
                form["note"] = "Encore un mot."
        before = self._version()
        self._after(editor, window, editor.ask("change", **form), before, verb)

    def _after(
        self, editor: Editor, window: Window, response: HttpResponseBase, before: int, verb: str = "save"
    ) -> None:
        """Do what the editor does with the answer."""
        if response.status_code == 302:
            self._note_change(before, {EVERYTHING} if verb == "discard_changes" else window.changed)
            editor.window = None
        elif response.status_code == 409:
            self.report.conflicts += 1
            self._judge(window)
            kept = Revision.objects.filter(article=self.story, event="kept", saved_by=editor.user).latest("pk")
            self._decide(editor, kept.pk)
            editor.window = None
        else:  # refused, with the form: the editor writes on in it
            editor.window = window

    def _decide(self, editor: Editor, kept: int) -> None:
        path = reverse("admin:articles_article_conflict", args=[self.story.pk, kept])
        clashes = editor.look(path).context_data["clashes"]  # type: ignore[attr-defined]
        before = self._version()
        chosen = {clash.key: self.random.choice(["mine", "theirs", "both"]) for clash in clashes}
        editor.ask("conflict", kept, version=before, **chosen)
        self._note_change(before, {EVERYTHING})

    def _judge(self, window: Window) -> None:
        """Accept a question only where others changed, since this form was opened, what it changed too."""
        others = set().union(*(places for version, places in self.saved_changes if version > window.version))
        if EVERYTHING not in others and not window.changed & others:
            self.report.false_conflicts.append(f"story {self.story.pk}: {window.changed} and {others}")

    def _note_change(self, before: int, places: set[Place]) -> None:
        now = self._version()
        if now != before:
            self.saved_changes.append((now, set(places)))

    # What is there

    def _stored(self) -> Article:
        return Article.objects.with_page_parts().select_related("waiting", "due").get(pk=self.story.pk)

    def _version(self) -> int:
        return Article.objects.values_list("version", flat=True).get(pk=self.story.pk)

    def _sent(self, window: Window) -> dict[str, Any]:
        tags = [one[0] if isinstance(one[0], str) else f"id:{one[0]}" for one in window.content["tags"]]
        return {**window.posted(), "tags": tags}

    def _check(self) -> None:
        """Check that every word is in the story, in a version, in an autosave, or still in a window."""
        story = self._stored()
        texts: list[Any] = [story.newest_content, story.stored_content]
        texts += Revision.objects.filter(article=story).values_list("stored", flat=True)
        texts += Autosave.objects.filter(article=story).values_list("typed", flat=True)
        texts += [[editor.window.content, editor.window.paragraphs] for editor in self.editors if editor.window]
        found = set(TYPED_WORD.findall(json.dumps(texts)))
        self.report.lost += sorted(self.owed - found)
        self.owed &= found


def _name(paragraph: str) -> Place:
    found = NAME.match(paragraph)
    return found[1] if found else paragraph


def main(arguments: list[str]) -> int:
    """Run the simulation, print what was found, and return 0 when nothing was lost."""
    parser = argparse.ArgumentParser("python -m tests.simulations.editors", description=__doc__)
    parser.add_argument("--interleavings", type=int, default=1000, help="default: 1000")
    parser.add_argument("--seed", type=int, default=1, help="the same seed does the same; default: 1")
    options = parser.parse_args(arguments)
    with throwaway_database(), log_errors_only():
        simulation = Simulation(options.seed)
        for report in simulation.run(options.interleavings):
            if report.interleavings % 100 == 0:
                words = f"{report.interleavings}: {report.typed} words typed, {len(report.lost)} lost"
                print(words, file=sys.stderr)
    report = simulation.report
    for problem in [*report.lost, *report.false_conflicts, *report.odd]:
        print(problem)
    print(
        f"{report.interleavings} interleavings: {report.typed} words typed, {len(report.lost)} lost, "
        f"{report.conflicts} conflicts shown, {len(report.false_conflicts)} of them false, "
        f"{len(report.odd)} odd answers."
    )
    return 0 if report.passed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
