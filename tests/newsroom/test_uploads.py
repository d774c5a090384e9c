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
