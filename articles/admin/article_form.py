"""The story form: one flat form, authors, tags and related stories included, so that a version is one object."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.admin.body import BodyField
from articles.admin.choosers import AuthorsField, ChooserInput, StoriesField, TagsField
from articles.admin.moments import MomentField
from articles.admin.picture_input import PictureInput
from articles.models import Article, FormerAddress, Image, RelatedChoice, Section, StaleStory, Tag
from articles.slugs import ascii_slug

AUTHORS = reverse_lazy("admin:articles_article_suggest_authors")
TAGS = reverse_lazy("admin:articles_article_suggest_tags")
STORIES = reverse_lazy("admin:articles_article_suggest_stories")

RELATED = {  # field → place
    "pinned_compact": RelatedChoice.Place.COMPACT,
    "pinned_long": RelatedChoice.Place.LONG,
    "never_here": RelatedChoice.Place.NEVER,
}


class ArticleForm(forms.ModelForm):
    """`user` is whoever fills it in; `refusal`, when given, is why the last attempt to save it was undone."""

    user: Any = None
    refusal: ValidationError | None = None

    version = forms.CharField(required=False, widget=forms.HiddenInput)
    body = BodyField(label=_("Story"), required=False)
    section = forms.ModelChoiceField(Section.objects.all(), required=False, label=_("Section"))
    language = forms.ChoiceField(label=_("Language"))
    authors = AuthorsField(
        label=_("Authors"),
        widget=ChooserInput(AUTHORS),
        help_text=_("In the order of the byline, with commas."),
    )
    tags = TagsField(label=_("Tags"), widget=ChooserInput(TAGS), help_text=_("The most important first, with commas."))
    lead_image = forms.ModelChoiceField(
        Image.objects.all(),
        required=False,
        label=_("Lead picture"),
        widget=PictureInput,
        help_text=_("It stands above the story and beside its headline on other pages."),
    )
    publish_at = MomentField(label=_("Publication time"), required=False)
    unpublish_at = MomentField(
        label=_("End of publication"), required=False, help_text=_("Leave empty to keep it online.")
    )
    pinned_compact = StoriesField(
        label=_("Pinned among the compact teasers"),
        widget=ChooserInput(STORIES),
        help_text=_("They stand first beside this story, in this order."),
    )
    pinned_long = StoriesField(
        label=_("Pinned among the long teasers"),
        widget=ChooserInput(STORIES),
        help_text=_("They stand first below this story, in this order."),
    )
    never_here = StoriesField(
        label=_("Never beside this story"),
        widget=ChooserInput(STORIES),
        help_text=_("Whatever the search for related stories thinks."),
    )

    class Meta:
        model = Article
        fields = [
            *("headline", "standfirst", "body", "kicker", "dateline", "slug", "section", "label", "language"),
            *("lead_image", "lead_caption", "compact_teaser", "long_teaser", "never_teased"),
            *("publish_at", "unpublish_at"),
        ]
        widgets = {
            "headline": forms.Textarea(attrs={"rows": 1}),
            "standfirst": forms.Textarea(attrs={"rows": 2}),
            "lead_caption": forms.Textarea(attrs={"rows": 2}),
            "compact_teaser": forms.Textarea(attrs={"rows": 2}),
            "long_teaser": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        story = self.instance
        self.adding = not story.pk
        self.address_before = story.get_absolute_url()
        self.visible_before = story.is_visible()
        self.fields["language"].choices = languages(story.language)  # type: ignore[attr-defined]
        self.initial.setdefault("version", str(story.version))
        self.fields["tags"].may_add = self.user.has_perm("articles.add_tag")  # type: ignore[attr-defined]
        self.fields["lead_image"].widget.may_upload = self.user.has_perm("articles.add_image")
        for name in RELATED:
            self.fields[name].user = self.user  # type: ignore[attr-defined]
        if story.pk:
            self._fill_choosers(story)
        if self.visible_before and "publish_at" in self.fields:
            self.fields["publish_at"].disabled = True  # readers have seen its date

    def _fill_choosers(self, story: Article) -> None:
        chosen: dict[str, list[Article]] = {name: [] for name in RELATED}
        names = {place: name for name, place in RELATED.items()}
        for choice in story.related_choices.prefetch_related(Prefetch("story", Article.objects.defer("body"))):
            chosen[names[RelatedChoice.Place(choice.place)]].append(choice.story)
        self.initial.update(chosen)
        self.initial["authors"] = [byline.author for byline in story.bylines.select_related("author")]
        self.initial["tags"] = [tagging.tag for tagging in story.taggings.select_related("tag")]

    # Reading what was typed

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ("publish_at", "unpublish_at"):
            if name in cleaned and name not in self.changed_data:
                cleaned[name] = getattr(self.instance, name)
        self._check_times(cleaned)
        self._check_related(cleaned)
        if self._slug_follows_headline():
            cleaned["slug"] = ""  # made anew from the headline when it is saved
        if self.refusal:
            self._refuse(self.refusal)
        return cleaned

    def _refuse(self, refusal: ValidationError) -> None:
        """Say why the last attempt was undone: beside the field where there is one, else on top."""
        by_field = refusal.error_dict if hasattr(refusal, "error_dict") else {None: refusal}
        for name, errors in by_field.items():
            self.add_error(name if name in self.fields else None, errors)

    def _check_times(self, cleaned: dict[str, Any]) -> None:
        begin, end = cleaned.get("publish_at"), cleaned.get("unpublish_at")
        if begin and end and end <= begin:
            self.add_error("unpublish_at", _("It would end before it begins."))
        if self.instance.is_scheduled and "publish_at" in self.changed_data and "publish_at" in cleaned:
            if not begin:
                self.add_error("publish_at", _("It is scheduled: send it back to draft to take it out."))
            elif begin <= timezone.now():
                self.add_error("publish_at", _("Choose a time in the future, or publish it now."))

    def _check_related(self, cleaned: dict[str, Any]) -> None:
        taken: dict[int, Any] = {}
        for name in RELATED:
            for story in cleaned.get(name, []):
                if story.pk == self.instance.pk:
                    self.add_error(name, _("A story cannot point to itself."))
                elif story.pk in taken:
                    self.add_error(name, _("“%(story)s” is chosen twice.") % {"story": story})
                taken[story.pk] = name

    def _slug_follows_headline(self) -> bool:
        """Until it has an address, and unless somebody gave it another slug."""
        untouched = "slug" not in self.changed_data and self.initial.get("slug", "") == ascii_slug(
            self.initial.get("headline", "")
        )
        return untouched and not self.instance.address_date

    # Saving

    def store(self, by: Any) -> None:
        """Write the story. Raises StaleStory, and ValidationError for a live story that lost what it needs."""
        story = self.instance
        if not story.pk:
            story.created_by = by
            story.save()
            return
        story.version = int(self.cleaned_data["version"]) if self.cleaned_data["version"].isdecimal() else -1
        if story.status == Article.Status.PUBLISHED:
            story.require_complete()
        if story.address_date:
            story.slug = story.free_slug()
        if self.visible_before and self.changed_data:
            story.changed_at = timezone.now()
        story.store()
        if self.address_before:
            FormerAddress.objects.keep(self.address_before, story)

    def store_choices(self, by: Any) -> None:
        """Write what hangs on the story: bylines, tags, related stories."""
        story = self.instance
        if "authors" in self.changed_data or self.adding:
            story.set_authors(self.cleaned_data["authors"])
        if "tags" in self.changed_data:
            story.set_tags(saved_tags(self.cleaned_data["tags"]))
        for name, place in RELATED.items():
            if name in self.changed_data:
                story.set_related(place, self.cleaned_data[name], by=by)


def languages(current: str) -> list[tuple[str, str]]:
    """Those of the site, and the story's own when it came from elsewhere."""
    known = dict(settings.LANGUAGES)
    return list((known | {current: known.get(current, current)}).items())


def saved_tags(tags: list[Tag]) -> list[Tag]:
    """Makes those that are only named yet, unless a colleague has just done so."""
    return [tag if tag.pk else Tag.objects.for_names([tag.name])[0] for tag in tags]


def refusal_of(error: Exception) -> ValidationError:
    """What the form says about a save that was undone."""
    if isinstance(error, StaleStory):
        return ValidationError(
            _(
                "Somebody saved this story while you wrote. Nothing was overwritten, and your text is still in this"
                " form: open the story in another tab, compare, and bring your changes over."
            ),
            code="stale",
        )
    if isinstance(error, ValidationError):
        return error
    return ValidationError(_("Somebody saved at the same moment. Nothing is lost: press the button once more."))
