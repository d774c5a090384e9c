"""A number of threads, and the calls that may wait for them."""

import os
import threading

import pytest

from newsroom.page_cache.workers import TooManyWaiting, Workers


def test_no_more_calls_wait_than_may_and_others_may_again_later():
    workers, go_on = Workers("test", 1, most_waiting=1), threading.Event()
    first, second = workers.submit(go_on.wait, 10), workers.submit(str, "second")
    with pytest.raises(TooManyWaiting):
        workers.submit(str, "third")
    go_on.set()
    assert (first.result(10), second.result(10)) == (True, "second")
    assert workers.submit(str, "fourth").result(10) == "fourth"


def test_a_call_that_fails_or_is_cancelled_leaves_its_place():
    workers, go_on = Workers("test", 1, most_waiting=1), threading.Event()
    workers.submit(go_on.wait, 10)
    assert workers.submit(str, "never").cancel()
    failing = workers.submit(int, "no number")
    go_on.set()
    assert isinstance(failing.exception(10), ValueError)
    assert [workers.submit(str, number).result(10) for number in range(3)] == ["0", "1", "2"]


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_process_that_was_forked_has_threads_of_its_own():
    workers = Workers("test", 1)
    assert workers.submit(os.getpid).result(10) == os.getpid()
    child = os.fork()
    if child == 0:
        os._exit(0 if workers.submit(os.getpid).result(10) == os.getpid() else 1)
    assert os.waitpid(child, 0)[1] == 0
