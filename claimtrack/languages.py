"""The language and the time zone of pages, and refusals in the language that is active.

The desk is in the language of the signed-in user, and the sign-in pages are in the one that was chosen on them. Without a choice, both
are in the default language (claimtrack.middleware.DeskLanguage). Public pages are in the language of their address (claims.pages).
Everything else is in English and UTC: the API, commands and the log.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.formats import number_format
from django.utils.functional import lazy
from django.utils.translation import gettext, gettext_noop, ngettext_lazy, pgettext
from django.views.i18n import JavaScriptCatalog

from claimtrack import __version__
from claimtrack.refusals import Amount, Figures, Message, Refused

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from claimtrack.models import User

# Sentences of Django that its own catalogues lack in a language of the desk, so that ours have them.
LACKING = (
    gettext_noop("Set password: %s"),
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ),
)

DESK = "/admin/"
# The parameter of the links on the sign-in page.
PARAMETER = "language"


def language_of(user: User | AnonymousUser) -> str:
    """Return the language of the desk's pages and e-mails for a person."""
    return getattr(user, "language", "") or settings.CLAIMTRACK_LANGUAGE


def desk_time_zone() -> ZoneInfo:
    return ZoneInfo(settings.CLAIMTRACK_TIME_ZONE)


def translated(said: Refused | Message) -> str:
    """Return the sentence of a refusal, or another text of the program, in the active language."""
    message = said.message if isinstance(said, Refused) else said
    text = pgettext(message.context, message.template) if message.context else gettext(message.template)
    return text % {name: _shown(value) for name, value in message.params.items()} if message.params else text


translated_lazy = lazy(translated, str)


def _shown(value: object) -> object:
    if isinstance(value, Message):
        return translated(value)
    if isinstance(value, Figures):
        return value.written(lambda number: number_format(number, force_grouping=True))
    return number_format(int(value), force_grouping=True) if isinstance(value, Amount) else value


def chosen_before_signing_in(request: HttpRequest) -> str:
    """Return the language that was chosen on the sign-in page, "" if none was."""
    return _known(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""))


def asked_for(request: HttpRequest) -> str:
    """Return the language of a link that was followed on the sign-in page, "" if none was."""
    return _known(request.GET.get(PARAMETER, ""))


def _known(code: str) -> str:
    return code if code in dict(settings.LANGUAGES) else ""


class Catalog(JavaScriptCatalog):
    """The sentences of the desk's scripts in one language, as a script of its own: the CSP allows none in a page.

    Its address has the language and the release, so browsers need not ask for it again.
    """

    # Django's admin has sentences in its own scripts, such as “0 of 16 selected”.
    packages = ["claimtrack", "django.contrib.admin"]

    def get(self, request: HttpRequest, language: str, release: str) -> HttpResponse:
        with translation.override(_known(language) or settings.LANGUAGE_CODE):
            response = super().get(request)
        if release == __version__ and not settings.DEVELOPMENT:
            patch_cache_control(response, public=True, max_age=86_400)
        else:
            patch_cache_control(response, no_cache=True)
        return response
