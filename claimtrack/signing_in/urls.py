"""The pages of allauth that the desk uses. There are none to sign up, change an e-mail address or connect identities."""

from allauth.account import views as account
from allauth.mfa import urls as mfa
from allauth.socialaccount import views as socialaccount
from django.conf import settings
from django.urls import include, path, re_path

from claimtrack.signing_in import views

password_reset = [
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]

urlpatterns = [
    path("login/", views.sign_in, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.change_password, name="account_change_password"),
    # A reset needs e-mail.
    *(password_reset if settings.CLAIMTRACK_SENDS_EMAIL else []),
    path("two-factor/", include(mfa)),
    path("oidc/login/", views.to_issuer, name="oidc_login"),
    path("oidc/callback/", views.from_issuer, name="oidc_callback"),
    path("oidc/cancelled/", socialaccount.login_cancelled, name="socialaccount_login_cancelled"),
    path("oidc/error/", socialaccount.login_error, name="socialaccount_login_error"),
]
