"""What django-allauth is told, at every desk the same. What differs between desks stands in claimtrack.settings."""

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/admin/"

# allauth counts attempts in the cache.
CACHES = {"default": {"BACKEND": "claimtrack.db.cache.PostgresCache"}}

ACCOUNT_ADAPTER = "claimtrack.signing_in.adapters.AccountAdapter"
ACCOUNT_RATE_LIMITS = {
    # Wrong passwords, and wrong codes: by address, and by account, whatever the address.
    "login_failed": "10/m/ip,100/d/ip,5/5m/key",
}
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
# An administrator enters the addresses.
ACCOUNT_EMAIL_VERIFICATION = "none"
# A stranger's address gets no letter from this desk.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[claimtrack] "
ACCOUNT_REAUTHENTICATION_METHODS = ["password", "mfa"]

SOCIALACCOUNT_ADAPTER = "claimtrack.signing_in.oidc.IdentityAdapter"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"provider_class": "claimtrack.signing_in.oidc.DeskProvider"}}

MFA_ADAPTER = "claimtrack.signing_in.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# A clock may be half a minute wrong.
MFA_TOTP_TOLERANCE = 1
# Addresses are an administrator's; whether one was verified says nothing about who asks for a second factor.
MFA_ALLOW_UNVERIFIED_EMAIL = True
