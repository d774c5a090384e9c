"""The ways in which people sign in, as a chief editor reads them."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount

from newsroom.people.ways_in import describe_second_factors, describe_ways_in
from tests.articles import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def awa():
    return cast.editor()


def add_passkey(person, *, alone=False):
    credential = {"clientExtensionResults": {"credProps": {"rk": alone}}}
    data = {"name": "Firefox on Linux", "credential": credential, "passwordless": alone}
    Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data=data)


def test_the_password_and_an_account_elsewhere(awa):
    SocialAccount.objects.create(
        user=awa, provider="https://login.example.com/x", uid="1", extra_data={"email": "awa@example.com"}
    )
    assert describe_ways_in(awa) == "the password, the account awa@example.com of login.example.com"
    assert describe_second_factors(awa) == "none"


def test_a_passkey_alone_is_a_way_in_and_a_second_factor(awa):
    add_passkey(awa, alone=True)
    assert describe_ways_in(awa) == "the password, a passkey alone"
    assert describe_second_factors(awa) == "1 passkey"


def test_a_passkey_after_the_password_is_a_second_factor(awa):
    add_passkey(awa)
    add_passkey(awa)
    TOTP.activate(awa, generate_totp_secret())
    RecoveryCodes.activate(awa)
    assert describe_ways_in(awa) == "the password"
    assert describe_second_factors(awa) == "an authenticator app, 2 passkeys, recovery codes"


def test_who_is_invited_signs_in_by_nothing_yet(awa):
    awa.invite()
    assert describe_ways_in(awa) == "nothing yet"
