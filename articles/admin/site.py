"""The desk as a whole: what it is called, and what of Django's admin it does without."""

from django.conf import settings
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, ngettext_lazy

admin.site.site_header = settings.SITE_NAME
admin.site.site_title = settings.SITE_NAME
admin.site.index_title = _("The desk")
admin.site.empty_value_display = "–"
admin.site.enable_nav_sidebar = False  # the masthead leads everywhere, and a story needs the width

# Django's admin says these too; the newsroom's catalog wins. Its French puts an article or a gender before any noun,
# and calls roles groups and rows objects.
DJANGO_PHRASES = (
    gettext_noop("0 of %(cnt)s selected"),  # the admin's script goes on counting, in the words of djangojs.po
    ngettext_lazy("%(total_count)s selected", "All %(total_count)s selected", "total_count"),
    gettext_noop("%(name)s with ID “%(key)s” doesn’t exist. Perhaps it was deleted?"),
    gettext_noop("Authentication and Authorization"),
    gettext_noop("Breadcrumbs"),
    gettext_noop("Items must be selected in order to perform actions on them. No items have been changed."),
    gettext_noop("No action selected."),
    gettext_noop("Password changed successfully."),
    gettext_noop("Password-based authentication"),
    gettext_noop("Password-based authentication was disabled."),
    gettext_noop("Successfully deleted %(count)d %(items)s."),
    gettext_noop("Select all objects on this page for an action"),
    gettext_noop("Select this object for an action - {}"),
    gettext_noop("group"),
    gettext_noop("groups"),
    gettext_noop("staff status"),
    gettext_noop("superuser status"),
    gettext_noop("Add another %(verbose_name)s"),
    gettext_noop("Delete selected %(verbose_name_plural)s"),
)


def view_on_site(request: HttpRequest, content_type_id: str, object_id: str) -> HttpResponse:
    """Answer 404 where the admin would tell anybody the address of any object, that of an embargoed story too.

    The forms of the desk link to public pages themselves.
    """
    raise Http404("no such page")
