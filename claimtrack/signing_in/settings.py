"""Settings of django-allauth that are the same at every desk. Those that differ are in claimtrack.settings."""

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/admin/"

# allauth counts attempts in the cache.
CACHES = {
    "default": {"BACKEND": "claimtrack.db.cache.PostgresCache"},
    # Public pages as they were made (claimtrack.api.conditional), some megabytes in each process.
    "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "pages"},
}

ACCOUNT_ADAPTER = "claimtrack.signing_in.adapters.AccountAdapter"
ACCOUNT_FORMS = {"login": "claimtrack.signing_in.forms.LoginForm"}
ACCOUNT_RATE_LIMITS = {
    # Wrong passwords and codes, by IP address and by account.
    "login_failed": "10/m/ip,100/d/ip,5/5m/key",
}
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
# Administrators enter the addresses.
ACCOUNT_EMAIL_VERIFICATION = "none"
# Do not send e-mail to addresses without an account.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[claimtrack] "
ACCOUNT_REAUTHENTICATION_METHODS = ["password", "mfa"]

SOCIALACCOUNT_ADAPTER = "claimtrack.signing_in.oidc.IdentityAdapter"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"provider_class": "claimtrack.signing_in.oidc.DeskProvider"}}

MFA_ADAPTER = "claimtrack.signing_in.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# A clock may be wrong by half a minute.
MFA_TOTP_TOLERANCE = 1
# Administrators enter the addresses, so these are never verified.
MFA_ALLOW_UNVERIFIED_EMAIL = True
