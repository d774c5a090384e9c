"""Who belongs to staff is asked of the database, and remembered for a moment only where it is true."""

import io

import pytest

from newsroom import staff_sessions
from newsroom.models import User
from newsroom.staff_sessions import StaffSessions, is_staff
from tests.articles import cast


def cookie_of(client):
    return {
        "HTTP_COOKIE": f"sessionid={client.cookies['sessionid'].value}",
        "REQUEST_METHOD": "POST",
        "wsgi.input": io.BytesIO(),
    }


@pytest.mark.django_db
def test_staff_are_known_by_their_session(client):
    client.force_login(cast.reporter())
    assert is_staff(cookie_of(client))


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"is_staff": False}, {"is_active": False}, {"password": "another"}])
def test_session_of_somebody_who_may_no_longer_is_a_strangers(client, change):
    reporter = cast.reporter()
    client.force_login(reporter)
    User.objects.filter(pk=reporter.pk).update(**change)
    assert not is_staff(cookie_of(client))


@pytest.mark.django_db
@pytest.mark.parametrize("cookie", ["", "csrftoken=x", "sessionid=", "sessionid=invented", "sessionid=" + "x" * 5000])
def test_invented_session_is_a_strangers(cookie):
    assert not is_staff({"HTTP_COOKIE": cookie, "REQUEST_METHOD": "POST", "wsgi.input": io.BytesIO()})


@pytest.mark.django_db
def test_a_known_session_is_not_asked_about_again(client, django_assert_num_queries):
    client.force_login(cast.reporter())
    sessions, environ = StaffSessions(), cookie_of(client)
    assert not sessions.is_known(environ)
    assert sessions.check(environ)
    with django_assert_num_queries(0):
        assert sessions.is_known(environ)


@pytest.mark.django_db
def test_a_session_that_lost_the_right_is_known_for_a_moment_only(client, monkeypatch):
    reporter = cast.reporter()
    client.force_login(reporter)
    sessions, environ = StaffSessions(), cookie_of(client)
    sessions.check(environ)
    User.objects.filter(pk=reporter.pk).update(is_active=False)
    assert not sessions.check(environ)
    assert not sessions.is_known(environ)
    monkeypatch.setattr(staff_sessions, "TRUSTED_SECONDS", 0.0)
    assert not sessions.is_known(environ)


@pytest.mark.django_db
def test_invented_sessions_fill_no_memory(client, monkeypatch):
    sessions = StaffSessions()
    for number in range(20):
        sessions.check({"HTTP_COOKIE": f"sessionid={number}", "REQUEST_METHOD": "GET", "wsgi.input": io.BytesIO()})
    assert not sessions._seen_at


@pytest.mark.django_db
def test_only_so_many_sessions_are_remembered(client, monkeypatch):
    monkeypatch.setattr(staff_sessions, "MAX_SESSIONS", 2)
    sessions, environs = StaffSessions(), []
    for _ in range(3):
        client.cookies.clear()
        client.force_login(User.objects.first() or cast.reporter())
        environs.append(cookie_of(client))
        sessions.check(environs[-1])
    assert [sessions.is_known(environ) for environ in environs] == [False, True, True]
