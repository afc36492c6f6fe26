"""The number of metrics grows with the routes of this site, not with the requests. tests/operations has the server."""

import pytest

from claimtrack import metrics, middleware

pytestmark = pytest.mark.django_db

PATHS = [
    "/api/v1/claims/{}/",
    "/api/v1/claims/?q={}",
    "/api/v1/sources/{}/",
    "/api/v1/{}/",
    "/api/{}",
    "/annotations/{}/",
    "/feeds/{}/",
    "/v1alpha1/{}",
    "/admin/{}/",
    "/admin/claims/claim/{}/change/",
    "/admin/account/{}/",
    "/admin/account/password/reset/key/1-{}/",
    "/static/{}.css",
    "/{}",
    "/livez/{}",
]
LABELS = {
    metrics.REQUESTS: {"method", "route", "status"},
    metrics.SECONDS: {"route", "le"},
    metrics.DATABASE: {"route"},
}


@pytest.fixture
def series(client, settings, monkeypatch):
    """A function that asks for what has this number, and returns all series so far."""
    settings.CLAIMTRACK_METRICS = ("127.0.0.1", 9100)
    monkeypatch.setattr(middleware, "metrics", metrics, raising=False)

    def ask(number):
        for path in PATHS:
            client.get(path.format(number))
            client.generic(f"SPY{number}", path.format(number))
        return {
            (sample.name, *sorted(sample.labels.items()))
            for metric in LABELS
            for family in metric.collect()
            for sample in family.samples
        }

    return ask


def test_it_works(series):
    first = series(4711)
    assert series(4712) == first
    assert not any("471" in str(one) for one in first)
    assert {value for _, *labels in first for name, value in labels if name == "method"} == {"GET", "other"}


@pytest.mark.parametrize("metric", LABELS, ids=lambda metric: metric._name)
def test_no_label_names_a_reader_or_an_address(series, metric):
    series(1)
    found = {name for family in metric.collect() for sample in family.samples for name in sample.labels}
    assert found == LABELS[metric]
