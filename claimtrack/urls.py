from csp.decorators import csp_update
from django.contrib import admin
from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularJSONAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import SimpleRouter

from claims.api.views.changes import ChangesView
from claims.api.views.claims import (
    ClaimViewSet,
    FacetViewSet,
    ReviewViewSet,
    SpeakerViewSet,
    TopicViewSet,
    VerdictViewSet,
)
from claims.api.views.exports import DictionaryView
from claims.api.views.external_reviews import ExternalReviewViewSet
from claims.api.views.writing import AppearanceViewSet, BulkView
from claims.formats import urls as exchange
from claimtrack.api import exceptions
from claimtrack.api.viewsets import RootView
from sources.views import ArticleViewSet, SourceViewSet

router = SimpleRouter(use_regex_path=False)
router.register("claims", ClaimViewSet, "claims")
router.register("speakers", SpeakerViewSet, "speakers")
router.register("sources", SourceViewSet, "sources")
router.register("articles", ArticleViewSet, "articles")
router.register("topics", TopicViewSet, "topics")
router.register("verdicts", VerdictViewSet, "verdicts")
router.register("external-reviews", ExternalReviewViewSet, "external-reviews")

# What is asked most is looked for first.
api = [
    *router.urls,
    path("", RootView.as_view(), name="root"),
    path("claims/changes/", ChangesView.as_view(), name="claims-changes"),
    path("claims/dictionary/", DictionaryView.as_view(), name="claims-dictionary"),
    path("claims/facets/", FacetViewSet.as_view({"get": "list"}), name="claims-facets"),
    path("claims/bulk/", BulkView.as_view(), name="claims-bulk"),
    path("claims/<int:claim>/reviews/", ReviewViewSet.as_view({"get": "list", "post": "create"}), name="reviews-list"),
    path("claims/<int:claim>/appearances/", AppearanceViewSet.as_view({"post": "create"}), name="appearances-list"),
    path(
        "claims/<int:claim>/appearances/<int:appearance>/",
        AppearanceViewSet.as_view({"delete": "destroy"}),
        name="appearances-detail",
    ),
]

# Swagger draws its icons from data: URLs in its own style sheet.
docs = csp_update({"img-src": ["'self'", "data:"]})(
    SpectacularSwaggerSplitView.as_view(template_name="claimtrack/docs.html")
)

urlpatterns = [
    path("api/v1/", include(api)),
    path("admin/", admin.site.urls),
    *exchange.outside,
    path("api/schema/", SpectacularJSONAPIView.as_view(), name="schema"),
    path("api/docs/", docs, name="docs"),
    re_path("^api(?:/|$)", exceptions.unrouted),
]

handler400 = exceptions.bad_request
handler500 = exceptions.server_error
