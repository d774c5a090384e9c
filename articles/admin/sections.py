"""The sections in which stories live, and how the menu shows them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles.admin.addresses import AddressedAdmin
from articles.models import Article, Revision, Section
from articles.states import name_of
from articles.users import signed_in


class SectionForm(forms.ModelForm):
    """A form with a field for the name in each further language of the site, instead of a dictionary."""

    may_decide = False  # who needs a second pair of eyes: those who manage the people

    second_eyes = forms.MultipleChoiceField(
        label=_("Second pair of eyes"),
        choices=Article.Label.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "checks"}),
        help_text=Section._meta.get_field("second_eyes").help_text,
    )

    class Meta:
        model = Section
        fields = ["name", "slug", "description", "position", "in_menu", "second_eyes"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.may_decide:
            del self.fields["second_eyes"]
        for code, language in settings.LANGUAGES[1:]:
            self.fields[f"name_{code}"] = forms.CharField(
                label=capfirst(_("name in %(language)s") % {"language": gettext(language)}),
                max_length=80,
                required=False,
                initial=self.instance.other_names.get(code, ""),
            )

    def save(self, commit: bool = True) -> Section:
        for code, _language in settings.LANGUAGES[1:]:
            self.instance.other_names[code] = self.cleaned_data[f"name_{code}"]
        return super().save(commit)


@admin.register(Section)
class SectionAdmin(AddressedAdmin):
    form = SectionForm
    list_display = ["label", "menu", "stories"]
    list_display_links = ["label"]
    search_fields = ["name"]

    def get_list_display(self, request: HttpRequest) -> Any:
        """Count scheduled stories too for those who may open them."""
        tells_all = request.user.has_perm("articles.view_any_article")
        return self.list_display if tells_all else [name for name in self.list_display if name != "stories"]

    # An editor who is limited to some sections changes only those.

    def has_change_permission(self, request: HttpRequest, obj: Section | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or _edits(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Section | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or _edits(request, obj))

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> Any:
        person = signed_in(request)
        if not person.is_superuser and Section.limits_for_user(person).exists():
            raise PermissionDenied
        return super().add_view(request, form_url, extra_context)

    # Columns

    @admin.display(description=_("name"), ordering="name")
    def label(self, section: Section) -> str:
        return section.label

    @admin.display(description=_("menu"), ordering="position")
    def menu(self, section: Section) -> str:
        return gettext("in the menu") if section.in_menu else gettext("not in the menu")

    @admin.display(description=_("stories"), ordering="story_count")
    def stories(self, section: Section) -> SafeString:
        """Return their number, which leads to the list of them."""
        count = section.story_count
        words = ngettext("%(count)d story", "%(count)d stories", count) % {"count": count}
        address = f"{reverse('admin:articles_article_changelist')}?section__id__exact={section.pk}"
        return format_html('<a href="{}">{}</a>', address, words)

    def describe_saved(self, obj: Section) -> str:
        if obj.in_menu:
            return gettext("“%(name)s” is saved and is in the menu.") % {"name": obj}
        return gettext("“%(name)s” is saved and is not in the menu.") % {"name": obj}

    # The form

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        names = [f"name_{code}" for code, _language in settings.LANGUAGES[1:]]
        decided = ["second_eyes"] if _may_decide(request) else []
        return ["name", *names, "slug", "description", "position", "in_menu", *decided]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        # The form makes the fields of further languages itself.
        form: Any = super().get_form(request, obj, change, **(kwargs | {"fields": SectionForm.Meta.fields}))
        form.may_decide = _may_decide(request)
        return form

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj or not self.has_change_permission(request) else {"slug": ["name"]}

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Refuse to delete a section with stories, or to which people are limited, who would then edit all others.

        Stories are counted, not listed: there may be a million.
        """
        full = [_count_stories(section, stories) for section in objs if (stories := _stories_of(section)).exists()]
        full += [_name_editors(section) for section in objs if section.editors.exists()]
        return ([], {}, set(), full) if full else super().get_deleted_objects(objs, request)


def _may_decide(request: HttpRequest) -> bool:
    """Return whether this person manages the people, and with them who may publish what alone."""
    return request.user.has_perm("newsroom.change_user")


def _edits(request: HttpRequest, section: Section) -> bool:
    return Section.objects.edited_by(signed_in(request)).filter(pk=section.pk).exists()


def _name_editors(section: Section) -> str:
    words = {"section": section.label, "names": ", ".join(name_of(person) for person in section.editors.all())}
    return gettext("%(section)s: limited to it are %(names)s") % words


def _stories_of(section: Section) -> QuerySet[Article]:
    """Return the stories that live in it, or will when their changes are published."""
    return Article.objects.filter(Q(section=section) | Q(pk__in=Revision.objects.unpublished().moving_to(section)))


def _count_stories(section: Section, stories: QuerySet[Article]) -> str:
    count = stories.count()
    return ngettext("%(section)s: %(count)s story", "%(section)s: %(count)s stories", count) % {
        "section": section.label,
        "count": count,
    }
