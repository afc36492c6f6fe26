"""Claims in the admin: the queue, the form for a new claim, and the addresses of the review, bulk and merge pages."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims import curating, notices
from claims.admin import bulk, decided, exporting, importing, merges, preview, saved_views
from claims.admin.forms import ProposeForm, show_refusal, show_warnings
from claims.admin.queue import FIELDS, VIEWS, QueueFilter
from claims.admin.review import ReviewPage
from claims.curating.fields import NewAppearance
from claims.matching import same_warnings
from claims.models import Claim
from claims.models.claim import ClaimQuerySet
from claims.models.queue import find, names_like
from claims.models.search import StopWords
from claimtrack.admin import DeskAdmin
from claimtrack.db.capped import CAP
from claimtrack.languages import translated
from claimtrack.refusals import Refused
from claimtrack.roles import Role, role_of, signed_in


@admin.register(Claim)
class ClaimAdmin(DeskAdmin):
    list_display = ["wording", "state", "age"]
    list_filter = [QueueFilter]
    search_fields = ["text"]
    actions = [bulk.accept, bulk.take, bulk.take_over, bulk.ask, bulk.release, bulk.dismiss, bulk.approve]
    change_list_template = "admin/claims/claim/change_list.html"

    def get_queryset(self, request: HttpRequest) -> ClaimQuerySet:
        return Claim.objects.visible_to(request.user).for_list().select_related("assignee", "request__person")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[ClaimQuerySet, bool]:
        if not search_term:
            return queryset, False
        try:
            return find(queryset, search_term), False
        except StopWords as refused:
            messages.warning(request, translated(refused))
            return queryset.none(), False

    def get_actions(self, request: HttpRequest) -> dict[str, tuple[Callable[..., str], str, str] | None]:
        """Only Moderators take bulk steps, and nobody deletes claims."""
        return super().get_actions(request) if role_of(request.user) >= Role.MODERATOR else {}

    @admin.display(description=gettext_lazy("claim"))
    def wording(self, claim: Claim) -> str:
        return render_to_string("admin/claims/claim/cell_claim.html", {"claim": claim})

    @admin.display(description=gettext_lazy("status and verdict"))
    def state(self, claim: Claim) -> str:
        return render_to_string("admin/claims/claim/cell_state.html", {"claim": claim})

    @admin.display(description=gettext_lazy("age"))
    def age(self, claim: Claim) -> str:
        return render_to_string("admin/claims/claim/cell_age.html", {"claim": claim})

    def get_urls(self) -> list[URLPattern]:
        def guarded(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
            return self.admin_site.admin_view(view)

        return [
            path("session/", guarded(self.session_view), name="claims_claim_session"),
            path("bulk/<str:name>/", guarded(self.bulk_view), name="claims_claim_bulk"),
            path("<int:pk>/decided/<int:review>/", guarded(self.decided_view), name="claims_claim_decided"),
            path("<int:pk>/readers/", guarded(self.readers_view), name="claims_claim_readers"),
            path("<int:pk>/merge/", guarded(self.choose_view), name="claims_claim_choose"),
            path("<int:pk>/merge/<int:other>/", guarded(self.merge_view), name="claims_claim_merge"),
            *importing.urls(self),
            *exporting.urls(self),
            *saved_views.urls(self),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
        moderates = role_of(request.user) >= Role.MODERATOR
        hidden = (
            {"proposals"} if moderates else {*("mine", "asked", "unassigned", "approval", "again", "due", "suggested")}
        )
        views = [(value, label) for value, label in VIEWS.items() if value not in hidden]
        context = {
            "title": _("Claims"),
            "views": views,
            "view": request.GET.get("view", ""),
            "cap": CAP,
            "suggestions": partial(names_like, request.GET.get("q", "")),
            # The change list leaves out the media of its filters.
            "media": self.media + FIELDS["speaker"][1].media,
            **(extra_context or {}),
        }
        return super().changelist_view(request, context)

    def change_view(self, request: HttpRequest, object_id: str, *args: object, **kwargs: object) -> HttpResponse:
        """Show the review page to everybody who may see the claim, with the forms of the steps that are open to them."""
        claim = self._seen(request, unquote(object_id))
        if claim is None:
            return self.not_found(request, object_id)
        notices.read(by=signed_in(request.user), claim=claim)
        page = ReviewPage(request, claim, self.admin_site)
        return page.act() if request.method == "POST" else page.render()

    def decided_view(self, request: HttpRequest, pk: int, review: int) -> HttpResponse:
        claim = self._seen(request, str(pk))
        if claim is None:
            return self.not_found(request, str(pk))
        return decided.show(ReviewPage(request, claim, self.admin_site), review)

    def readers_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        claim = self._seen(request, str(pk))
        if claim is None:
            return self.not_found(request, str(pk))
        return preview.as_readers_see_it(request, claim, signed_in(request.user), self.admin_site)

    def _seen(self, request: HttpRequest, key: str) -> Claim | None:
        related = ("speaker", "verdict", "assignee", "created_by")
        claims = Claim.objects.visible_to(request.user).select_related(*related).defer("search")
        claim = claims.filter(pk=key).first() if key.isdecimal() else None
        if claim and not self.has_view_permission(request, claim):
            raise PermissionDenied
        return claim

    def add_view(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Propose a claim by form. On the page of its article, selecting the quote does the same."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = ProposeForm(request.POST or None, initial=request.GET.dict())
        nearest: dict[str, Any] = {}
        if request.method == "POST" and form.is_valid():
            snapshot = form.cleaned_data["article"].current_snapshot
            appearance = NewAppearance(snapshot=snapshot, quote=form.cleaned_data["quote"])
            try:
                proposed = curating.propose(by=signed_in(request.user), appearances=[appearance], **form.columns())
                messages.success(request, _("Proposed."))
                [alike] = same_warnings([proposed.claim.text], user=request.user, but=[proposed.claim.pk])
                show_warnings(request, [*proposed.warnings, *alike])
                return HttpResponseRedirect(reverse("admin:claims_claim_change", args=[proposed.claim.pk]))
            except Refused as refusal:
                show_refusal(form, refusal, at="quote" if refusal.field.startswith("appearances") else "")
                nearest = refusal.extra.get("nearest", {})
        context = {
            **self.admin_site.each_context(request),
            "title": _("Propose a claim"),
            "opts": self.opts,
            "form": form,
            "nearest": nearest,
            "media": form.media,
        }
        return TemplateResponse(request, "admin/claims/claim/add.html", context)

    def bulk_view(self, request: HttpRequest, name: str) -> HttpResponse:
        return bulk.page(self, request, name)

    def session_view(self, request: HttpRequest) -> HttpResponse:
        """Tell a page that was opened before the last sign-in who is signed in now, and the token of this session."""
        return JsonResponse({"user": request.user.pk, "name": str(request.user), "csrf": get_token(request)})

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """Lead to the review page, which shows the history that this person may see."""
        return HttpResponseRedirect(reverse("admin:claims_claim_change", args=[object_id]))

    def choose_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return merges.choose(self, request, pk)

    def merge_view(self, request: HttpRequest, pk: int, other: int) -> HttpResponse:
        return merges.page(self, request, pk, other)

    def has_delete_permission(self, request: HttpRequest, obj: Claim | None = None) -> bool:
        return False
