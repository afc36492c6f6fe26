from django.http import HttpRequest

from claimtrack.signing_in.factors import lacks_second_factor


def desk(request: HttpRequest) -> dict[str, object]:
    """Add what the base template of the desk needs on allauth's pages. The views of the admin add it themselves."""
    match = request.resolver_match
    if match is None or not match.route.startswith("admin/account/"):
        return {}
    user = request.user
    return {
        "has_permission": user.is_active and user.is_staff,
        "lacks_second_factor": lacks_second_factor(user),
    }
