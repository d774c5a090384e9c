"""What the page of a person says beside the fields of the form."""

from __future__ import annotations

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.dates import format_moment
from articles.models import Author
from newsroom.models import User
from newsroom.people.ways_in import describe_second_factors, describe_ways_in


class PersonFactsAdmin(admin.ModelAdmin):
    @admin.display(description=_("Sections"))
    def sections_in_words(self, user: User) -> str:
        return ", ".join(section.label for section in user.sections.all()) or gettext("all")

    @admin.display(description=_("Author"))
    def author_page(self, user: User) -> str:
        """Return the author who signs this person’s stories, as a link to the page on the desk."""
        author = Author.objects.filter(user=user).first()
        if author is None:
            return gettext("none")
        return format_html('<a href="{}">{}</a>', reverse("admin:articles_author_change", args=[author.pk]), author)

    @admin.display(description=_("Signs in with"))
    def signs_in_by(self, user: User) -> str:
        return describe_ways_in(user)

    @admin.display(description=_("Second factor"))
    def second_factors(self, user: User) -> str:
        return describe_second_factors(user)

    @admin.display(description=_("Signed in last"))
    def signed_in_last(self, user: User) -> str:
        return format_moment(user.last_login) if user.last_login else gettext("never")

    @admin.display(description=_("Account since"))
    def here_since(self, user: User) -> str:
        return format_moment(user.date_joined)
