"""The words by which the search of the picture library finds a picture: an index in an ordinary table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from articles.terms import terms

if TYPE_CHECKING:
    from articles.models.image import Image

AFTER_EVERY_TERM = b"\xff"  # no byte of UTF-8


class ImageTermQuerySet(models.QuerySet["ImageTerm"]):
    def write(self, image: Image) -> None:
        """Store the terms of this picture's texts as its only ones. What is stored already is not written."""
        wanted = {term.encode() for text in image.searched_texts for term in terms(text)}
        own = self.filter(image=image)
        stored = {bytes(term) for term in own.values_list("term", flat=True)}
        if gone := stored - wanted:
            own.filter(term__in=gone).delete()
        self.bulk_create(self.model(image=image, term=term) for term in sorted(wanted - stored))

    def beginning_with(self, term: str) -> ImageTermQuerySet:
        """Return the rows of all terms that begin with this one, by the index."""
        first = term.encode()
        return self.filter(term__gte=first, term__lt=first + AFTER_EVERY_TERM)


class ImageTerm(models.Model):
    image = models.ForeignKey("articles.Image", models.CASCADE, related_name="terms", db_index=False)
    term = models.BinaryField()  # in UTF-8: both databases keep bytes in the same order, whatever their collation is

    objects = ImageTermQuerySet.as_manager()

    class Meta:
        verbose_name = "term of a picture"
        verbose_name_plural = "terms of pictures"
        indexes = [
            models.Index(fields=["term", "image"], name="image_term"),
            models.Index(fields=["image", "term"], name="image_term_of_picture"),
        ]

    def __str__(self) -> str:
        return bytes(self.term).decode()
