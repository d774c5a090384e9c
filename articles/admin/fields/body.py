"""The writing area: django-prose-editor with the newsroom's own blocks, in place of a plain text box.

static/desk/writing.js, a part of the form's script, builds it; without JavaScript the story is written as HTML. What is
stored is cleaned by `articles.richtext` on every path.
"""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext, pgettext
from django_prose_editor.widgets import importmap, prose_editor_js
from js_asset import Media

from articles import richtext


class BodyInput(forms.Textarea):
    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 24, "class": "vLargeTextField"} | (attrs or {}))

    @property
    def media(self) -> Media:
        """Return the library without its font of icons, which weighs as much as all of its script."""
        return Media(importmap=importmap, css={"all": ["django_prose_editor/editor.css"]}, js=[prose_editor_js])

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= {
            "data-writing": json.dumps(button_labels()),
            "data-links": reverse("admin:articles_article_suggest_links"),
        }
        return context


class BodyField(forms.CharField):
    widget = BodyInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what would be stored: the editor may write the same text in other HTML."""
        return super().has_changed(initial, data) and richtext.clean(data or "") != richtext.clean(initial or "")


def button_labels() -> dict[str, str]:
    """Return the labels of the editor's buttons by the button's name, in the person's language."""
    return {
        "paragraph": gettext("Paragraph"),
        "heading2": gettext("Heading"),
        "heading3": gettext("Small heading"),
        "bulletList": gettext("Bullet list"),
        "orderedList": gettext("Numbered list"),
        "blockquote": gettext("Quotation"),
        "pullquote": gettext("Pull quote"),
        "picture": gettext("Picture from the library"),
        "horizontalRule": gettext("Divider"),
        "bold": gettext("Bold"),
        "italic": gettext("Italic"),
        "subscript": gettext("Subscript"),
        "superscript": gettext("Superscript"),
        "link": gettext("Link"),
        "unlink": gettext("Remove the link"),
        "table": gettext("Table"),
        "table:addColumnAfter": gettext("Add a column"),
        "table:deleteColumn": gettext("Delete the column"),
        "table:addRowAfter": gettext("Add a row"),
        "table:deleteRow": gettext("Delete the row"),
        "table:mergeCells": gettext("Merge cells"),
        "table:splitCell": gettext("Split the cell"),
        "table:toggleHeaderCell": gettext("Heading cell"),
        "table:deleteTable": gettext("Delete the table"),
        "history:undo": pgettext("text editor", "Undo"),
        "history:redo": pgettext("text editor", "Redo"),
        # Dialogs and empty places
        "address": gettext("Address, or words of a story, tag, author or page"),
        "apply": gettext("Apply"),
        "cancel": gettext("Cancel"),
        "badAddress": gettext("Choose from the list, or give an address such as https://example.org or /tag/mali/."),
        "write": gettext("Write the story … “/” inserts a block, “@” links to a story."),
        "quoteText": gettext("The words that stand out"),
        "quoteSource": gettext("Who said it"),
        "caption": gettext("Caption for this story; leave empty to use the picture’s own"),
        "toolbar": gettext("Text tools"),
        # Menus while somebody types
        "insert": gettext("Insert"),
        "links": gettext("What to link to"),
        "linkHint": gettext("Type words of a headline, or a tag, an author or a page."),
        "choices": gettext("Choices: {count}. Arrow keys move, Enter takes one, Escape closes."),
        "noChoice": gettext("Nothing was found."),
    }
