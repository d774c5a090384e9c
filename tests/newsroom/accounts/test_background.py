"""Mail about accounts is sent beside the request, and a failure stays there."""

import logging
import threading

from newsroom.accounts import background


def run(send):
    """Send this, then wait for the thread."""
    background.send_in_background(send)
    done = threading.Event()
    background.send_in_background(done.set)
    assert done.wait(10)


def test_it_is_sent_by_another_thread():
    threads = []
    run(lambda: threads.append(threading.current_thread()))
    assert threads != [threading.current_thread()]


def test_a_failure_is_logged_and_stops_no_later_mail(caplog):
    def fail():
        raise ConnectionRefusedError

    caplog.set_level(logging.ERROR)
    run(fail)
    assert "could not be sent" in caplog.text
