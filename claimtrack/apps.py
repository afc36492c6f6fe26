from allauth.mfa.apps import MFAConfig
from allauth.socialaccount.apps import SocialAccountConfig
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClaimtrackConfig(AppConfig):
    name = "claimtrack"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from claimtrack import checks  # noqa: F401 - registers them


class SecondFactorsConfig(MFAConfig):
    """Its own name, “MFA”, means a ministry in allauth's Arabic."""

    verbose_name = _("Second factors")


class SingleSignOnConfig(SocialAccountConfig):
    verbose_name = _("Single sign-on")
