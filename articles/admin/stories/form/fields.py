"""The fields of the story form, with their labels and help texts. Where each stands is in fieldsets.py."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.urls import reverse_lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from articles.admin.fields.author_choosers import AuthorsField, AuthorsInput
from articles.admin.fields.body import BodyField
from articles.admin.fields.choosers import ChooserInput
from articles.admin.fields.moments import MomentField
from articles.admin.fields.picture_input import PictureChooserInput
from articles.admin.fields.story_choosers import StoriesField
from articles.admin.fields.tag_choosers import TagsField
from articles.admin.fields.texts import LinesField
from articles.languages import language_name
from articles.models import Article, Image, Section
from articles.models.content import SINGLE_CHOICES, TEXTS

# What the choosers ask while somebody types
AUTHORS_URL = reverse_lazy("admin:articles_article_suggest_authors")
TAGS_URL = reverse_lazy("admin:articles_article_suggest_tags")
TAGS_OF_STORY_URL = format_lazy("{}?of_story", TAGS_URL)
STORIES_URL = reverse_lazy("admin:articles_article_suggest_stories")

TAGS_HELP_OF_PROPOSERS = _(
    "The most important first; a comma ends a tag. A tag that does not exist yet is proposed to the tag staff."
)
TIMES = ("publish_at", "unpublish_at", "embargo_until")


class SectionField(forms.ModelChoiceField):
    """The sections by their names in the language of the desk."""

    def label_from_instance(self, section: Section) -> str:
        return section.label


def reason_field() -> forms.CharField:
    """Return the field of what readers are told when a story is withdrawn."""
    return forms.CharField(
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        label=_("Reason, for readers"),
        help_text=_("Optional. The page of the story shows it."),
    )


class StoryFields(forms.ModelForm):
    """The declared fields of the story form."""

    version = forms.CharField(required=False, widget=forms.HiddenInput)
    key = forms.CharField(required=False, widget=forms.HiddenInput)  # the key of this opening of the form
    reason = reason_field()  # in the dialog that asks before a withdrawal
    body = BodyField(label=_("Story"), required=False)
    section = SectionField(Section.objects.all(), required=False, label=_("Section"), empty_label=_("No section"))
    language = forms.ChoiceField(label=_("Language"))
    authors = AuthorsField(
        label=_("Authors"),
        widget=AuthorsInput(AUTHORS_URL),
        help_text=_("In the order of the byline."),
    )
    tags = TagsField(
        label=_("Tags"),
        widget=ChooserInput(TAGS_OF_STORY_URL),
        help_text=_("The most important first; a comma ends a tag."),
    )
    lead_image = forms.ModelChoiceField(
        Image.objects.all(),
        required=False,
        label=_("Lead picture"),
        widget=PictureChooserInput,
        help_text=_("Shown above the story, and beside its headline on other pages."),
    )
    publish_at = MomentField(label=_("Publication time"), required=False)
    changes_at = MomentField(
        label=_("Changes go live at"),
        required=False,
        help_text=_("For “Schedule changes”: readers see the changes from then on."),
    )
    embargo_until = MomentField(
        label=_("Embargo"), required=False, help_text=_("No part of the story can be public before then.")
    )
    unpublish_at = MomentField(
        label=_("End of publication"), required=False, help_text=_("Leave empty to keep it online.")
    )
    pinned_compact = StoriesField(
        label=_("Pinned among the compact teasers"),
        widget=ChooserInput(STORIES_URL),
        help_text=_("Shown first beside this story, in this order."),
    )
    pinned_long = StoriesField(
        label=_("Pinned among the long teasers"),
        widget=ChooserInput(STORIES_URL),
        help_text=_("Shown first below this story, in this order."),
    )
    never_here = StoriesField(
        label=_("Never beside this story"),
        widget=ChooserInput(STORIES_URL),
        help_text=_("Even if the search for related stories suggests them."),
    )
    note = LinesField(
        label=_("Note to colleagues"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kept in the history together with this action."),
    )

    class Meta:
        model = Article
        fields = [*TEXTS, *SINGLE_CHOICES, *TIMES]  # the admin shows those that its field sets name
        widgets = {
            "headline": forms.Textarea(attrs={"rows": 1}),
            "standfirst": forms.Textarea(attrs={"rows": 2}),
            "lead_caption": forms.Textarea(attrs={"rows": 2}),
            "compact_teaser": forms.Textarea(attrs={"rows": 2}),
            "long_teaser": forms.Textarea(attrs={"rows": 2}),
        }
        field_classes = dict.fromkeys(widgets, LinesField)


def language_choices(current: str) -> list[tuple[str, str]]:
    """Return the languages of the site, and the story's own when it came from elsewhere."""
    codes = dict.fromkeys([*(code for code, _name in settings.LANGUAGES), current])
    return [(code, language_name(code)) for code in codes]
