"""Every form of the desk as it comes back when it is refused, in a real browser: as good as the page it was sent from.

The forms are found on the pages of the URL map, and filled in with what no field takes.
"""

from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import resolve

from articles.models import Article
from tests.articles import cast
from tests.articles.admin import story_form
from tests.articles.admin.conftest import sign_in
from tests.articles.admin.desk_pages import chief, is_page, newsroom, pages, signed_in
from tests.articles.admin.posted_forms import Forms

pytestmark = pytest.mark.long

LONG = "anticonstitutionnellement" * 12  # no space in 300 letters
# By the kind of field; others are sent as they are.
REFUSED_VALUES = {
    "text": LONG,
    "textarea": "",
    "select": LONG,
    "datetime-local": "jamais",
    "number": "-1",
    "email": LONG,
    "password": "1",
    "url": LONG,
}
# Those without fields, those that take everything, and lists.
REFUSING = {
    "articles_article_add",
    "articles_article_change",
    "articles_article_row",
    "articles_article_retag",
    "articles_article_share",
    "articles_author_add",
    "articles_author_change",
    "articles_image_add",
    "articles_image_change",
    "articles_section_add",
    "articles_section_change",
    "articles_tag_add",
    "articles_tag_change",
    "articles_tag_import",
    "auth_group_add",
    "auth_group_change",
    "newsroom_user_add",
    "newsroom_user_change",
    "account_change_password",
}


def refusals(client, paths):
    """Yield (path, answer) for each form on these pages that is refused; nothing stays of the others."""
    for path in paths:
        parser = Forms()
        parser.feed(client.get(path).text)
        for action, fields, is_of_button in parser.forms:
            kinds = {kind for _name, _value, kind in fields} - {"hidden", "submit"}
            if is_of_button or not kinds & {*REFUSED_VALUES, "file"}:
                continue
            target = urlsplit(action or path)._replace(fragment="").geturl()
            with transaction.atomic():
                answer = client.post(target, dict(filled(fields)))
                transaction.set_rollback(True)
            if is_refused(answer):
                yield target, answer


def filled(fields):
    for name, value, kind in fields:
        if kind == "file":
            yield name, SimpleUploadedFile("photo.jpg", b"no picture")
        elif kind in REFUSED_VALUES:
            yield name, REFUSED_VALUES[kind]
        elif value is not None:
            yield name, value


def is_refused(answer):
    return is_page(answer) and any(mark in answer.text for mark in ('class="errorlist', "errornote", "aria-invalid"))


def faults(look, answers):
    """Return what is wrong, by path."""
    found = {path: look.faults_of_answer(path, answer) for path, answer in answers.items()}
    return {path: faults for path, faults in found.items() if faults}


def test_a_refused_form_has_no_fault(look, client, live_server, transactional_db):
    person = chief()
    sign_in(look.page.context, client, person, live_server)
    sender = signed_in(person)
    paths = [path for _name, path in pages(newsroom(person), sender)]
    answers = dict(refusals(sender, paths))
    assert {resolve(urlsplit(path).path).url_name for path in answers} >= REFUSING
    assert faults(look, answers) == {}


def test_a_story_that_lacks_what_a_verb_needs_has_no_fault(look, client, live_server, transactional_db):
    person = chief()
    sign_in(look.page.context, client, person, live_server)
    bare, path = Article.objects.create(headline="Le port", created_by=person), story_form.change
    clash = cast.draft("Le cacao remonte")
    old = story_form.typed(clash, headline="Le cacao tient")
    clash.save_draft(person, cast.typed(clash, headline="Le cacao baisse"))
    sender = signed_in(person)
    answers = {
        path(bare): sender.post(path(bare), story_form.typed(bare, verb="publish")),
        path(clash): sender.post(path(clash), old),
    }
    assert [answer.status_code for answer in answers.values()] == [200, 409]
    assert faults(look, answers) == {}


def test_a_refused_sign_in_has_no_fault(look, transactional_db):
    path = "/admin/login/"
    answer = Client(headers={"accept-language": "fr"}).post(path, {"username": "awa", "password": "faux"})
    assert is_refused(answer)
    assert faults(look, {path: answer}) == {}
