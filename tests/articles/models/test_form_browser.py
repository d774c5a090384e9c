import datetime

import pytest
from django.utils import timezone

from articles.models import FormBrowser
from articles.models.form_browser import LIFETIME


@pytest.mark.django_db
def test_a_browser_is_known_for_a_fortnight(awa):
    second = datetime.timedelta(seconds=1)
    old, young = (
        FormBrowser.objects.create(user=awa, made_at=timezone.now() - LIFETIME + offset)
        for offset in (-second, 9 * second)
    )
    assert (list(FormBrowser.objects.alive()), list(FormBrowser.objects.ended())) == ([young], [old])
