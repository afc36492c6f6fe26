"""Guess the language of a text in a form. The person accepts the guess or ignores it."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claims.text.languages import guess
from sources.pages.handed_in import is_html


def urls(model_admin: admin.ModelAdmin) -> list[URLPattern]:
    guarded = model_admin.admin_site.admin_view(require_POST(page))
    return [path("language/", guarded, name="sources_article_language")]


def page(request: HttpRequest) -> HttpResponse:
    text = request.POST.get("text", "")
    # A page states its own language.
    language = "" if is_html(text) else guess(text)
    return JsonResponse({"language": language, "name": _name(language) if language else ""})


def _name(language: str) -> str:
    """Return the name of a language in that of the page, or its tag if Django does not know it."""
    try:
        return _(str(get_language_info(language)["name"]))
    except KeyError:
        return language
