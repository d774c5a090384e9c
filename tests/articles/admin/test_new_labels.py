"""A new thing of each kind is called the same in every button and heading."""

import pytest
from django.contrib import admin
from django.urls import NoReverseMatch, reverse

from articles.admin.new_labels import NEW_LABELS, new_label

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def addable():
    """Return (app, name) of each model that somebody may add on the desk."""
    for model in admin.site._registry:
        try:
            reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
        except NoReverseMatch:
            continue
        yield model._meta.app_label, model._meta.model_name


def test_each_has_its_gender_in_french(admin_client):
    labels = {"author": "Nouvel auteur", "image": "Nouvelle image", "tag": "Nouveau mot-clé"}
    for name, label in labels.items():
        page = admin_client.get(f"/admin/articles/{name}/add/", headers={"accept-language": "fr"}).text
        assert f"{label}</h1>" in page


@pytest.mark.parametrize(("app", "name"), [one for one in addable() if one[1] in NEW_LABELS])
def test_its_form_is_headed_by_its_label(admin_client, app, name):
    page = admin_client.get(reverse(f"admin:{app}_{name}_add")).text
    assert f"{new_label(name)}</h1>" in page
    if name != "image":  # which are uploaded from the list
        assert f">{new_label(name)}</a>" in admin_client.get(reverse(f"admin:{app}_{name}_changelist")).text
