"""What the story form shows before anybody types: what was saved last, or what somebody typed earlier."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from articles.admin.fields.chooser_words import ID_WORD
from articles.admin.fields.moments import format_for_input
from articles.admin.stories.form.fields import TIMES
from articles.models import Article, Byline
from articles.models.content import FIELDS, SINGLE_CHOICES, TEXTS, Content


class KeptData(QueryDict):
    """Form data that somebody typed earlier and did not save. Newer fields are as the story has them now."""


def stored_values(story: Article) -> dict[str, Any]:
    """Return what was saved last, by the names of the fields; of a new story little is known."""
    if not story.pk:
        return {"version": str(story.version), "changes_at": story.changes_at, "language": story.language}
    chosen = story.newest_choices
    return {
        "version": str(story.version),
        "changes_at": story.changes_at,
        **{name: story.newest_content[name] for name in TEXTS},
        **{name: getattr(chosen, name) and getattr(chosen, name).pk for name in SINGLE_CHOICES},
        "authors": [Byline(author=author, role=role) for author, role in chosen.authors],
        "tags": chosen.tags,
        **chosen.related,
    }


def fill_in_what_was_not_sent(form: forms.ModelForm[Article], sent: QueryDict) -> QueryDict:
    """Return what was sent, with the fields that came after the form was opened: they are untouched, not emptied."""
    data = sent.copy()
    for name in (*FIELDS, *TIMES):
        if name in form.fields and _is_missing(form, name, sent):
            field = form.fields[name]
            data.setlist(name, _as_browser_sends(field.prepare_value(form.get_initial_for_field(field, name))))
    return data


def typed_content(content: Content) -> dict[str, list[str]]:
    """Return a content as a browser sends it from the form, by the names of the fields."""
    sent: dict[str, list[str]] = {}
    for name in FIELDS:
        value = content[name]
        if name in SINGLE_CHOICES:
            sent[name] = [str(value[0])] if value else [""]
        elif name == "authors":
            sent[name] = [f"{ID_WORD}{pk}:{role}" for pk, _name, role in value]
        elif isinstance(value, list):
            sent[name] = [f"{ID_WORD}{entry[0]}" if entry[0] else str(entry[1]) for entry in value]
        else:
            sent[name] = _as_browser_sends(value)
    return sent


def add_stored_times(typed: QueryDict, story: Article) -> QueryDict:
    """Return what was typed, completed with the stored times where none were typed."""
    data = typed.copy()
    for name, moment in {"changes_at": story.changes_at, **{name: getattr(story, name) for name in TIMES}}.items():
        if name not in data:
            data[name] = format_for_input(moment) if moment else ""
    return data


def _is_missing(form: forms.ModelForm[Article], name: str, sent: QueryDict) -> bool:
    """Return whether this field was not on the form; of a box and of a list, only what was kept says so."""
    if isinstance(sent, KeptData):
        return name not in sent
    return form.fields[name].widget.value_omitted_from_data(sent, form.files, name)


def _as_browser_sends(value: Any) -> list[str]:
    """Return what a browser sends of a field that shows this."""
    if isinstance(value, list):
        return [chosen.word for chosen in value]
    if isinstance(value, bool):
        return ["on"] if value else []
    return [] if value is None else [str(value)]
