"""The frame of the public pages.

`public()` makes the same page for everybody, in the language of its address: it reads no session, sets no cookie and ignores
Accept-Language, so any cache may keep the page. If anonymous reading is off, the same pages require a sign-in or a token, and no
cache keeps them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn

import orjson
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import BaseCache, caches
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponsePermanentRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from claims.api.views.merged import winner_for
from claims.formats.exports import licence
from claims.formats.json import ClaimJson
from claims.models import Claim
from claims.transitions import Status
from claimtrack.addresses import absolute
from claimtrack.api import exceptions
from claimtrack.api.pagination import PAGING
from claimtrack.api.renderers import Representation, Row, Selection
from claimtrack.api.viewsets import LedgerViewSet
from claimtrack.languages import DESK, desk_time_zone, translated
from claimtrack.refusals import Message, Refused

# The instance namespace of the pages without a language in their address.
DEFAULT = "pages"
EVERYBODY = AnonymousUser()

# The templates of the parts that all pages of a language share, and the rendered parts.
PARTS = ("links", "masthead", "site", "foot")
_common: dict[tuple[str, str], Mapping[str, str]] = {}

Context = Mapping[str, object]
Text = str | Promise

STATUSES: dict[str, Text] = {
    Status.UNVERIFIED: _("Not checked yet"),
    Status.IN_REVIEW: _("Being checked"),
    Status.AWAITING_APPROVAL: _("Checked, not yet published"),
    Status.CHECKED: _("Checked"),
    Status.WITHDRAWN: _("Verdict withdrawn"),
}


class Moved(Exception):
    """The row was merged into another, which has a page of its own under the same route."""

    def __init__(self, route: str, pk: int) -> None:
        super().__init__(route, pk)
        self.route, self.pk = route, pk


class Html(ClaimJson):
    """Renders a page. The rows of a list are claims as the API shows them."""

    media_type = "text/html"
    format = "html"

    def rows(self, view: LedgerViewSet, selection: Selection) -> tuple[Sequence[Row], int]:
        rows, number = super().rows(view, selection)
        contents = orjson.loads(orjson.dumps([row.content for row in rows]))
        return [row._replace(content=content) for row, content in zip(rows, contents, strict=True)], number


class AlwaysHtml(DefaultContentNegotiation):
    """Chooses HTML, whatever a client accepts."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        first = next(iter(renderers))
        return first, first.media_type


def handle(exc: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """DRF's exception handler for pages: it shows the API's refusal as a page."""
    request = context["request"]._request
    if isinstance(exc, Moved):
        address = reverse(exc.route, args=[exc.pk], current_app=request.resolver_match.namespace)
        # A merge can be undone.
        return HttpResponsePermanentRedirect(address, headers={"Cache-Control": "no-cache"})
    problem = exceptions.handle(exc, dict(context))
    if problem is None:
        return None
    headers = {name: value for name, value in problem.items() if name in ("WWW-Authenticate", "Retry-After")}
    data: Any = problem.data
    detail = data["detail"]
    if isinstance(exc, Refused):
        detail = for_readers(exc)
    elif isinstance(detail, Message):
        detail = translated(detail)
    return refusal(request, problem.status_code, detail, headers)


def for_readers(refused: Refused) -> str:
    """Return the sentence of a refusal for readers, who know nothing of the API's paging."""
    if refused.field in PAGING:
        return gettext(
            "The address of this page was changed or cut: “%(name)s” does not fit it. Begin with the first page."
        ) % {"name": refused.field}
    return translated(refused)


def refusal(request: HttpRequest, status: int, detail: str, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """Answer with a page that gives the reason of a refusal."""
    page = render(request, "pages/problem.html", {"status": status, "detail": detail, "unlisted": True}, status)
    for name, value in (headers or {}).items():
        page[name] = value
    return page


def not_found(request: HttpRequest, exception: Exception | None = None, row: str = "") -> HttpResponse:
    """Django's handler404, for addresses that no route serves, and for those of rows that have no page."""
    if request.path.startswith(DESK):
        return refusal(request, 404, "")
    with in_language_of(request):
        return refusal(request, 404, "")


@contextmanager
def in_language_of(request: HttpRequest) -> Iterator[None]:
    """Activate the language at the beginning of the request's path, else the desk's, and the desk's time zone."""
    prefix = request.path_info.split("/")[1]
    language = prefix if prefix in dict(settings.LANGUAGES) else settings.CLAIMTRACK_LANGUAGE
    with translation.override(language), timezone.override(desk_time_zone()):
        yield


def render(request: HttpRequest, template: str, context: Context, status: int = 200) -> HttpResponse:
    match = request.resolver_match
    root = reverse("pages:front", current_app=match.namespace if match else DEFAULT)
    frame = {
        **own_words(),
        "root": root,
        "canonical": absolute(request.path),
        "languages": _languages(request.path.removeprefix(root)) if status == 200 else [],
        "parts": _parts(request, root),
    }
    return HttpResponse(render_to_string(template, {**frame, **context}, request), status=status)


def _parts(request: HttpRequest, root: str) -> Mapping[str, str]:
    """Return the parts that all pages under this root share, by template name. Rendering them takes a millisecond."""
    common = {**own_words(), "root": root, "licence": licence()}
    key = translation.get_language() or "", repr(common)
    if key not in _common:
        _common[key] = {name: render_to_string(f"pages/{name}.html", common, request) for name in PARTS}
    return _common[key]


def own_words() -> Context:
    """Return the desk's name, and the language in which it writes labels, descriptions and rationales."""
    return {"desk": settings.CLAIMTRACK_DESK_NAME, "desk_language": settings.CLAIMTRACK_DEFAULT_LANGUAGE}


def _languages(path: str) -> list[dict[str, str]]:
    """Return each language of the site with its own name and with the address of this page in it."""
    return [
        {
            "code": code,
            "name": translation.get_language_info(code)["name_local"],
            "address": absolute(("/" if code == settings.CLAIMTRACK_LANGUAGE else f"/{code}/") + path),
        }
        for code, name in settings.LANGUAGES
    ]


class Page(LedgerViewSet):
    """A page of the public site, and the list of claims on it, if it has one."""

    queryset: QuerySet[Any] = Claim.objects.all()
    renderer_classes: Sequence[type[Representation]] = (Html,)
    content_negotiation_class = AlwaysHtml

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with in_language_of(request):
            response = super().dispatch(request, *args, **kwargs)
        if not settings.CLAIMTRACK_ANONYMOUS_READ:
            response["Cache-Control"] = "private, no-store"
        return response

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        if request.method not in ("GET", "HEAD"):
            raise MethodNotAllowed(str(request.method))
        super().initial(request, *args, **kwargs)

    @property
    def answers(self) -> BaseCache | None:
        """The cache of pages: rendering a template takes several times as long as reading its rows."""
        return caches["pages"]

    def get_authenticators(self) -> list[BaseAuthentication]:
        return [] if settings.CLAIMTRACK_ANONYMOUS_READ else super().get_authenticators()

    def get_exception_handler(self) -> Any:
        return handle

    def get_queryset(self) -> QuerySet[Any]:
        return Claim.objects.public()

    def page(self, template: str, context: Context, status: int = 200) -> HttpResponse:
        return render(self.request._request, template, context, status)


def not_public(rows: Any, pk: int, route: str) -> NoReturn:
    """Raise Moved to the page of the row that this one was merged into, if that is public, else Http404."""
    if winner := winner_for(rows, pk, EVERYBODY):
        raise Moved(route, winner.pk)
    raise Http404
