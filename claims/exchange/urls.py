from django.urls import path

from claims.exchange.factcheck import ClaimSearchView

# The path that Google's clients ask, whatever their root URL.
outside = [path("v1alpha1/claims:search", ClaimSearchView.as_view(), name="factcheck")]
