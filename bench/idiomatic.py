"""The API of claims as most people would write it with Django REST framework, on the same tables and with the same JSON.

It has nested ModelSerializers, select_related and prefetch_related, a django-filter FilterSet, PageNumberPagination with its
COUNT, and the middleware of `startproject` and django-allauth.

    DATABASE_URL=… CLAIMTRACK_SECRET_KEY=… gunicorn bench.idiomatic:application
"""

import django
from django.conf import settings

from claimtrack import settings as claimtrack_settings

settings.configure(
    **{name: getattr(claimtrack_settings, name) for name in dir(claimtrack_settings) if name.isupper()}
    | {
        "ROOT_URLCONF": "bench.idiomatic",
        "MIDDLEWARE": [
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
            "allauth.account.middleware.AccountMiddleware",  # its app requires it
        ],
        "REST_FRAMEWORK": {
            "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
            "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
            "PAGE_SIZE": 50,
            "DATETIME_FORMAT": "%Y-%m-%dT%H:%M:%S.%fZ",
        },
    }
)
django.setup()

import django_filters
from django.contrib.postgres.search import SearchQuery
from django.core.wsgi import get_wsgi_application
from django.db.models import F, Prefetch
from django.urls import include, path
from rest_framework import routers, serializers, viewsets

from claims.models import Appearance, Claim, Topic, Verdict
from claims.transitions import PUBLIC
from sources.models import Article, Snapshot


class TextOrNull(serializers.CharField):
    def to_representation(self, value):
        return value or None


class VerdictSerializer(serializers.ModelSerializer):
    class Meta:
        model = Verdict
        fields = ["code", "label", "value"]


class SnapshotSerializer(serializers.ModelSerializer):
    current = serializers.BooleanField(source="is_current")

    class Meta:
        model = Snapshot
        fields = ["id", "sha256", "taken_at", "method", "current"]


class ArticleSerializer(serializers.ModelSerializer):
    title = TextOrNull()
    url = serializers.CharField(source="canonical_url")
    published_at = serializers.CharField(source="published")

    class Meta:
        model = Article
        fields = ["id", "title", "url", "published_at"]


class AppearanceSerializer(serializers.ModelSerializer):
    start = serializers.IntegerField(source="start_offset")
    end = serializers.IntegerField(source="end_offset")
    snapshot = SnapshotSerializer()
    article = ArticleSerializer(source="snapshot.article")
    source = serializers.SerializerMethodField()

    class Meta:
        model = Appearance
        fields = ["id", "quote", "start", "end", "prefix", "suffix", "snapshot", "article", "source"]

    def get_source(self, appearance):
        article = appearance.snapshot.article
        return {"id": article.source.pk, "name": article.source.name, "domain": article.domain}


class ClaimSerializer(serializers.ModelSerializer):
    url = serializers.SerializerMethodField()
    receipt = serializers.ReadOnlyField(default=None)
    language = TextOrNull()
    verdict = VerdictSerializer()
    speaker = serializers.SerializerMethodField()
    said_at = serializers.CharField(source="said")
    due_on = serializers.CharField(source="due")
    topics = serializers.SlugRelatedField("slug", many=True, read_only=True)
    provenance = AppearanceSerializer(source="appearances", many=True)

    class Meta:
        model = Claim
        fields = [
            *(
                "id",
                "url",
                "receipt",
                "text",
                "language",
                "status",
                "verdict",
                "speaker",
                "said_at",
                "due_on",
                "topics",
                "provenance",
            ),
            *("version", "created_at", "updated_at", "review_by", "reviewed_at"),
        ]

    def get_url(self, claim):
        return f"{settings.CLAIMTRACK_SITE_URL}/api/v1/claims/{claim.pk}/"

    def get_speaker(self, claim):
        speaker = claim.speaker
        return speaker and {"id": speaker.pk, "name": speaker.name, "role": claim.speaker_role or None}


class ClaimFilter(django_filters.FilterSet):
    source = django_filters.NumberFilter("appearances__snapshot__article__source", distinct=True)
    topic = django_filters.CharFilter("topics__slug")
    q = django_filters.CharFilter(method="search")

    class Meta:
        model = Claim
        fields = ["status", "speaker"]

    def search(self, claims, name, value):
        return claims.filter(search=SearchQuery(value, config="claimtrack"))


class ClaimViewSet(viewsets.ReadOnlyModelViewSet):
    queryset = (
        Claim.objects.filter(status__in=PUBLIC, merged_into=None)
        .select_related("speaker", "verdict")
        .prefetch_related(
            Prefetch("topics", Topic.objects.order_by("slug")),
            Prefetch(
                "appearances",
                Appearance.objects.order_by(F("snapshot__article__published_at").asc(nulls_last=True), "pk"),
            ),
            "appearances__snapshot__article__source__domains",
        )
        .defer("search")
        .order_by("-created_at", "-id")
    )
    serializer_class = ClaimSerializer
    filterset_class = ClaimFilter


router = routers.SimpleRouter()
router.register("claims", ClaimViewSet)
urlpatterns = [path("api/v1/", include(router.urls))]
application = get_wsgi_application()
