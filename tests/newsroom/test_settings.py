"""The settings module as another environment would see it."""

import os
import runpy

import pytest
from django.core.exceptions import ImproperlyConfigured

import newsroom.settings

KEY = "hV3.Kc7fPz0wYh3qXe9RmL2vNb8sUj5aTd1gQo6iGyC4-ZkWdoP"
SETTINGS = newsroom.settings.__file__


@pytest.fixture
def settings_of(monkeypatch):
    def load(**environment):
        for name in [name for name in os.environ if name not in {"PATH", "HOME"}]:
            monkeypatch.delenv(name)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(SETTINGS)

    return load


def test_debug_is_off_unless_asked(settings_of):
    assert settings_of(SECRET_KEY=KEY)["DEBUG"] is False
    assert settings_of(DEBUG="1")["DEBUG"] is True


def test_missing_secret_key_stops_production_with_its_name(settings_of):
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is not set: .* Developers set DEBUG=1"):
        settings_of()


@pytest.mark.parametrize(
    "key",
    [
        "k" * 60,
        KEY[:49],
        "abcdefgh" * 8,
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "correct horse battery staple correct horse battery staple",
        "correct-horse-battery-staple-1-correct-horse-battery-staple-2",
        "hunter2-hunter2-hunter2-newsroom-newsroom-newsroom-1234567",
        f"change-me-{KEY}",
    ],
)
@pytest.mark.parametrize("debug", ["0", "1"])
def test_a_key_that_can_be_guessed_stops_the_start_and_is_not_told(settings_of, key, debug):
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY cannot be used") as raised:
        settings_of(SECRET_KEY=key, DEBUG=debug)
    assert key not in str(raised.value)


@pytest.mark.parametrize(
    "key",
    [KEY, "8c1f0b7a39de52c46fb07d9e31a5f8426c1198d3e7f04ab25c", "55915494455959143620467626699452719412887402643072"],
)
def test_a_typical_random_key_is_taken(settings_of, key):
    assert settings_of(SECRET_KEY=key)["SECRET_KEY"] == key


def test_site_url_has_no_slash_at_its_end(settings_of):
    assert settings_of(SECRET_KEY=KEY, SITE_URL="https://news.example/")["SITE_URL"] == "https://news.example"


def test_site_answers_to_the_host_of_its_address(settings_of):
    assert "news.example" in settings_of(SECRET_KEY=KEY, SITE_URL="https://news.example")["ALLOWED_HOSTS"]


def test_https_address_makes_everything_encrypted(settings_of):
    settings = settings_of(SECRET_KEY=KEY, SITE_URL="https://news.example")
    assert settings["SECURE_SSL_REDIRECT"] is True
    assert settings["SECURE_HSTS_SECONDS"] >= 15_768_000  # half a year
    assert settings["SESSION_COOKIE_SECURE"] is True
    assert settings["CSRF_COOKIE_SECURE"] is True


def test_https_address_believes_the_one_proxy_that_must_be_there(settings_of):
    settings = settings_of(SECRET_KEY=KEY, SITE_URL="https://news.example")
    assert settings["PROXY_COUNT"] == 1
    assert settings["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")


def test_without_a_proxy_nothing_forwarded_is_believed(settings_of):
    assert "SECURE_PROXY_SSL_HEADER" not in settings_of(SECRET_KEY=KEY)


def test_first_language_is_the_default_one(settings_of):
    settings = settings_of(SECRET_KEY=KEY, LANGUAGES="fr, en")
    assert settings["LANGUAGE_CODE"] == "fr"
    assert settings["LANGUAGES"] == [("fr", "français"), ("en", "English")]


def test_empty_database_url_counts_as_unset(settings_of):
    assert settings_of(SECRET_KEY=KEY, DATABASE_URL="")["DATABASES"]["default"]["NAME"].endswith(".sqlite3")


def test_pictures_may_come_from_another_host(settings_of):
    settings = settings_of(SECRET_KEY=KEY, MEDIA_URL="https://cdn.example/media/")
    assert "https://cdn.example" in settings["SECURE_CSP"]["img-src"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "perhaps"),
        ("SITE_URL", "news.example"),
        ("DATABASE_URL", "mysql://localhost/news"),
        ("LANGUAGES", "en,xx"),
        ("LANGUAGES", ","),
        ("TIME_ZONE", "Africa/Atlantis"),
        ("STATEMENT_TIMEOUT", "soon"),
        ("PROXY_COUNT", "one"),
        ("LOG_LEVEL", "LOUD"),
        ("MEDIA_URL", "media"),
    ],
)
def test_value_that_cannot_be_used_stops_with_its_name(settings_of, name, value):
    with pytest.raises(ImproperlyConfigured, match=name):
        settings_of(**{"SECRET_KEY": KEY, name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://news:geheim@localhost/news"),
        ("DATABASE_URL", "postgresql://news:geheim/1@localhost/news"),  # “geheim” stands where a port would
        ("DATABASE_URL", "geheim"),
    ],
)
def test_password_in_a_bad_address_is_not_shown(settings_of, name, value):
    with pytest.raises(ImproperlyConfigured, match=f"{name} cannot be used") as raised:
        settings_of(**{"SECRET_KEY": KEY, name: value})
    assert "geheim" not in str(raised.value)
