import pytest

from articles.models import SavedForm
from tests.articles import cast


@pytest.mark.django_db
def test_a_form_that_is_saved_once_more_becomes_that_version(awa):
    story = cast.draft()
    form, other = (SavedForm.objects.create(user=awa, key=key, article=story, version=1, posted="a") for key in "xy")
    form.record_save(2, "b")
    assert list(SavedForm.objects.order_by("key").values_list("version", "posted")) == [(2, "b"), (1, "a")]
    assert form.saved_at < SavedForm.objects.get(pk=form.pk).saved_at
    assert other.saved_at == SavedForm.objects.get(pk=other.pk).saved_at
