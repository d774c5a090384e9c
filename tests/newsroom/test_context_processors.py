"""Pages of an account have the frame of the desk."""

import pytest

from newsroom.context_processors import desk
from tests.articles import cast


@pytest.mark.django_db
def test_only_a_page_of_an_account_is_given_the_menu_of_the_desk(rf):
    request = rf.get("/admin/account/")
    request.user = cast.editor()
    assert desk(request)["available_apps"]
    assert desk(rf.get("/")) == {}
