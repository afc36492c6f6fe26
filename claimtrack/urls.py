from allauth.account import views as account
from csp.decorators import csp_update
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularJSONAPIView, SpectacularSwaggerSplitView

from claims.admin import notices
from claims.admin.figures import views as figures
from claims.api import urls as claims
from claims.formats import urls as formats
from claims.pages import page
from claims.pages import urls as pages
from claimtrack import preferences, too_large
from claimtrack.admin.base import suggestions
from claimtrack.api import exceptions
from claimtrack.api.viewsets import RootView
from claimtrack.languages import Catalog
from claimtrack.signing_in import views as signing_in
from sources import urls as sources

api: list[URLPattern | URLResolver] = [
    *claims.urlpatterns,
    *sources.urlpatterns,
    path("", RootView.as_view(), name="root"),
]

# Swagger draws its icons from data: URLs in its own style sheet.
docs = csp_update({"img-src": ["'self'", "data:"]})(
    SpectacularSwaggerSplitView.as_view(template_name="claimtrack/docs.html")
)

urlpatterns = [
    path("api/v1/", include(api)),
    path("admin/account/", include("claimtrack.signing_in.urls")),
    # Before the admin's own URL patterns.
    path("admin/login/", signing_in.admin_login),
    path("admin/logout/", account.logout),
    path("admin/password_change/", RedirectView.as_view(pattern_name="account_change_password")),
    path("admin/figures/", include(figures.urlpatterns)),
    path("admin/notices/", admin.site.admin_view(notices.page), name="notices"),
    path("admin/preferences/", admin.site.admin_view(preferences.page), name="preferences"),
    path("admin/size/", too_large.size, name="admin_size"),
    # The admin would redirect these addresses to a row's page on the site, which no row has.
    path("admin/r/<path:row>", page.not_found),
    path("admin/autocomplete/", admin.site.admin_view(suggestions)),
    path("admin/", admin.site.urls),
    *formats.urlpatterns,
    path("jsi18n/<str:language>/<str:release>/", Catalog.as_view(), name="catalog"),
    path("api/schema/", SpectacularJSONAPIView.as_view(), name="schema"),
    path("api/docs/", docs, name="docs"),
    re_path("^api(?:/|$)", exceptions.unrouted),
    re_path("^(?:annotations|feeds)/.*/$", exceptions.unrouted),
    *pages.urlpatterns,
]

handler400 = too_large.bad_request
handler404 = page.not_found
handler429 = signing_in.too_many
handler500 = exceptions.server_error
