from rest_framework.routers import SimpleRouter

from sources.views import ArticleViewSet, SourceViewSet

router = SimpleRouter(use_regex_path=False)
router.register("sources", SourceViewSet, "sources")
router.register("articles", ArticleViewSet, "articles")

urlpatterns = router.urls
