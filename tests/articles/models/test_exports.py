"""What the package of models gives to others."""

from django.db.models import Manager, Model, QuerySet

from articles import models


def test_the_package_exports_models_and_querysets_alone():
    exported = [getattr(models, name) for name in models.__all__]
    assert [thing for thing in exported if not issubclass(thing, Model | QuerySet | Manager)] == []
