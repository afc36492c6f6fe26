"""The source and the address that an ingest assigns to a page."""

import pytest

from claimtrack.refusals import Conflict
from sources.ingesting import ingest
from sources.models import Article, Domain, Source
from tests.sources.ingesting.pages import TEXT, URL, page, serving


def sentences(done):
    return tuple(warning.detail for warning in done.warnings)


def make_source(name, *hosts):
    source = Source.objects.create(name=name)
    for host in hosts:
        Domain.objects.create(source=source, host=host)
    return source


def test_the_host_decides_whatever_the_name(contributor):
    tidende = make_source("Tidende", "tidende.example")
    done = ingest(by=contributor, source_name="Impostor", url=URL, text=TEXT)
    assert done.source == tidende and not done.source_is_new and Source.objects.count() == 1
    assert sentences(done) == ("“tidende.example” is a domain of “Tidende”; the name “Impostor” is left out.",)


def test_the_domain_stated_tells_the_source_of_a_text_without_url(contributor):
    tidende = make_source("Tidende", "tidende.example")
    make_source("Tidende", "tidende.other")
    done = ingest(by=contributor, source_name="Tidende", source_domain="www.Tidende.example", text=TEXT)
    assert done.source == tidende and done.warnings == ()


def test_a_moderator_adds_a_new_host_to_a_known_source(moderator):
    tidende = make_source("Tidende", "tidende.example")
    done = ingest(by=moderator, source_name="Tidende", url="https://news.tidende.example/mill", text=TEXT)
    assert done.source == tidende and sentences(done) == ("“news.tidende.example” is now a domain of “Tidende”.",)
    assert {d.host for d in tidende.domains.all()} == {"tidende.example", "news.tidende.example"}


@pytest.mark.parametrize("named", [{"source_name": "Tidende"}, {"source_domain": "tidende.example"}])
def test_a_contributor_adds_no_host_to_a_known_source(contributor, named):
    tidende = make_source("Tidende", "tidende.example")
    with pytest.raises(Conflict) as refusal:
        ingest(by=contributor, url="https://elsewhere.example/mill", text=TEXT, **named)
    assert (refusal.value.code, refusal.value.field) == ("source_other_domain", "source")
    assert "ask a Moderator" in refusal.value.message and refusal.value.extra == {"source": tidende.pk}
    assert Domain.objects.count() == 1 and not Article.objects.exists()


def test_a_domain_beside_a_known_host_is_left_out(moderator):
    tidende = make_source("Tidende", "tidende.example")
    done = ingest(by=moderator, source_domain="typo.example", url=URL, text=TEXT)
    assert done.source == tidende and tidende.domains.count() == 1
    assert sentences(done) == ("“typo.example” is no known domain of “Tidende” and is left out.",)


def test_a_new_source_has_both_domains(contributor):
    done = ingest(
        by=contributor, source_name="Tidende", source_domain="tidende.example", url=f"https://news.{URL[8:]}", text=TEXT
    )
    assert {d.host for d in done.source.domains.all()} == {"tidende.example", "news.tidende.example"}


def test_a_name_of_several_sources_is_refused(contributor):
    sources = [make_source("Tidende", "a.example"), make_source("Tidende", "b.example")]
    with pytest.raises(Conflict) as refusal:
        ingest(by=contributor, source_name="Tidende", text=TEXT)
    assert refusal.value.code == "source_ambiguous" and refusal.value.extra == {"sources": [s.pk for s in sources]}


def test_an_article_stays_where_it_is_filed(contributor):
    first = ingest(by=contributor, source_name="Tidende", url=URL, text=TEXT)
    Domain.objects.update(source=make_source("Bought by another"))
    done = ingest(by=contributor, url=URL, text=TEXT)
    assert done.article == first.article and done.source == first.source and "stays there" in done.warnings[0].detail


@pytest.mark.parametrize(
    "link",
    [
        pytest.param("https://elsewhere.example/2026/mill", id="a host of nobody"),
        pytest.param("https://post.example/2026/mill", id="a host of another source"),
        pytest.param("https://nohost/2026/mill", id="no public host"),
    ],
)
def test_a_canonical_link_elsewhere_is_not_believed(contributor, link):
    make_source("Post", "post.example")
    done = ingest(by=contributor, url=URL, html=page(canonical=link))
    assert done.article.canonical_url == URL and done.source.name == "tidende.example"
    assert len(done.warnings) == 1 and link in done.warnings[0].detail and "stands" in done.warnings[0].detail


def test_a_canonical_link_on_another_host_of_the_source_is_believed(contributor):
    make_source("Tidende", "tidende.example", "avis.example")
    done = ingest(by=contributor, url="https://avis.example/mill", html=page(canonical=URL))
    assert done.article.canonical_url == URL and done.warnings == ()


def test_html_without_url_is_known_by_its_link_where_the_source_owns_the_host(contributor):
    make_source("Tidende", "tidende.example")
    assert ingest(by=contributor, source_name="Tidende", html=page(canonical=URL)).article.canonical_url == URL


def test_html_without_url_of_an_unknown_host_has_no_url(contributor):
    done = ingest(by=contributor, source_name="Tidende", html=page(canonical=URL))
    assert done.article.canonical_url is None and "give its URL" in done.warnings[0].detail


def test_a_shortener_leads_to_the_source(contributor):
    tidende = make_source("Tidende", "tidende.example")
    done = ingest(by=contributor, url="https://short.example/x", fetcher=serving(page(), final_url=URL))
    assert (done.source, done.article.url, done.article.canonical_url) == (tidende, URL, URL)
    assert "led to" in done.warnings[0].detail and not Domain.objects.filter(host="short.example").exists()


def test_a_redirect_within_a_source_is_no_news(contributor):
    tidende = make_source("Tidende", "tidende.example", "avis.example")
    done = ingest(by=contributor, url="https://avis.example/mill", fetcher=serving(page(), final_url=URL))
    assert (done.source, done.article.canonical_url, done.warnings) == (tidende, URL, ())


def test_what_leads_away_from_a_known_source_is_refused(contributor):
    make_source("Tidende", "tidende.example")
    consent = "https://consent.example/?for=tidende"
    with pytest.raises(Conflict) as refusal:
        ingest(by=contributor, url=URL, fetcher=serving(page(), final_url=consent))
    assert refusal.value.code == "redirected_away" and refusal.value.extra == {"final_url": consent}
    assert Source.objects.count() == 1


def test_a_redirect_adds_no_host_to_a_known_source(moderator):
    make_source("Tidende", "tidende.example")
    with pytest.raises(Conflict) as refusal:
        ingest(
            by=moderator, source_name="Tidende", url="https://short.example/x",
            fetcher=serving(page(), final_url="https://consent.example/x"),
        )  # fmt: skip
    assert refusal.value.code == "source_other_domain" and Domain.objects.count() == 1
