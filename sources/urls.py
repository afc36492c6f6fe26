from django.urls import path
from rest_framework.routers import SimpleRouter

from sources.views import ArticleViewSet, FetchView, SourceViewSet

router = SimpleRouter(use_regex_path=False)
router.register("sources", SourceViewSet, "sources")
router.register("articles", ArticleViewSet, "articles")

urlpatterns = [*router.urls, path("fetches/<int:pk>/", FetchView.as_view(), name="fetches-detail")]
