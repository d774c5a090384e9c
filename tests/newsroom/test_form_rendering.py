import re

import pytest
from django.forms.renderers import get_default_renderer
from django.test.html import parse_html

from tests.articles import cast

SPECIAL = """L’« eau » d'ici & "là" <b>\n à 7,5 %</b>"""
SENT = dict.fromkeys(["headline", "tags", "name", "publish_at_0"], SPECIAL)
PAGES = [f"/admin/articles/{noun}/{page}" for noun in ("article", "author", "image", "tag") for page in ("", "add/")]
NEW_EACH_TIME = re.compile(r'name="(csrfmiddlewaretoken|key|whose)" value="[^"]*"')


def page_of(client, path, sent):
    response = client.post(path, sent) if sent else client.get(path)
    return parse_html(NEW_EACH_TIME.sub("", response.content.decode()))


@pytest.mark.django_db
@pytest.mark.parametrize("sent", [None, SENT], ids=["opened", "refused"])
@pytest.mark.parametrize("path", [*PAGES, "/admin/newsroom/user/add/", "/admin/account/password/reset/"])
def test_pages_of_the_desk_are_as_djangos_own_renderer_makes_them(admin_client, settings, path, sent):
    cast.story("Une « nouvelle » d'ici")
    ours = page_of(admin_client, path, sent)
    settings.FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
    assert page_of(admin_client, path, sent) == ours


def test_templates_of_forms_are_jinjas_and_those_of_the_admin_djangos():
    renderer = get_default_renderer()
    names = "django/forms/widgets/text.html", "django/forms/label.html", "admin/widgets/foreign_key_raw_id.html"
    engines = [type(renderer.get_template(name)).__module__.rsplit(".")[-1] for name in names]
    assert engines == ["jinja2", "jinja2", "django"]
