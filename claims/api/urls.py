from django.urls import path
from rest_framework.routers import SimpleRouter

from claims.api.views.appearances import AppearanceViewSet
from claims.api.views.assignments import AssigneeView, RequestView
from claims.api.views.bulk import BulkView
from claims.api.views.changes import ChangesView
from claims.api.views.claims import ClaimViewSet
from claims.api.views.comments import CommentViewSet
from claims.api.views.dictionary import DictionaryView
from claims.api.views.exports import ClaimCsvViewSet, ClaimJsonLdViewSet, ClaimNdjsonViewSet
from claims.api.views.external_reviews import ExternalReviewViewSet
from claims.api.views.facets import FacetViewSet
from claims.api.views.inquiries import InquiryViewSet
from claims.api.views.matching import MatchView
from claims.api.views.notices import NoticeViewSet
from claims.api.views.quotations import QuotationsView
from claims.api.views.receipts import ReceiptView
from claims.api.views.reviews import ReviewViewSet
from claims.api.views.source_changes import SourceChangeViewSet, SourceDecisionViewSet
from claims.api.views.speakers import SpeakerViewSet
from claims.api.views.topics import TopicViewSet
from claims.api.views.verdicts import VerdictViewSet
from claims.api.views.webhooks import DeliveryViewSet, WebhookViewSet

router = SimpleRouter(use_regex_path=False)
router.register("claims", ClaimViewSet, "claims")
router.register("speakers", SpeakerViewSet, "speakers")
router.register("topics", TopicViewSet, "topics")
router.register("verdicts", VerdictViewSet, "verdicts")
router.register("external-reviews", ExternalReviewViewSet, "external-reviews")
router.register("webhooks", WebhookViewSet, "webhooks")

urlpatterns = [
    # Most-requested routes first.
    *router.urls,
    *(
        path(
            f"claims.{suffix}", view.as_view({"get": "list"}, detail=False, basename="claims"), name=f"claims-{suffix}"
        )
        for suffix, view in (("csv", ClaimCsvViewSet), ("ndjson", ClaimNdjsonViewSet), ("jsonld", ClaimJsonLdViewSet))
    ),
    path("claims/changes/", ChangesView.as_view(), name="claims-changes"),
    path("claims/dictionary/", DictionaryView.as_view(), name="claims-dictionary"),
    path("claims/facets/", FacetViewSet.as_view({"get": "list"}), name="claims-facets"),
    path("claims/match/", MatchView.as_view(), name="claims-match"),
    path("claims/bulk/", BulkView.as_view(), name="claims-bulk"),
    path("claims/<int:claim>/reviews/", ReviewViewSet.as_view({"get": "list", "post": "create"}), name="reviews-list"),
    path(
        "claims/<int:claim>/inquiries/",
        InquiryViewSet.as_view({"get": "list", "post": "create"}),
        name="inquiries-list",
    ),
    path(
        "claims/<int:claim>/inquiries/<int:inquiry>/outcomes/",
        InquiryViewSet.as_view({"post": "record"}),
        name="inquiries-outcomes",
    ),
    path("claims/<int:claim>/receipt/", ReceiptView.as_view(), name="claims-receipt"),
    path("claims/<int:claim>/appearances/", AppearanceViewSet.as_view({"post": "create"}), name="appearances-list"),
    path(
        "claims/<int:claim>/appearances/<int:appearance>/",
        AppearanceViewSet.as_view({"delete": "destroy"}),
        name="appearances-detail",
    ),
    path("claims/<int:claim>/assignee/", AssigneeView.as_view(), name="claims-assignee"),
    path("articles/<int:article>/quotations/", QuotationsView.as_view(), name="articles-quotations"),
    path("claims/<int:claim>/request/", RequestView.as_view(), name="claims-request"),
    path(
        "claims/<int:claim>/comments/",
        CommentViewSet.as_view({"get": "list", "post": "create"}),
        name="comments-list",
    ),
    path(
        "claims/<int:claim>/comments/<int:comment>/",
        CommentViewSet.as_view({"delete": "destroy"}),
        name="comments-detail",
    ),
    path(
        "claims/<int:claim>/source-decisions/",
        SourceDecisionViewSet.as_view({"get": "list", "post": "create"}),
        name="source-decisions-list",
    ),
    path("source-changes/", SourceChangeViewSet.as_view({"get": "list"}), name="source-changes-list"),
    path("notices/", NoticeViewSet.as_view({"get": "list"}), name="notices-list"),
    *(
        path(
            f"webhooks/<int:pk>/{name}/", WebhookViewSet.as_view({"post": action}, detail=True), name=f"webhooks-{name}"
        )
        for name, action in (("secret", "renew"), ("replay", "replay"))
    ),
    path(
        "webhooks/<int:webhook>/deliveries/",
        DeliveryViewSet.as_view({"get": "list", "post": "create"}),
        name="deliveries-list",
    ),
    path("notices/read/", NoticeViewSet.as_view({"post": "read"}), name="notices-read"),
]
