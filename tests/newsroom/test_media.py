import pytest

PIXEL = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"


@pytest.fixture
def media(settings, db):
    settings.MEDIA_ROOT.mkdir(parents=True)
    for path in ["images/market.gif", "images/page.html", ".secret.gif", "images/map.svg"]:
        (settings.MEDIA_ROOT / path).parent.mkdir(exist_ok=True)
        (settings.MEDIA_ROOT / path).write_bytes(PIXEL)
    (settings.MEDIA_ROOT.parent / "outside.gif").write_bytes(PIXEL)


def test_picture_is_served_as_what_it_is(client, media):
    response = client.get("/media/images/market.gif")
    assert response.content == PIXEL
    assert response["Content-Type"] == "image/gif"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_picture_is_kept_for_ever(client, media):
    assert "immutable" in client.get("/media/images/market.gif")["Cache-Control"]


def test_picture_may_be_shown_by_feed_readers(client, media):
    assert client.get("/media/images/market.gif")["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_picture_known_already_is_not_sent_again(client, media):
    modified = client.get("/media/images/market.gif")["Last-Modified"]
    again = client.get("/media/images/market.gif", headers={"If-Modified-Since": modified})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "path",
    [
        "images/missing.gif",
        "images/page.html",
        "images/map.svg",
        "images/",
        "images",
        ".secret.gif",
        "../outside.gif",
        "images/../../outside.gif",
        "%2e%2e/outside.gif",
        "images//market.gif",
        "/etc/passwd",
        "images/market.gif%00",
        "images/market.gif%0a",
        "a" * 300 + ".gif",
    ],
)
def test_anything_else_is_not_found(client, media, path):
    assert client.get(f"/media/{path}").status_code == 404


def test_pictures_are_read_only(client, media):
    assert client.post("/media/images/market.gif").status_code == 405


@pytest.mark.parametrize("path", ["/static/css/rien.css", "/static/", "/static/a%0Ab", "/media/", "/media/a%0Ab"])
def test_missing_file_asks_no_database(client, path):
    """Otherwise a file would wait for the database, and with it a request for a file that exists."""
    response = client.get(path)
    assert (response.status_code, response.content) == (404, b"There is no such file.\n")
