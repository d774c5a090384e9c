from copy import copy

from django.test import RequestFactory

from articles.admin.stories.request_state import story_request_state


def test_steps_of_one_request_and_copies_of_it_share_what_was_found():
    request = RequestFactory().get("/")
    story_request_state(request).search_is_whole = False
    assert not story_request_state(request).search_is_whole
    assert not story_request_state(copy(request)).search_is_whole


def test_two_requests_share_nothing():
    one, other = RequestFactory().get("/"), RequestFactory().get("/")
    story_request_state(one).may_change[1] = True
    assert story_request_state(other).may_change == {}
