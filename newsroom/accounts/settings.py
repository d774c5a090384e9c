"""The settings of django-allauth that are the same for every newsroom; newsroom/settings.py takes them all."""

AUTHENTICATION_BACKENDS = ["newsroom.accounts.backend.StaffBackend"]

ACCOUNT_ADAPTER = "newsroom.accounts.adapter.AccountAdapter"
ACCOUNT_RATE_LIMITS = {
    # Wrong passwords and codes, of any names from one network, and of one name from it.
    "login_failed": "50/15m/ip,5/15m/key",
    # Those of one name from all networks: newsroom/accounts/guesses.py.
    "passwords_of_account": "50/h/key",
    "codes_of_account": "20/h/key",
    "login": "",
    "provider_sign_in": "20/m/ip",
    "reset_password": "20/15m/ip,20/h/key",
}
ACCOUNT_FORMS = {
    "login": "newsroom.accounts.forms.SignInForm",
    "reset_password": "newsroom.accounts.forms.ForgottenPasswordForm",
    "reset_password_from_key": "newsroom.accounts.forms.NewPasswordForm",
    "change_password": "newsroom.accounts.forms.ChangePasswordForm",
    "set_password": "newsroom.accounts.forms.SetPasswordForm",
    "reauthenticate": "newsroom.accounts.forms.PasswordAgainForm",
    "add_email": "newsroom.accounts.forms.NewAddressForm",
}
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_ENABLED = False  # people are invited
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "newsroom.accounts.links.StaffTokenGenerator"  # noqa: S105 - a class
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True  # a second factor is asked for as ever
ACCOUNT_CHANGE_EMAIL = True  # a person has one address; a new one counts when a link in a mail was followed
ACCOUNT_EMAIL_VERIFICATION = "none"  # at the sign-in
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody can make this site write to strangers
ACCOUNT_EMAIL_NOTIFICATIONS = True  # of a changed password, address or second factor
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # before a password, address or second factor is changed
ACCOUNT_REAUTHENTICATION_METHODS = ["password", "mfa"]
SOCIALACCOUNT_ADAPTER = "newsroom.accounts.provider_sign_in.ProviderAdapter"
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5  # seconds
MFA_ADAPTER = "newsroom.accounts.second_factor.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "newsroom.accounts.forms.CodeForm",
    "reauthenticate": "newsroom.accounts.forms.CodeAgainForm",
    "activate_totp": "newsroom.accounts.forms.FirstCodeForm",
    "add_webauthn": "newsroom.accounts.forms.NewKeyForm",
    "edit_webauthn": "newsroom.accounts.forms.KeyNameForm",
    "authenticate_webauthn": "newsroom.accounts.forms.KeyForm",
    "login_webauthn": "newsroom.accounts.forms.KeyAloneForm",
    "reauthenticate_webauthn": "newsroom.accounts.forms.KeyAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # one that waits for its confirmation

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"  # after a sign-in whose `next` leads to another site
