import gzip

import pytest


@pytest.mark.django_db
def test_pages_are_compressed(client):
    response = client.get("/admin/login/", headers={"Accept-Encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    assert b"<form" in gzip.decompress(response.content)


@pytest.mark.django_db
def test_browser_that_cannot_read_it_gets_the_page_as_it_is(client):
    assert "Content-Encoding" not in client.get("/admin/login/").headers


def test_pictures_are_left_alone(client, settings):
    settings.MEDIA_ROOT.mkdir(parents=True)
    (settings.MEDIA_ROOT / "dot.gif").write_bytes(bytes(1000))
    response = client.get("/media/dot.gif", headers={"Accept-Encoding": "gzip"})
    assert response.content == bytes(1000)
