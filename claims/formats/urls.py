from django.urls import path, re_path

from claims.formats.annotations.views import AnnotationViewSet
from claims.formats.feeds.views import ClaimReviewFeed, CorrectionFeed, VerdictFeed
from claims.formats.google.views import ClaimSearchView, unserved
from claims.formats.log import CheckpointView, KeyView, TileView, TimestampView
from claims.models import Checkpoint

# Outside the API: external specifications say what these answer.
urlpatterns = [
    path("annotations/", AnnotationViewSet.as_view({"get": "list"}, detail=False), name="annotations-list"),
    path(
        "annotations/<int:pk>/", AnnotationViewSet.as_view({"get": "retrieve"}, detail=True), name="annotations-detail"
    ),
    path("feeds/verdicts/", VerdictFeed.as_view(), name="feeds-verdicts"),
    path("feeds/corrections/", CorrectionFeed.as_view(), name="feeds-corrections"),
    path("feeds/claimreview/", ClaimReviewFeed.as_view(), name="feeds-claimreview"),
    path("log/checkpoint", CheckpointView.as_view(), name="log-checkpoint"),
    path(
        "log/cosigned",
        CheckpointView.as_view(checkpoints=Checkpoint.objects.exclude(cosignatures=None)),
        name="log-cosigned",
    ),
    path("log/key", KeyView.as_view(), name="log-key"),
    path("log/tile/<path:tile>", TileView.as_view(), name="log-tile"),
    re_path(
        r"^log/timestamps/(?P<day>\d{4}-\d\d-\d\d)(?P<checkpoint>/checkpoint)?$",
        TimestampView.as_view(),
        name="log-timestamp",
    ),
    # Google's clients request this path under any root URL.
    path("v1alpha1/claims:search", ClaimSearchView.as_view(), name="factcheck"),
    re_path("^v1alpha1/", unserved),
]
