import pytest
from django.core.files.uploadedfile import SimpleUploadedFile


@pytest.fixture(autouse=True)
def limit(settings):
    settings.MAX_REQUEST_SIZE = 2 * 1024**2


@pytest.fixture
def large_file():
    return SimpleUploadedFile("large.jpg", b"0" * 3 * 1024**2)


def test_too_large_request_is_refused_with_the_limit(client, large_file):
    response = client.post("/admin/login/", {"file": large_file})
    assert response.status_code == 413
    assert "2 MB" in response.content.decode()


def test_refusal_is_in_the_language_of_the_desk(client, large_file):
    response = client.post("/admin/login/", {"file": large_file}, headers={"Accept-Language": "fr"})
    assert response["Content-Language"] == "fr"


@pytest.mark.django_db
def test_request_within_the_limit_passes(client):
    assert client.post("/admin/login/", {"username": "awa"}).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("length", ["", "-1", "many", "²"])
def test_length_without_sense_does_no_harm(client, length):
    assert client.get("/admin/login/", CONTENT_LENGTH=length).status_code == 200


@pytest.mark.django_db
def test_as_many_bodies_at_once_as_there_are_places(client, monkeypatch):
    monkeypatch.setattr("newsroom.uploads.BODIES_AT_ONCE", 0)
    answer = client.post("/admin/login/", {"username": "awa"}, headers={"Accept-Language": "fr"})
    assert (answer.status_code, answer["Retry-After"], answer["Content-Language"]) == (429, "5", "fr")
    assert client.get("/admin/login/").status_code == 200


@pytest.mark.django_db
def test_place_is_free_again_after_an_answer_and_after_a_failure(client, monkeypatch):
    monkeypatch.setattr("newsroom.uploads.BODIES_AT_ONCE", 1)
    monkeypatch.setattr("django.contrib.admin.sites.AdminSite.login", lambda *_arguments: 1 / 0)
    client.raise_request_exception = False
    assert [client.post("/admin/login/", {"username": "awa"}).status_code for _time in range(2)] == [500, 500]
