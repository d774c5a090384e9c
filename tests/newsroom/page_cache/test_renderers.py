"""Pages are rendered by few threads, those that readers come back to by threads of their own."""

import threading

import pytest

from newsroom.page_cache.renderers import FAILED, RENDERERS, Renderers, run


class Chunks:
    def __init__(self, chunks):
        self.chunks, self.is_closed = chunks, False

    def __iter__(self):
        yield from self.chunks

    def close(self):
        self.is_closed = True


def test_the_whole_answer_is_returned_and_closed():
    chunks = Chunks([b"Lo", b"m\xc3\xa9"])

    def application(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        environ[FAILED] = True
        return chunks

    response = run(application, {})
    assert (response.status, response.headers) == ("200 OK", [("Content-Type", "text/plain")])
    assert response.body.decode() == "Lomé"
    assert response.database_failed
    assert chunks.is_closed


def test_an_answer_that_breaks_off_is_closed():
    def broken():
        yield b"a"
        raise ValueError("broken")

    chunks = Chunks(broken())
    with pytest.raises(ValueError, match="broken"):
        run(lambda _environ, start_response: start_response("200 OK", []) or chunks, {})
    assert chunks.is_closed


@pytest.mark.one_database
def test_a_page_with_priority_waits_for_no_other():
    release = threading.Event()

    def application(environ, start_response):
        if environ["PATH_INFO"] == "/slow/":
            release.wait(20)
        start_response("200 OK", [])
        return [b"done"]

    renderers = Renderers(application)
    slow = [renderers.start({"PATH_INFO": "/slow/"}, has_priority=False) for _each in range(RENDERERS + 2)]
    try:
        assert renderers.start({"PATH_INFO": "/"}, has_priority=True).result(timeout=10).body == b"done"
        assert not any(each.done() for each in slow)
    finally:
        release.set()
    assert [each.result(timeout=10).body for each in slow] == [b"done"] * len(slow)
