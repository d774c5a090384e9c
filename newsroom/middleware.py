"""The setting MIDDLEWARE: what each request passes on its way in, first to last, and back on its way out."""

MIDDLEWARE = [
    "newsroom.caching.CacheControlMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "newsroom.csp.ContentSecurityPolicyMiddleware",
    "newsroom.security.SecurityHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "newsroom.nul_bytes.NulMiddleware",
    "newsroom.compression.CompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "newsroom.language.LanguageMiddleware",
    "newsroom.statement_timeout.StatementTimeoutMiddleware",
    "newsroom.due_changes.DueChangesMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "newsroom.preferences.PreferencesMiddleware",
    "newsroom.accounts.strangers.StrangersMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "newsroom.accounts.second_factor.SecondFactorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
