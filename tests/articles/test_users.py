"""A page of the desk knows who is signed in."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from articles.users import signed_in
from newsroom.models import User


@pytest.mark.parametrize(("user", "is_refused"), [(User(username="awa"), False), (AnonymousUser(), True)])
def test_only_a_person_is_signed_in(rf, user, is_refused):
    request = rf.get("/admin/")
    request.user = user
    if is_refused:
        with pytest.raises(PermissionDenied):
            signed_in(request)
    else:
        assert signed_in(request) is user
