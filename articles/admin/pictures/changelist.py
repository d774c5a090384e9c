"""The list of the picture library."""

from __future__ import annotations

from django.http import HttpRequest

from articles.admin.long_list import LongList
from articles.models import Image
from articles.users import signed_in


class PictureList(LongList):
    """The list with what the cards of a page say: one more query, however many there are."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        images = list(self.result_list)
        listed = Image.objects.filter(pk__in=[image.pk for image in images])
        editable = set(listed.editable_by(signed_in(request)).values_list("pk", flat=True)) if images else set()
        for image in images:
            image.is_editable = image.pk in editable
        self.result_list = images
