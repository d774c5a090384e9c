import pytest
from django.core.checks import run_checks
from django.db import OperationalError, connection

from articles.triggers import all_triggers
from newsroom import checks
from newsroom.environment import Environment


def ids(messages):
    return [message.id for message in messages]


def test_clear_text_address_is_warned_about(settings):
    settings.SITE_URL = "http://news.example"
    assert ids(checks.site_url_is_encrypted()) == ["newsroom.W001"]


def test_encrypted_address_is_fine(settings):
    settings.SITE_URL = "https://news.example"
    assert checks.site_url_is_encrypted() == []


def test_debug_on_a_public_host_is_warned_about(settings):
    settings.DEBUG = True
    settings.ALLOWED_HOSTS = ["localhost", "news.example"]
    assert ids(checks.debug_is_private()) == ["newsroom.W002"]


def test_debug_on_this_machine_is_fine(settings):
    settings.DEBUG = True
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    assert checks.debug_is_private() == []


@pytest.mark.parametrize(
    ("address", "proxies", "expected"),
    [
        ("https://news.example", 0, ["newsroom.W005"]),
        ("https://news.example", 1, []),
        ("http://news.example", 0, []),
    ],
)
def test_a_proxy_that_is_not_counted_is_warned_about(settings, address, proxies, expected):
    settings.SITE_URL, settings.PROXY_COUNT = address, proxies
    assert ids(checks.visitors_have_addresses()) == expected


def test_pictures_folder_that_is_a_file_is_an_error(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.touch()
    assert ids(checks.media_root_is_writable()) == ["newsroom.E003"]


def test_pictures_folder_that_can_be_made_is_fine(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "not" / "yet" / "there"
    assert checks.media_root_is_writable() == []


@pytest.mark.django_db
def test_this_database_can_search():
    assert checks.database_can_search(["default"]) == []


def test_database_is_not_asked_without_permission(django_assert_num_queries):
    assert checks.database_can_search() == []


@pytest.mark.only_on("sqlite")
def test_sqlite_that_cannot_search_is_an_error(monkeypatch):
    monkeypatch.setattr(checks, "sqlite_has_fts5", lambda: False)
    assert ids(checks.database_can_search(["default"])) == ["newsroom.E004"]


def drop_a_trigger():
    trigger = all_triggers()[-1]
    with connection.cursor() as cursor:
        cursor.execute(
            f"DROP TRIGGER {trigger.name}{f' ON {trigger.table}' if connection.vendor == 'postgresql' else ''}"
        )
    return trigger.name


@pytest.mark.django_db
def test_a_missing_trigger_is_warned_about_by_its_name():
    assert checks.triggers_are_in_place(["default"]) == []
    name = drop_a_trigger()
    [warning] = checks.triggers_are_in_place(["default"])
    assert warning.id == "newsroom.W006"
    assert name in warning.msg
    assert warning in run_checks(databases=["default"])


@pytest.mark.django_db
def test_triggers_are_not_looked_for_in_a_new_database(monkeypatch):
    drop_a_trigger()
    monkeypatch.setattr(connection.introspection, "table_names", list)
    assert checks.triggers_are_in_place(["default"]) == []


def test_triggers_are_not_looked_for_where_no_database_may_be_asked():
    assert checks.triggers_are_in_place(None) == []


@pytest.mark.parametrize(("debug", "expected"), [(True, "newsroom.W007"), (False, "newsroom.E007")])
@pytest.mark.parametrize(("value", "is_short"), [("", 0), ("abc", 1), ("smtp://:abc@mail", 1), ("abcd", 0)])
def test_a_secret_that_is_too_short_to_be_masked_stops_production(
    monkeypatch, settings, debug, expected, value, is_short
):
    settings.DEBUG = debug
    monkeypatch.setattr(checks, "env", Environment({"EMAIL_HOST_PASSWORD": value}))
    checks.env.secret("EMAIL_HOST_PASSWORD", "", "The password.")
    found = checks.secrets_can_be_masked()
    assert ids(found) == [expected] * is_short
    assert all("EMAIL_HOST_PASSWORD" in message.msg and "abc" not in message.msg for message in found)


@pytest.mark.django_db
def test_a_database_that_does_not_answer_is_named(monkeypatch):
    def fail(*_args):
        raise OperationalError("connection refused")

    monkeypatch.setattr(checks, "applied_migrations", fail)
    monkeypatch.setattr(checks, "missing_triggers", fail)
    (error,) = [*checks.database_is_of_version_1(["default"]), *checks.triggers_are_in_place(["default"])]
    assert (error.id, error.msg) == ("newsroom.E006", "The database does not answer: connection refused")
