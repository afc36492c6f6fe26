from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from claimtrack.models import User


def lacks_second_factor(user: User | AnonymousUser) -> bool:
    """Return whether the desk requires a second factor and the signed-in user has none."""
    if not settings.CLAIMTRACK_REQUIRE_MFA or user.is_anonymous:
        return False
    # Recovery codes replace a lost factor, but are not a factor of their own.
    factors = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return not Authenticator.objects.filter(user=user, type__in=factors).exists()
