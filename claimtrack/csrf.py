"""The desk's answer to a form with a token of an older session, such as one from before a new sign-in in another tab."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.csrf import csrf_failure

# Pages where passwords and codes are typed.
SECRET = ("/admin/login/", "/admin/logout/", "/admin/account/", "/admin/password")
# Fields of forms that nobody types.
TECHNICAL = (
    "csrfmiddlewaretoken",
    "action",
    "expected",
    "seen",
    "writer",
    "page",
    "draft",
    "version",
    "address",
    "claims",
    "checked",
)
SENTENCE = _("You have signed in again since this page was opened. Nothing was changed.")


def failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Show what was typed, and let it be sent again. A form of another site gets neither, since one click would be enough to act."""
    if request.accepts("application/json") and not request.accepts("text/html"):
        return JsonResponse({"code": "csrf", "refused": str(SENTENCE)}, status=403)
    if not request.path.startswith("/admin/"):
        return csrf_failure(request, reason)
    given = list(_given(request)) if _is_ours(request) else []
    context = {
        **admin.site.each_context(request),
        "title": gettext("This was not sent"),
        "sentence": SENTENCE,
        "given": given,
        "typed": [
            (gettext(name.replace("-", " ").replace("_", " ")), value)
            for name, value in given
            if value.strip() and not name.startswith(TECHNICAL) and not name.endswith("_FORMS")
        ],
        "path": request.get_full_path(),
    }
    return TemplateResponse(request, "claimtrack/csrf.html", context, status=403).render()


def _is_ours(request: HttpRequest) -> bool:
    """Whether a page of this desk sent the form, and this person typed it: browsers say the first, and no script can set it."""
    origin = f"{request.scheme}://{request.get_host()}"
    ours = request.headers.get("Sec-Fetch-Site") == "same-origin" or request.headers.get("Origin") == origin
    writer = request.POST.get("writer", str(request.user.pk))
    return ours and writer == str(request.user.pk) and not request.path.startswith(SECRET)


def _given(request: HttpRequest) -> list[tuple[str, str]]:
    secret = ("password", "secret", "csrfmiddlewaretoken")
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        for value in values
        if not any(word in name for word in secret)
    ]
