from django.http import HttpRequest

from claimtrack.signing_in.factors import lacks_second_factor


def desk(request: HttpRequest) -> dict[str, object]:
    """What the desk's frame needs on allauth's pages. The admin's own pages bring it along."""
    match = request.resolver_match
    if match is None or not match.route.startswith("admin/account/"):
        return {}
    user = request.user
    return {
        "has_permission": user.is_active and user.is_staff,
        "lacks_second_factor": lacks_second_factor(user),
    }
