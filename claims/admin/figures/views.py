"""/admin/figures/: the figures of a period, each as a CSV file too, and the pack for the yearly review.

Editors see them. Moderators do not, because the figures compare people's work, and who may look at that is for the person in
charge: a colleague is not.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial, wraps

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, transaction
from django.http import Http404, HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from psycopg.errors import QueryCanceled

from claims.admin.figures import asked, corrections, tables
from claims.admin.figures.figure import Figure
from claims.admin.figures.forms import LABELS, PeriodForm
from claims.figures import pack
from claims.figures.archive import zipped
from claims.figures.periods import Period
from claims.formats.csv import BOM, table
from claimtrack.api.exports import ExportResponse, TooManyExports
from claimtrack.db.timeouts import streaming
from claimtrack.models import User
from claimtrack.roles import Role, role_of, signed_in

Make = Callable[[Period, User], Figure]
FIGURES: dict[str, Make] = {
    "intake": tables.intake,
    "decisions": tables.decisions,
    "time-to-verdict": tables.time_to_verdict,
    "open": tables.open_claims,
    "by-topic": tables.by_topic,
    "by-speaker": tables.by_speaker,
    "asked": asked.by_whom,
    "people": tables.people,
}
# As files these have every row.
WHOLE: dict[str, Make] = {
    "by-topic": partial(tables.by_topic, most=None),
    "by-speaker": partial(tables.by_speaker, most=None),
    "asked": partial(asked.by_whom, most=None),
}
View = Callable[..., HttpResponseBase]


def _about_a_period(view: View) -> View:
    """Call the view with the period in the address. The page of figures shows errors."""

    @wraps(view)
    def answer(request: HttpRequest, **names: str) -> HttpResponseBase:
        if role_of(request.user) < Role.EDITOR:
            raise PermissionDenied
        form = PeriodForm(request.GET)
        if not form.is_valid():
            return _page(request, form, status=400)
        try:
            return view(request, form, **names)
        except OperationalError as error:
            if not isinstance(error.__cause__, QueryCanceled):
                raise
            refusal = _("To count this took longer than this site allows. Choose a shorter period.")
        except TooManyExports:
            refusal = _("This server is sending as many files as it may at a time. Try again in a few seconds.")
        return _page(request, form, status=503, refusal=refusal)

    return answer


def _page(request: HttpRequest, form: PeriodForm, status: int = 200, **more: object) -> HttpResponseBase:
    context = {
        **admin.site.each_context(request),
        "title": _("Figures"),
        "form": form,
        "presets": LABELS.items(),
        "chosen": form.cleaned_data.get("chosen"),
        "named": form.cleaned_data.get("name"),
        **more,
    }
    # Rendered here, so that the page can report a cancelled statement.
    return TemplateResponse(request, "admin/figures/page.html", context, status=status).render()


@_about_a_period
def page(request: HttpRequest, form: PeriodForm) -> HttpResponseBase:
    period, user = form.cleaned_data["chosen"], signed_in(request.user)
    with transaction.atomic():
        figures = [make(period, user) for make in FIGURES.values()]
        return _page(request, form, figures=figures, corrections=corrections.summary(period, user))


@_about_a_period
def file(request: HttpRequest, form: PeriodForm, name: str) -> HttpResponseBase:
    period, user = form.cleaned_data["chosen"], signed_in(request.user)
    if name == "corrections":
        pieces = table(corrections.COLUMNS, corrections.csv_rows(period, user))
    elif name in FIGURES:
        with transaction.atomic():
            pieces = WHOLE.get(name, FIGURES[name])(period, user).csv()
    else:
        raise Http404
    return _download(request, f"{name}.csv", "text/csv; charset=utf-8; header=present", period, _marked(pieces))


def _marked(pieces: Iterable[str]) -> Iterator[bytes]:
    """Begin with a byte order mark, by which Excel recognises UTF-8."""
    yield BOM.encode()
    for piece in pieces:
        yield piece.encode()


@_about_a_period
def review_pack(request: HttpRequest, form: PeriodForm) -> HttpResponseBase:
    period = form.cleaned_data["chosen"]
    with transaction.atomic():
        files = pack.files(period)
    return _download(request, "fact-checks.zip", "application/zip", period, zipped(files))


def _download(
    request: HttpRequest, name: str, content_type: str, period: Period, pieces: Iterator[bytes]
) -> ExportResponse:
    def stream() -> Iterator[bytes]:
        with streaming():
            yield from pieces

    response = ExportResponse(iter(()) if request.method == "HEAD" else stream(), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{period.first}-{period.last}-{name}"'
    return response


urlpatterns = [
    path("", admin.site.admin_view(page), name="figures"),
    path("pack/", admin.site.admin_view(review_pack), name="figures-pack"),
    path("<slug:name>.csv", admin.site.admin_view(file), name="figures-file"),
]
