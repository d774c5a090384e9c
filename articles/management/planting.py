"""Plants canaries in stories of one language: in every state that hides a story, beside some that readers see."""

from __future__ import annotations

import datetime
import secrets
import uuid

from django.conf import settings
from django.contrib.auth import get_user_model

from articles import clock
from articles.management.canaries import Canaries, make_canary_word
from articles.management.public_pages import Subjects
from articles.models import Article, Author, FormerAddress, Image, RelatedChoice, Section, ShareLink, Tag, TagAlias
from articles.models.content import PLAIN_TEXTS, ChosenRows, Edit, choices_as_pairs
from articles.renditions import SHAPES
from articles.sql.id_ranges import range_of
from articles.time_zones import newsroom_day

HOUR = datetime.timedelta(hours=1)
TEXTS_OF_SEARCH = ("headline", "body")  # texts whose words are searched for
RENDITIONS: dict[str, object] = {"focal": [50, 50], "formats": ["jpg"], **{shape: [[480, 320]] for shape in SHAPES}}


def plant_canaries() -> Canaries:
    """Write the stories, in every language and every state that hides one, beside some that readers see.

    The caller's transaction must be undone: nothing here cleans up.
    """
    canaries = Canaries()
    plantings = [Planting(canaries, code) for code, _name in settings.LANGUAGES]
    for planting, other in zip(plantings, [*plantings[1:], plantings[0]], strict=True):
        planting.finish()
        if other is not planting:
            group = Article.objects.filter(pk__in=[planting.beside.pk, other.scheduled.pk])
            group.update(translation_group=uuid.uuid4())
        canaries.subjects[planting.language] = planting.about
    return canaries


class Planting:
    """The stories of one language."""

    def __init__(self, canaries: Canaries, language: str) -> None:
        self.canaries, self.language, self.now = canaries, language, clock.now()
        self.asked: list[str] = []  # the canaries that are sought on the search page
        days = {newsroom_day(moment) for moment in (self.now - 2 * HOUR, self.now, self.now + HOUR)}
        self.about = Subjects(months=sorted({day.replace(day=1) for day in days}))
        # Shared by hidden and visible stories: its pages are open.
        self.section = Section.objects.create(name=make_canary_word(), slug=make_canary_word())
        self.author = Author.objects.create(name=make_canary_word(), slug=f"0{make_canary_word()}")
        self.tag = Tag.objects.create(name=make_canary_word(), slug=f"0{make_canary_word()}")
        self.about.sections.append(self.section.slug)
        self.about.authors.append(self.author.slug)
        self.about.tags.append(self.tag.slug)
        self.beside, self.scheduled = self._live(), self._scheduled()

    def finish(self) -> None:
        hidden = [self._draft(), self._in_review(), self.scheduled, self._withdrawn(), self._ended()]
        self._shared_by(hidden)
        self.beside.set_related(RelatedChoice.Place.COMPACT, hidden[:2])
        self.beside.set_related(RelatedChoice.Place.LONG, hidden[2:])
        self._with_changes("waiting changes", None)
        self._with_changes("scheduled changes", self.now + HOUR)
        self._plan_searches()
        for kind, model in {"stories": Article, "authors": Author, "tags": Tag}.items():
            last = range_of(model._default_manager.latest("pk").pk)
            self.about.parts.extend((kind, part) for part in (last - 1, last) if part)  # what was planted may be in two

    def _draft(self) -> Article:
        return self._asked_for(self._story("a draft"), "a draft")

    def _in_review(self) -> Article:
        story = self._story("a story in review")
        story.submit(None)
        return self._asked_for(story, "a story in review")

    def _scheduled(self) -> Article:
        story = self._story("a scheduled story")
        story.publish(None, at=self.now + HOUR)
        return self._asked_for(story, "a scheduled story")

    def _withdrawn(self) -> Article:
        story = self._story("a withdrawn story")
        story.publish(None, at=self.now - 2 * HOUR)
        story.withdraw(None)
        return self._asked_for(story, "a withdrawn story")

    def _ended(self) -> Article:
        story = self._story("a story past its end")
        story.unpublish_at = self.now - HOUR
        story.publish(None, at=self.now - 2 * HOUR)
        return self._asked_for(story, "a story past its end")

    def _with_changes(self, whose: str, at: datetime.datetime | None) -> None:
        """Write a story that readers see, with changes that they may not see yet, its slug among them."""
        story, slug = self._live(), self._word("slug", whose)
        content = story.newest_content | self._texts(whose) | {"slug": slug} | choices_as_pairs(self._choices(whose))
        edit = Edit(content, note=self._word("note", whose))
        if at:
            story.schedule_changes(None, at, edit)
        else:
            story.save_draft(None, edit)
        self.about.stories.append((newsroom_day(self.now), slug))

    def _live(self) -> Article:
        """Write a story that readers see; each of its words must be found."""
        story = Article.objects.create(
            headline=f"{self.canaries.common} {self._open_word()}",
            slug=self._open_word(),
            standfirst=self._open_word(),
            body=f"<p>{self._open_word()}.</p>",
            language=self.language,
            section=self.section,
        )
        story.set_authors([self.author])
        story.set_tags([self.tag])
        story.publish(None, at=self.now)
        self.about.stories.append((newsroom_day(self.now), story.slug))
        return story

    def _story(self, whose: str) -> Article:
        """Write a draft with a canary in every place."""
        found = self._choices(whose)
        story = Article.objects.create(
            **self._texts(whose),
            slug=self._word("slug", whose),
            language=self.language,
            section=found.section,
            lead_image=found.lead_image,
        )
        story.set_authors([author for author, _role in found.authors])
        story.set_tags(found.tags)
        return story

    def _asked_for(self, story: Article, whose: str) -> Article:
        """Return the story; its address will be opened, or the one that it could have, and a former one."""
        day, former = story.address_date or newsroom_day(self.now), self._word("former slug", whose)
        prefix = "" if self.language == settings.LANGUAGES[0][0] else f"/{self.language}"
        FormerAddress.objects.record(f"{prefix}/{day:%Y/%m/%d}/{former}/", story)
        self.about.stories.extend([(day, story.slug), (day, former)])
        self._shared_no_more(story)
        return story

    def _shared_no_more(self, story: Article) -> None:
        """Create links to the story that have expired, were revoked, or were given by somebody who may not publish."""
        editor = get_user_model().objects.create_user(make_canary_word(), is_staff=True, is_superuser=True)
        outsider = get_user_model().objects.create_user(make_canary_word(), is_staff=True)
        _expired, token = ShareLink.objects.create_with_token(story, "", -1, editor)
        revoked, other = ShareLink.objects.create_with_token(story, "", 1, editor)
        revoked.revoke()
        _lost, third = ShareLink.objects.create_with_token(story, "", 1, outsider)
        self.about.tokens.extend([token, other, third])

    def _texts(self, whose: str) -> dict[str, str]:
        texts = {name: f"{self.canaries.common} {self._word(name, whose)}" for name in PLAIN_TEXTS}
        picture, caption = self._picture("picture in the body", whose), self._word("caption in the body", whose)
        figure = f'<img data-image="{picture.pk}" alt=""><figcaption>{caption}</figcaption>'
        text = f"{self.canaries.common} {self._word('body', whose)}"
        texts["body"] = f'<p>{text}.</p><figure class="picture">{figure}</figure>'
        return texts

    def _choices(self, whose: str) -> ChosenRows:
        return ChosenRows(
            section=self.section,
            lead_image=self._picture("lead picture", whose),
            authors=[(self._secret_author(whose), "author"), (self.author, "author")],
            tags=[self._secret_tag(whose), self.tag],
        )

    def _picture(self, place: str, whose: str) -> Image:
        """Create a row of the library without a file: where a page names it, it names a canary."""
        name = f"images/{self._word(f'file of the {place}', whose)}.jpg"
        self.about.pictures.append(name)
        return Image.objects.create(
            file=name,
            **{text: self._word(f"{text} of the {place}", whose) for text in ("alt", "caption", "credit")},
            width=1200,
            height=800,
            byte_size=1,
            content_hash=secrets.token_hex(32),
            renditions=RENDITIONS,
        )

    def _secret_author(self, whose: str) -> Author:
        author = Author.objects.create(
            name=self._word("author", whose),
            slug=f"0{self._word('slug of the author', whose)}",  # a digit comes first in the directories
            title=self._word("title of the author", whose),
            biography=self._word("biography of the author", whose),
            photo=self._picture("photo of the author", whose),
        )
        self.about.authors.append(author.slug)
        return author

    def _secret_tag(self, whose: str) -> Tag:
        tag = Tag.objects.create(name=self._word("tag", whose), slug=f"0{self._word('slug of the tag', whose)}")
        self.about.tags.append(tag.slug)
        return tag

    def _shared_by(self, hidden: list[Article]) -> None:
        """Create a tag and an author of these stories only, with former addresses and another spelling."""
        whose = "several hidden stories"
        author, tag = self._secret_author(whose), self._secret_tag(whose)
        for story in hidden:
            story.set_authors([*(byline.author for byline in story.authors_in_order), author])
            story.set_tags([*story.tags_in_order, tag])
        # As if enough stories were scheduled for search engines to be told of the tag.
        Tag.objects.filter(pk=tag.pk).update(story_count=Tag.MIN_INDEXED_STORIES)
        former, other = self._word("former slug", whose), self._word("other slug", whose)
        FormerAddress.objects.record(f"/author/{former}/", author)
        FormerAddress.objects.record(f"/tag/{former}/", tag)
        TagAlias.objects.create(tag=tag, name=self._word("other spelling", whose), slug=other)
        self.about.authors.append(former)
        self.about.tags.extend([former, other])

    def _plan_searches(self) -> None:
        """Search for the word of every text, alone and by each author and tag, and for words of the hidden ones."""
        facets = [{"author": slug} for slug in self.about.authors] + [{"tag": slug} for slug in self.about.tags]
        for query in [{}, {"order": "newest"}, {"page": "2"}, *facets]:
            self.about.questions.append({"q": self.canaries.common, **query})
        self.about.questions.extend({"q": word} for word in self.asked)

    def _open_word(self) -> str:
        word = make_canary_word()
        self.canaries.shown.add(word)
        return word

    def _word(self, place: str, whose: str) -> str:
        """Return a new canary for this place of this story."""
        word = make_canary_word()
        self.canaries.hidden[word] = f"{place.replace('_', ' ')} of {whose} ({self.language})"
        if place in TEXTS_OF_SEARCH:
            self.asked.append(word)
        return word
