"""The filters of the list of tags, for those that need attention."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from articles.admin.choice_filter import ChoiceFilter
from articles.admin.tags.pairs import look_alike_pairs
from articles.models.tag_queryset import TagQuerySet


def look_alikes(tags: TagQuerySet) -> TagQuerySet:
    return tags.filter(pk__in={pk for pair in look_alike_pairs() for pk in pair})


class TagUseFilter(ChoiceFilter):
    title = _("use")
    parameter_name = "use"
    choices_by_value = {
        "none": (_("Unused"), TagQuerySet.unused),
        "once": (_("Used once"), TagQuerySet.used_once),
    }


class AlikeFilter(ChoiceFilter):
    title = _("look-alikes")
    parameter_name = "alike"
    choices_by_value = {"1": (_("Similar to another"), look_alikes)}


class DescriptionFilter(ChoiceFilter):
    title = _("description")
    parameter_name = "described"
    choices_by_value = {
        "no": (_("Without description"), TagQuerySet.undescribed),
        "yes": (_("With description"), TagQuerySet.described),
    }
