"""Tag staff and editors at random: renames, merges, deletions and undos among stories that are retagged.

`python -m tests.simulations.tag_desk --steps 1000 --seed 1` fails when a link is lost, an address is dead or an undo
does not give all back.

Beside the database it keeps its own books, in plain dictionaries, of which tag stands where on which story. What the
database has otherwise is a link lost; so is one too many.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q
from django.test import Client

from articles import clock
from articles.management.progress import Progress
from articles.management.quiet import log_errors_only
from articles.models import Article, FormerAddress, Section, Tag, TagAlias, TagChange, TaggedArticle
from articles.models.content import Edit
from articles.models.tag import taken_by
from tests.simulations.throwaway import throwaway_database

TAGS, STORIES = 20, 25  # to begin with
FEWEST_TAGS = 12  # below which staff make new ones instead
CHECK_EVERY = 250  # steps
ENDINGS = ("", "feed/", "feed/atom/")
BODY = "<p>La Banque des États de l’Afrique centrale maintient son taux directeur.</p>"


@dataclass
class Report:
    steps: Counter[str] = field(default_factory=Counter)
    lost: int = 0  # links that are not where they should be
    dead: set[str] = field(default_factory=set)  # addresses
    differences: int = 0  # rows that an undo did not give back
    astray: set[int] = field(default_factory=set)  # ids of merged tags that do not lead to the tag of today
    ambiguous: set[str] = field(default_factory=set)  # aliases whose name or address is that of another tag

    @property
    def passed(self) -> bool:
        return not (self.lost or self.dead or self.differences or self.astray or self.ambiguous)


@dataclass(frozen=True)
class Done:
    """A change and what it should have done to the books."""

    change: TagChange
    sources: list[int]  # tags that are gone
    target: int | None = None


@dataclass(frozen=True)
class Entry:
    """The part of the books that is needed to undo a change."""

    done: Done
    taken: dict[int, dict[int, int]]  # story → source → place
    given: set[int]  # stories that had no target before


class TagSimulation:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - chance, not secrecy
        site = urlsplit(settings.SITE_URL)
        self.client = Client(headers={"host": site.netloc})
        self.secure = site.scheme == "https"
        self.report = Report()
        self.names = 0
        self.books: dict[int, dict[int, int]] = {}  # story → tag → place
        self.merged: dict[int, int] = {}  # tag → the one that it went into
        self.entries: list[Entry] = []
        self.served: set[str] = set()  # slugs

    def run(self, steps: int, show: Callable[[int], object] = lambda number: None) -> Report:
        self.begin()
        for number in range(1, steps + 1):
            self.step()
            show(number)
            if number % CHECK_EVERY == 0 or number == steps:
                self.check()
        return self.report

    def begin(self) -> None:
        section = Section.objects.create(name="Finance", slug="finance")
        for _number in range(TAGS):
            self.new_tag()
        for number in range(STORIES):
            story = Article.objects.create(
                headline=f"Une {number}", body=BODY, standfirst="La bourse.", section=section
            )
            self.books[story.pk] = {}
            self.retag(story)
            if number % 4:
                Article.objects.get(pk=story.pk).publish(None, at=clock.now())

    def step(self) -> None:
        acts = [self.edit, self.edit, self.change, self.change, self.undo, self.rehearse]
        act = self.random.choice(acts if Tag.objects.count() > FEWEST_TAGS else [self.new_tag])
        act()
        self.report.steps[act.__name__.replace("_", " ")] += 1
        self.served |= set(Tag.objects.values_list("slug", flat=True))
        self.served |= set(TagAlias.objects.values_list("slug", flat=True))
        self.report.ambiguous |= ambiguous_aliases()

    # What people do

    def new_tag(self) -> None:
        Tag.objects.filter(pk=Tag.objects.create_named(self.new_name()).pk).update(description="Toujours là.")

    def edit(self) -> None:
        self.retag(self.random.choice(list(Article.objects.order_by("pk"))))

    def retag(self, story: Article) -> None:
        """Change tags as an editor whose form was opened a while ago: it may name tags that were merged since."""
        known = [*self.tags(), *(pk for pk in self.merged if self.today(pk) is not None)]
        chosen = self.random.sample(known, self.random.randint(1, 5))
        wanted = list(dict.fromkeys(pk for pk in map(self.today, chosen) if pk))
        if wanted == [pk for pk, _name in story.newest_content["tags"]]:
            return
        content = {**story.newest_content, "tags": [[pk, f"nom {pk}"] for pk in chosen]}
        save: Callable[..., object] = story.publish_changes if story.is_visible() else story.save_draft
        save(None, Edit(content, story.version))
        self.books[story.pk] = {pk: place for place, pk in enumerate(wanted)}

    def change(self) -> None:
        if done := self.some_change():
            self.entries.append(self.book(done))

    def undo(self) -> None:
        """Undo any change. It may be refused when others followed."""
        if not self.entries:
            return
        entry = self.random.choice(self.entries)
        try:
            entry.done.change.undo(None)
        except ValidationError:
            return
        self.entries.remove(entry)
        self.unbook(entry)

    def rehearse(self) -> None:
        """Make some changes and undo all of them, the last one first: the desk must be as it was before."""
        before = state()
        changes = []
        for _number in range(self.random.randint(1, 6)):
            if done := self.some_change():
                changes.append(done.change)
            if changes and self.random.random() < 0.3:
                changes[-1] = changes[-1].undo(None).change.undo(None).change  # and done again
            self.served |= set(Tag.objects.values_list("slug", flat=True))
        for change in reversed(changes):
            change.undo(None)
        self.report.differences += len(differences(before, state()))

    def some_change(self) -> Done | None:
        tag = Tag.objects.get(pk=self.random.choice(self.tags()))
        return self.random.choice([self.rename, self.rename, self.merge, self.merge, self.retire])(tag)

    def rename(self, tag: Tag) -> Done | None:
        """Rename to a new name, to one that it or another had or has, or to another address alone; a taken name is
        merged.
        """
        names = [*Tag.objects.order_by("pk").values_list("name", flat=True)]
        names += TagAlias.objects.order_by("pk").values_list("name", flat=True)
        name = self.random.choice([self.new_name(), tag.name, tag.name.upper(), self.random.choice(names)])
        slug = self.random.choice([None, "", f"adresse-{self.random.randint(1, 99)}", *self.old_slugs(tag)])
        try:
            change = tag.rename(None, name, slug)
        except ValidationError as error:
            other = taken_by(error)
            return self.merged_into(other, [tag]) if other else None
        return Done(change, []) if change else None

    def merge(self, tag: Tag) -> Done:
        sources = self.random.sample(self.tags(), self.random.randint(1, 3))
        return self.merged_into(tag, list(Tag.objects.filter(pk__in={tag.pk, *sources}))) or self.retire(tag)

    def merged_into(self, target: Tag, tags: list[Tag]) -> Done | None:
        sources = [tag.pk for tag in tags if tag != target]
        return Done(target.merge(tags, None), sources, target.pk) if sources else None

    def retire(self, tag: Tag) -> Done:
        return Done(tag.retire(None, remove_from_stories=True), [tag.pk])

    # The books

    def book(self, done: Done) -> Entry:
        entry = Entry(done, {}, set())
        for story, places in self.books.items():
            taken = {pk: places.pop(pk) for pk in done.sources if pk in places}
            if taken:
                entry.taken[story] = taken
            if taken and done.target and done.target not in places:
                entry.given.add(story)
                places[done.target] = min(taken.values())
        if done.target:
            self.merged |= dict.fromkeys(done.sources, done.target)
        return entry

    def unbook(self, entry: Entry) -> None:
        target = entry.done.target
        for story, taken in entry.taken.items():
            places = self.books[story]
            if target and target not in places:
                continue
            places |= taken
            if target and story in entry.given:
                del places[target]
        for pk in entry.done.sources:
            self.merged.pop(pk, None)

    def today(self, pk: int) -> int | None:
        """Return the tag that this one was merged into, directly or not; None when that was deleted."""
        while pk in self.merged:
            pk = self.merged[pk]
        return pk if pk in self.tags() else None

    def tags(self) -> list[int]:
        return list(Tag.objects.order_by("pk").values_list("pk", flat=True))

    def new_name(self) -> str:
        self.names += 1
        return f"Économie n° {self.names}"

    def old_slugs(self, tag: Tag) -> list[str]:
        paths = FormerAddress.objects.filter(tag=tag).order_by("path").values_list("path", flat=True)
        return [path.strip("/").split("/")[-1] for path in paths]

    # What must be true

    def check(self) -> None:
        links = set(TaggedArticle.objects.values_list("content_object", "tag", "position"))
        booked = {(story, tag, place) for story, places in self.books.items() for tag, place in places.items()}
        self.report.lost += len(links ^ booked)
        self.report.dead |= {path for path in self.addresses() if not self.answers(path)}
        today = {pk: tag.pk for pk, tag in Tag.objects.current_by_id(self.merged).items()}
        self.report.astray |= {pk for pk in self.merged if today.get(pk) != self.today(pk)}

    def addresses(self) -> list[str]:
        return [f"/tag/{slug}/{ending}" for slug in sorted(self.served) for ending in ENDINGS]

    def answers(self, path: str) -> bool:
        """Check for 200, 410, or one redirect to a page that exists."""
        response = self.client.get(path, secure=self.secure)
        if response.status_code == 301:
            return self.client.get(response.headers["Location"], secure=self.secure).status_code == 200
        return response.status_code in (200, 410)


def ambiguous_aliases() -> set[str]:
    """Return the aliases whose key is a tag's too, or whose address is that of another tag than their own."""
    addressed = Q(slug=OuterRef("slug")) & ~Q(pk=OuterRef("tag"))
    tags = Tag.objects.filter(Q(key=OuterRef("key")) | addressed)
    return set(TagAlias.objects.filter(Exists(tags)).values_list("name", flat=True))


def state() -> set[Any]:
    """Return every link with its place, every tag with its count, every spelling and former address, as stored."""
    return {
        *(("link", *row) for row in TaggedArticle.objects.values_list("content_object", "tag", "position", "status")),
        *(("tag", *row) for row in Tag.objects.values_list("pk", "name", "key", "slug", "description", "story_count")),
        *(("alias", *row) for row in TagAlias.objects.values_list("key", "slug", "tag")),
        *(("address", *row) for row in FormerAddress.objects.values_list("path", "tag")),
    }


def differences(before: set[Any], after: set[Any]) -> set[Any]:
    """Return what differs. An address that was served meanwhile and still leads somewhere is no difference."""
    return {row for row in before ^ after if row in before or row[0] != "address"}


def main(arguments: list[str]) -> int:
    """Run the simulation, print what was found, and return 0 when nothing was lost."""
    parser = argparse.ArgumentParser("python -m tests.simulations.tag_desk", description=__doc__)
    parser.add_argument("--steps", type=int, default=1000, help="default: 1000")
    parser.add_argument("--seed", type=int, default=1, help="the same seed takes the same steps; default: 1")
    options = parser.parse_args(arguments)
    progress = Progress(lambda line: print(line, file=sys.stderr), options.steps)
    with throwaway_database(), log_errors_only():
        simulation = TagSimulation(options.seed)
        report = simulation.run(options.steps, progress.show)
    did = ", ".join(f"{name} {count}" for name, count in sorted(report.steps.items()))
    print(f"{options.steps} steps with seed {options.seed}: {did}")
    print(f"{len(simulation.served)} addresses served, each with two feeds")
    print(f"links lost: {report.lost}")
    print(f"dead addresses: {len(report.dead)}")
    print(f"differences after undo: {report.differences}")
    print(f"merged tags that lead astray: {len(report.astray)}")
    print(f"aliases that clash with a tag: {len(report.ambiguous)}")
    for problem in [*sorted(report.dead), *map(str, sorted(report.astray)), *sorted(report.ambiguous)]:
        print(problem)
    return 0 if report.passed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
