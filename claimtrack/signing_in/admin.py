"""Show administrators the second factors and identities of users, so that they can remove lost ones."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from claimtrack.admin import ReadOnlyAdmin

# Issuers are settings, addresses are edited with the user, and nobody may read secrets.
for model in (EmailAddress, SocialApp, SocialToken, SocialAccount, Authenticator):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


class RemovableAdmin(ReadOnlyAdmin):
    list_select_related = ["user"]
    search_fields = ["user__username"]
    search_help_text = _("A name to sign in with")
    ordering = ["-pk"]

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.is_active and request.user.is_superuser


# Django makes this plural, and allauth does not translate it. The list of all tables does.
gettext_noop("Authenticators")


@admin.register(Authenticator)
class AuthenticatorAdmin(RemovableAdmin):
    heading = _("Second factors")
    lead = _("Of everybody. Remove one for whoever has lost it.")
    list_display = ["user", "type", "created_at", "last_used_at"]
    fields = ["user", "type", "created_at", "last_used_at"]


@admin.register(SocialAccount)
class IdentityAdmin(RemovableAdmin):
    heading = _("Identities")
    lead = _("Who signs in by single sign-on, as whom.")
    list_display = ["user", "provider", "uid", "date_joined", "last_login"]
    fields = ["user", "provider", "uid", "date_joined", "last_login"]
