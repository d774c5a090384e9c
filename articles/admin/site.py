"""The desk as a whole: what it is called."""

from django.conf import settings
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

admin.site.site_header = settings.SITE_NAME
admin.site.site_title = settings.SITE_NAME
admin.site.index_title = _("The desk")
admin.site.enable_nav_sidebar = False  # the masthead leads everywhere, and a story needs the width
