"""The forms of the picture library: uploading, and describing what is there."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from articles import renditions
from articles.admin.fields.texts import LinesField
from articles.models import FollowUp, Image
from articles.models.image import IMAGE_CROP, IMAGE_WORDS, PIXELS_COPIED_AT_ONCE

if TYPE_CHECKING:
    from articles.users import User

PICTURE_FIELDS = (*IMAGE_WORDS, *IMAGE_CROP)
ACCEPT = "image/jpeg,image/png,image/webp,image/avif,image/gif"


class PictureFileInput(forms.FileInput):
    """A file input with which static/desk/picture.js shows the chosen file and reads its captions before it is sent."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= {
            "accept": ACCEPT,
            "data-captions": reverse_lazy("admin:articles_image_captions"),
            "data-max-bytes": renditions.MAX_BYTES,
            "data-too-large": _("The file is larger than %(limit)d MB. Upload a smaller one.")
            % {"limit": renditions.MAX_BYTES // 1024 // 1024},
        }
        return context


class ImageForm(forms.ModelForm):
    refusal = ""  # why the last attempt to store it was undone
    proposed: Mapping[str, Any] = {}  # what the same person has proposed already

    class Meta:
        model = Image
        fields: tuple[str, ...] = PICTURE_FIELDS
        widgets = {
            "alt": forms.Textarea(attrs={"rows": 2, "maxlength": 250}),
            "caption": forms.Textarea(attrs={"rows": 3}),
            "focal_x": forms.NumberInput(attrs={"min": 0, "max": 100}),
            "focal_y": forms.NumberInput(attrs={"min": 0, "max": 100}),
        }
        field_classes = dict.fromkeys(("alt", "caption"), LinesField)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(self.proposed)

    def clean(self) -> dict[str, Any]:
        if self.refusal:
            raise ValidationError(self.refusal)
        return super().clean() or self.cleaned_data


class WordsForm(ImageForm):
    """The texts of a picture alone, which its card saves one by one."""

    class Meta(ImageForm.Meta):
        fields = IMAGE_WORDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.help_text = ""  # a card has no room for it


class FileForm(forms.Form):
    """The file of an upload. A refused one says why beside its field; a picture of the library is taken unchanged."""

    refusal = ""
    upload = forms.FileField(label=_("File"), widget=PictureFileInput)

    known: Image | None = None
    _content: bytes
    _picture: renditions.MasterPicture

    def clean_upload(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["upload"]
        if self.refusal:
            return upload  # it is not looked at twice
        self._content = upload.read(renditions.MAX_BYTES + 1)
        self.known = Image.objects.find_upload(self._content)
        if not self.known:
            try:
                self._picture = renditions.reencode(BytesIO(self._content))
            except renditions.ImageRefused as refused:
                raise ValidationError(str(refused)) from refused
        return upload

    def store(self, by: User, words: Mapping[str, Any]) -> Image:
        """Return the picture, stored with its file; `words` are of a new one."""
        if self.known:
            return self.known
        later = self._picture.width * self._picture.height > PIXELS_COPIED_AT_ONCE
        words = {"file_name": shortened_name(self.cleaned_data["upload"].name), **words}
        image = Image.objects.store_upload(self._content, self._picture, by=by, copies_later=later, **words)
        if later:
            FollowUp.objects.request_on_commit(FollowUp.Kind.COPIES, image.pk)
        return image


class ReplacementForm(FileForm):
    """Another file for a picture. One that another picture has is refused."""

    def clean(self) -> dict[str, Any]:
        if self.known:
            said = _("This file is in the library already, as “%(picture)s”.") % {"picture": self.known}
            self.add_error("upload", said)
        return self.cleaned_data

    def save_file(self) -> dict[str, Any]:
        """Store the file and return what `Image.revise` is given."""
        name = shortened_name(self.cleaned_data["upload"].name)
        return {**Image.objects.store_file(self._content, self._picture), "file_name": name}


class QuickUploadForm(FileForm):
    """One of several files that are uploaded at once: they share a caption and credit, other texts come later."""

    caption = LinesField(required=False)
    credit = forms.CharField(required=False, max_length=200)

    @property
    def shared(self) -> dict[str, str]:
        """Return the texts that were typed for all of the files."""
        return {name: self.cleaned_data[name] for name in ("caption", "credit")}

    @property
    def unused(self) -> bool:
        """Return whether one was typed that the picture, which the library has already, does not have."""
        return any(self.known and text and text != getattr(self.known, name) for name, text in self.shared.items())

    def save(self, by: User) -> Image:
        return self.store(by, self.shared)


class UploadForm(FileForm, ImageForm):
    """The form of an upload. The words that were typed for a picture of the library are `offered`, for those who may
    change its own.
    """

    refusal = ""

    @property
    def accepted(self) -> list[str]:
        """Return the names of the texts that can be stored, also where others are refused."""
        return [name for name in PICTURE_FIELDS if name in self.cleaned_data and name not in self.errors]

    @property
    def offered(self) -> dict[str, Any]:
        """Return what was typed for a picture that the library has already and that differs from what is stored."""
        blank, data = Image(), self.cleaned_data
        typed = {name: data[name] for name in PICTURE_FIELDS if data[name] != getattr(blank, name)}
        return {name: value for name, value in typed.items() if self.known and value != getattr(self.known, name)}

    def save(self, commit: bool = True) -> Image:
        """Return the picture, stored with its copies even without `commit`: files and row belong together."""
        self.save_m2m = self._save_m2m  # type: ignore[method-assign, attr-defined]  # the admin calls it
        words = {name: self.cleaned_data[name] for name in PICTURE_FIELDS}
        return self.store(self.instance.uploaded_by, words)


def shortened_name(name: str | None) -> str:
    """Return the name of an uploaded file as it is stored, with its end."""
    shown = "".join(character for character in name or "" if character.isprintable())
    return shown[-200:]
