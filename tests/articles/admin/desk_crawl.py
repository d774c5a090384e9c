"""Opens every address of the desk for one person: those of the URL map with every object, and the links of their pages.

What a page says is given back with the address, headers first, for a test to look for what it must not say.
"""

import re
from html import unescape
from itertools import product
from urllib.parse import urlencode, urlsplit

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from articles.management.leaks import response_as_text
from articles.models import Article, Author, Autosave, Image, ImageProposal, Revision, ShareLink, Tag, TagChange
from newsroom.accounts.urls import urlpatterns as account_urls
from newsroom.models import Notice, WebhookDelivery
from newsroom.notices.urls import urlpatterns as notice_urls

MOST_LINKS = 60  # that pages name and the URL map does not
MOST_OBJECTS = 3  # of each kind that is no story: there are dozens of pictures
NOT_OPENED = {"login", "logout", "account_login"}
OUTSIDE_THE_ADMIN = ("account_", "mfa_", "usersessions_", "provider_", "notices")
# Where a story's form or list is sent with what was typed; elsewhere a button says it all.
FORM = re.compile(r"/article/(?:(?P<story>\d+)/|add/)?(?:|change/|teasers/|checklist/|preview/)$")
LINK = re.compile(r"""(?:href|action|formaction|data-[\w-]+)="(/admin/[^"#]*|\?[^"#]*)""")


class UnknownAddress(Exception):
    """The URL map of the desk has an argument for which no values are declared."""


class Crawl:
    """`own` is a story of the person; `sent` is what forms are sent with; `searched` is asked of every search."""

    def __init__(self, person, own, *, sent, searched):
        self.client = Client(raise_request_exception=True)
        self.client.force_login(person)
        self.own, self.sent, self.searched = own, sent, searched
        self.opened = {}  # "GET /admin/…" → status

    def pages(self):
        """Yield (request, answer as text) of every page: all are read first, then every address is written to."""
        paths = list(dict.fromkeys(self._mapped()))
        links = []
        for path in paths:
            text = self._open("GET", path)
            links += [link for link in _links(text, path) if "logout" not in link]
            yield f"GET {path}", text
        for link in [link for link in dict.fromkeys(links) if link not in paths][:MOST_LINKS]:
            yield f"GET {link}", self._open("GET", link)
        for path in [path for path in paths if "?" not in path]:
            for data in self._sent_to(path):
                yield f"POST {path}", self._open("POST", path, data)
        yield "GET /admin/", self._open("GET", "/admin/")  # with all messages that no page has shown yet

    def _sent_to(self, path):
        """Return all bodies for what is theirs or new; for a form of somebody else the first two."""
        form = FORM.search(path)
        if not form:
            return [{}]
        return self.sent if form["story"] in (None, str(self.own.pk)) else self.sent[:2]

    def _open(self, method, path, data=None):
        response = self.client.get(path) if method == "GET" else self.client.post(path, data)
        self.opened[f"{method} {path}"] = response.status_code
        text = response_as_text(response)
        where = response.get("Location", "")
        if data and where.startswith("/admin/") and not where.startswith("/admin/login/"):
            text += response_as_text(self.client.get(where))  # what the desk says after it was done
        return text

    def _mapped(self):
        for name, takes in _names():
            for arguments in _arguments(name, takes, self.own):
                path = path_of(name, arguments)
                yield path
                if not arguments or arguments[0] == self.own.pk:
                    yield from (f"{path}?{urlencode(query)}" for query in self._queries(name))

    def _queries(self, name):
        """Return further queries for an address; with arguments only where they name the person's own story."""
        if name.endswith(("_changelist", "_choose")):
            return [{"q": self.searched}, {"all": "1"}]
        if "suggest" in name:
            return [{"term": self.searched}]
        if name.endswith("article_compare"):
            return [{"new": pk} for pk in _ids(Revision)]
        if name.endswith(("article_change", "article_add")):
            return [{"typed": pk} for pk in _ids(Autosave)]
        if name.endswith("tag_merge"):
            return [{"tags": ",".join(map(str, _ids(Tag)))}]
        if name == "autocomplete":
            return [{**field, "term": self.searched} for field in _relations()]
        return []


def paths_for(own):
    """Return (name, path) of every address of the desk: with this story, and the newest object of each other kind."""
    for name, takes in _names():
        for arguments in list(_arguments(name, takes, own))[-1:]:
            of_story = takes[:1] == ["story_id"] or name.startswith("articles_article_") and takes == ["object_id"]
            yield name, path_of(name, (own.pk, *arguments[1:]) if of_story else arguments)


def path_of(name, arguments):
    """Return the path of a page of the admin or, as their names say, of a person's own account and notices."""
    return reverse(name if name.startswith(OUTSIDE_THE_ADMIN) else f"admin:{name}", args=arguments)


def _names():
    """Name and arguments of each address of the desk."""
    found = {}

    def walk(patterns, outer=()):
        for one in patterns:
            takes = [*outer, *(one.pattern.converters or one.pattern.regex.groupindex)]
            if isinstance(one, URLResolver):
                walk(one.url_patterns, takes)
            elif one.name and one.name not in NOT_OPENED:
                found[one.name] = takes

    walk(get_resolver().namespace_dict["admin"][1].url_patterns)
    walk(account_urls)
    walk(notice_urls)
    return sorted(found.items())


def _arguments(name, takes, own):
    match takes:
        case []:
            return [()]
        case ["app_label"]:
            return [("articles",), ("auth",), ("newsroom",)]
        case ["content_type_id", "object_id"]:
            return product([ContentType.objects.get_for_model(Article).pk], _ids(Article))
        case ["story_id", "revision_id"]:
            return _of_stories(Revision, own)
        case ["story_id", "link_id"]:
            return _of_stories(ShareLink, own)
        case ["one", "other"]:
            return [tuple(_ids(Tag)[:2])]
        case ["person_id"]:
            return [(pk,) for pk in _ids(get_user_model())[-MOST_OBJECTS:]]
        case ["story_id"]:
            return [(pk,) for pk in _ids(Article)]
        case ["autosave_id"]:
            return [(pk,) for pk in _ids(Autosave)]
        case ["proposal_id"]:
            return [(pk,) for pk in _ids(ImageProposal)]
        case ["webhook_id", "delivery_id"]:
            return list(WebhookDelivery.objects.order_by("pk").values_list("webhook", "pk"))
        case ["notice_id"]:
            return [(pk,) for pk in _ids(Notice)[-MOST_OBJECTS:]]
        case ["author_id"]:
            return [(pk,) for pk in _ids(Author)[-MOST_OBJECTS:]]
        case ["image_id"]:
            return [(pk,) for pk in _ids(Image)[-MOST_OBJECTS:]]
        case ["change_id"]:
            return [(pk,) for pk in _ids(TagChange)]
        case ["pk"]:
            return [(pk,) for pk in _ids(Authenticator)]
        case ["key"]:
            return [("falsch",)]
        case ["uidb36", "key"]:
            return [("1", "falsch")]
        case ["id"]:
            return [(pk,) for pk in _ids(get_user_model())[-1:]]
        case ["object_id"]:
            app, model = name.split("_")[:2]
            ids = _ids(apps.get_model(app, model))
            return [(pk,) for pk in (ids if model == "article" else ids[-MOST_OBJECTS:])]
    raise UnknownAddress(f"Say in tests/articles/admin/desk_crawl.py what {takes} of “{name}” may be.")


def _of_stories(model, own):
    """Return each row under its own story, and under the person's."""
    rows = list(model.objects.order_by("pk").values_list("article_id", "pk"))
    return dict.fromkeys([*rows, *((own.pk, pk) for _story, pk in rows)])


def _ids(model):
    return list(model._default_manager.order_by("pk").values_list("pk", flat=True))


def _relations():
    """Return each foreign key of the newsroom, as the admin's autocomplete is asked for it."""
    for model in apps.get_app_config("articles").get_models():
        for field in model._meta.get_fields():
            if field.concrete and field.is_relation:
                yield {"app_label": "articles", "model_name": model._meta.model_name, "field_name": field.name}


def _links(text, path):
    here = urlsplit(path).path
    return [link if link.startswith("/") else here + link for link in map(unescape, LINK.findall(text))]
