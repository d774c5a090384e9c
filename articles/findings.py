"""What the checklist is told about a story, what it answers, and what follows from the answers."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

PUBLISHING = ("publish", "schedule", "publish_changes", "schedule_changes")  # the verbs that ask
TIME_FIELDS = {"schedule": "publish_at", "schedule_changes": "changes_at"}  # verb → the field of its time


@dataclass(frozen=True)
class CheckedPicture:
    """The facts about a picture that the rules need."""

    alt: str
    decorative: bool
    credit: str
    name: str = ""


@dataclass(frozen=True)
class StoryFacts:
    """A story's content (the flat form of articles/models/content.py), and what the rules need beyond it."""

    content: Mapping[str, Any]
    pictures: Sequence[CheckedPicture] = ()
    verb: str = ""  # the verb to be carried out
    now: datetime.datetime | None = None
    at: datetime.datetime | None = None  # when it is to be public
    until: datetime.datetime | None = None  # when that ends
    embargo: datetime.datetime | None = None
    embargo_in_words: str = ""
    read_by_another: bool = True  # somebody other than its writer publishes it, or may be the same
    section_is_theirs: bool = True  # the person who asks may take it to its section, or leave it there
    differs: bool = True  # from what readers see
    gone_links: Sequence[str] = ()  # the words of links to stories that readers can no longer see


@dataclass(frozen=True)
class ChecklistFinding:
    """One rule's answer. `field` is the form's field to correct it in, "" for none; `text` says what is missing."""

    rule: str
    level: Literal["must", "should"]
    field: str
    passed: bool
    text: str
    verbs: tuple[str, ...] = ()  # the verbs that it concerns; () for all


def merge_findings(answers: Mapping[str, list[ChecklistFinding]]) -> list[ChecklistFinding]:
    """Return one list of the answers for several verbs; what fails for some of them only says for which."""
    merged: list[ChecklistFinding] = []
    for same_rule in zip(*answers.values(), strict=True):
        failed = [(verb, finding) for verb, finding in zip(answers, same_rule, strict=True) if not finding.passed]
        if not failed:
            merged.append(same_rule[0])
        for text in dict.fromkeys(finding.text for _verb, finding in failed):
            verbs = tuple(verb for verb, finding in failed if finding.text == text)
            first = next(finding for _verb, finding in failed if finding.text == text)
            merged.append(replace(first, verbs=verbs if len(verbs) < len(answers) else ()))
    return merged


def open_musts(findings: list[ChecklistFinding]) -> dict[str, list[str]]:
    """Return what prevents publication, by field."""
    found: dict[str, list[str]] = {}
    for finding in findings:
        if finding.level == "must" and not finding.passed:
            found.setdefault(finding.field, []).append(finding.text)
    return found


def open_shoulds(findings: list[ChecklistFinding]) -> list[ChecklistFinding]:
    return [finding for finding in findings if finding.level == "should" and not finding.passed]
