from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from claimtrack.models import User


def lacks_second_factor(user: User | AnonymousUser) -> bool:
    """Whether this desk requires a second factor and somebody who is signed in has none."""
    if not settings.CLAIMTRACK_REQUIRE_MFA or user.is_anonymous:
        return False
    # Recovery codes stand in for a factor; they are none of their own.
    factors = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return not Authenticator.objects.filter(user=user, type__in=factors).exists()
