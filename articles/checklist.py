"""The checklist: what a story needs before readers see it.

Each rule is a *must*, without which no story gets out, or a *should*, which an editor may override; the log says so.
Whatever publishes asks `check`: the form shows the answer, the verbs of articles/models obey it. Some rules depend on
the verb, because one publishes now and another at a time: `merge_findings` of articles/findings.py puts the answers for
several verbs together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import regex
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import excerpts
from articles.findings import TIME_FIELDS, ChecklistFinding, StoryFacts

TO_BE_WRITTEN = regex.compile(r"\b(?:TK|TKTK|XXX+)\b")  # marks of something that a writer will fill in later
NOT_THEIR_SECTION = gettext_lazy("This section is not one of yours. Choose another.")
OF_CHANGES = ("publish_changes", "schedule_changes")


ChecklistRule = Callable[[StoryFacts], ChecklistFinding]


def check(facts: StoryFacts) -> list[ChecklistFinding]:
    """Return every rule's answer, the musts first."""
    return [rule(facts) for rule in CHECKLIST]


def check_headline(facts: StoryFacts) -> ChecklistFinding:
    text = _("A story needs a headline before readers see it.")
    return ChecklistFinding("headline", "must", "headline", bool(facts.content["headline"].strip()), text)


def check_section(facts: StoryFacts) -> ChecklistFinding:
    text = _("Choose a section for the story.")
    return ChecklistFinding("section", "must", "section", bool(facts.content["section"]), text)


def check_whose_section(facts: StoryFacts) -> ChecklistFinding:
    return ChecklistFinding("whose-section", "must", "section", facts.section_is_theirs, str(NOT_THEIR_SECTION))


def check_body(facts: StoryFacts) -> ChecklistFinding:
    has_text = bool(excerpts.plain_text(facts.content["body"]))
    return ChecklistFinding("body", "must", "body", has_text, _("The story is empty."))


def check_changes(facts: StoryFacts) -> ChecklistFinding:
    text = _("There are no changes: readers already see this.")
    return ChecklistFinding("changes", "must", "", facts.verb not in OF_CHANGES or facts.differs, text)


def check_beginning(facts: StoryFacts) -> ChecklistFinding:
    passed = bool(facts.at and facts.now and facts.at <= facts.now)
    fits = facts.verb not in TIME_FIELDS or not (facts.at is None or passed)
    text = (
        _("This time has passed: choose a later one, or publish now.") if passed else _("Choose a time in the future.")
    )
    return ChecklistFinding("beginning", "must", TIME_FIELDS.get(facts.verb, "publish_at"), fits, text)


def check_embargo(facts: StoryFacts) -> ChecklistFinding:
    free = facts.embargo is None or facts.at is None or facts.at >= facts.embargo
    text = _("It is under embargo until %(time)s: no part of it may be public before then.")
    return ChecklistFinding("embargo", "must", "embargo_until", free, text % {"time": facts.embargo_in_words})


def check_end(facts: StoryFacts) -> ChecklistFinding:
    fits = facts.until is None or facts.at is None or facts.until > facts.at
    return ChecklistFinding(
        "end", "must", "unpublish_at", fits, _("Publication would end before it begins: choose a later end.")
    )


def check_second_eyes(facts: StoryFacts) -> ChecklistFinding:
    text = _("This needs a second pair of eyes by its label and section: somebody else must publish what you wrote.")
    return ChecklistFinding("second-eyes", "must", "label", facts.read_by_another, text)


def check_alternative_text(facts: StoryFacts) -> ChecklistFinding:
    silent = [picture.name for picture in facts.pictures if not (picture.alt or picture.decorative)]
    text = _("Every picture needs an alternative text, or is marked as decorative: %(pictures)s")
    field = "lead_image" if facts.content["lead_image"] else "body"
    return ChecklistFinding("alt", "must", field, not silent, text % {"pictures": ", ".join(silent)})


def check_standfirst(facts: StoryFacts) -> ChecklistFinding:
    text = _("A standfirst tells readers at once what it is about.")
    return ChecklistFinding("standfirst", "should", "standfirst", bool(facts.content["standfirst"].strip()), text)


def check_author(facts: StoryFacts) -> ChecklistFinding:
    return ChecklistFinding(
        "author", "should", "authors", bool(facts.content["authors"]), _("It has no byline: add an author.")
    )


def check_tag(facts: StoryFacts) -> ChecklistFinding:
    text = _("Without a tag, it appears on no tag page and has no related stories of its own.")
    return ChecklistFinding("tag", "should", "tags", bool(facts.content["tags"]), text)


def check_credit(facts: StoryFacts) -> ChecklistFinding:
    anonymous = [picture.name for picture in facts.pictures if not picture.credit]
    text = _("Add a credit to each picture: %(pictures)s") % {"pictures": ", ".join(anonymous)}
    return ChecklistFinding(
        "credit", "should", "lead_image" if facts.content["lead_image"] else "body", not anonymous, text
    )


def check_placeholder(facts: StoryFacts) -> ChecklistFinding:
    texts = {name: value for name, value in facts.content.items() if isinstance(value, str)}
    texts["body"] = excerpts.plain_text(facts.content["body"])
    field = next((name for name, text in texts.items() if TO_BE_WRITTEN.search(text)), "")
    text = _("Something still has to be filled in: TK or XXX.")
    return ChecklistFinding("placeholder", "should", field or "body", not field, text)


def check_links(facts: StoryFacts) -> ChecklistFinding:
    text = _("These words link to a story that was withdrawn or deleted; readers see them without a link: %(links)s")
    return ChecklistFinding(
        "links", "should", "body", not facts.gone_links, text % {"links": ", ".join(facts.gone_links)}
    )


def check_teaser_text(facts: StoryFacts) -> ChecklistFinding:
    named = [name for _pk, name, _role in facts.content["authors"]]
    fields = ("compact_teaser", "long_teaser", "standfirst")
    field = next((name for name in fields if opens_badly(str(facts.content[name]), named)), "")
    text = _("Teasers should not begin with a place, a date or a byline.")
    return ChecklistFinding("teaser-text", "should", field or "standfirst", not field, text)


def opens_badly(text: str, authors: Sequence[str] = ()) -> bool:
    """Return whether it begins with a dateline, a byline or an author's name set apart by a dash or colon.

    >>> opens_badly("Lomé, le 3 mars 2026 – Le port rouvre.")
    True
    >>> opens_badly("Awa Koné : le port rouvre", ["Awa Koné"])
    True
    >>> opens_badly("Le port de Lomé rouvre.")
    False
    """
    start = text.strip()
    signed = any(start.startswith(name) and re.match(r"\s*[:–—|-]", start[len(name) :]) for name in authors)
    return signed or excerpts.opens_with_dateline(start)


CHECKLIST: tuple[ChecklistRule, ...] = (
    check_changes,
    check_headline,
    check_section,
    check_whose_section,
    check_body,
    check_beginning,
    check_embargo,
    check_end,
    check_second_eyes,
    check_alternative_text,
    check_standfirst,
    check_author,
    check_tag,
    check_credit,
    check_placeholder,
    check_links,
    check_teaser_text,
)
# Advice that needs no other facts than the content
OF_CONTENT: tuple[ChecklistRule, ...] = (
    check_standfirst,
    check_author,
    check_tag,
    check_placeholder,
    check_teaser_text,
)
