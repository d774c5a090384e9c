"""What a browser posts from the forms of the picture library."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.models import Image
from tests.articles import cast
from tests.articles.renditions.pictures import jpeg, with_iptc

LIST = "/admin/articles/image/"
ADD = f"{LIST}add/"
CAPTIONS = f"{LIST}captions/"
CHOOSE = f"{LIST}choose/"
AGENCY = with_iptc(jpeg(90, 60), (80, "Awa Koné".encode()), (110, b"AFP"), (120, "À Lomé".encode()))


def change(image):
    return reverse("admin:articles_image_change", args=[image.pk])


def delete(image):
    return reverse("admin:articles_image_delete", args=[image.pk])


def typed(image=None, **fields):
    image = image or Image()
    names = ("alt", "caption", "credit", "focal_x", "focal_y")
    return {name: getattr(image, name) for name in names} | {"_save": "1"} | fields


def file(data=AGENCY, name="photo.jpg"):
    return SimpleUploadedFile(name, data)


def with_use(use, **fields):
    image = cast.image(**fields)
    story = cast.draft("Le secret du port", lead_image=image if use == "lead" else None)
    if use == "body":
        story.body_images.add(image)
    return image
