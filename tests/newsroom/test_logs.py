import pytest

pytestmark = pytest.mark.django_db


def test_failed_sign_in_names_the_address(client, caplog):
    client.post("/admin/login/", {"login": "awa", "password": "x"}, REMOTE_ADDR="192.0.2.1")
    assert "Sign-in failed from 192.0.2.1" in caplog.messages
