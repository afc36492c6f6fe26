import pytest

from claimtrack.refusals import Conflict, Invalid, NotAllowed
from sources.curating import create_source
from sources.models import Source
from tests.factories import make_source, make_user

pytestmark = pytest.mark.django_db


def make(role: str = "moderator", **given) -> Source:
    return create_source(by=make_user(role), **{"name": "Harbour Post", **given})


def test_it_works():
    source = make(
        kind="newspaper",
        homepage="https://harbour.example/",
        country="XO",
        language="en",
        notes="Daily.",
        domains=["www.Harbour.example", "harbour.example", "post.example"],
    )
    found = Source.objects.values("name", "kind", "homepage", "country", "language", "notes").get(pk=source.pk)
    assert list(found.values()) == ["Harbour Post", "newspaper", "https://harbour.example/", "XO", "en", "Daily."]
    assert {domain.host for domain in source.domains.all()} == {"harbour.example", "post.example"}


def test_a_contributor_may_not():
    with pytest.raises(NotAllowed):
        make("contributor")


def test_a_domain_has_one_source():
    owner = make_source("harbour.example")
    with pytest.raises(Conflict) as refused:
        make(domains=["harbour.example"])
    assert (refused.value.code, refused.value.extra) == ("domain_taken", {"source": owner.pk})
    assert not Source.objects.filter(name="Harbour Post").exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": " "}, "name"),
        ({"kind": "shop"}, "kind"),
        ({"homepage": "harbour"}, "homepage"),
        ({"country": "Orrin"}, "country"),
        ({"domains": ["harbour.example/news"]}, "domains"),
        ({"domains": ["web.archive.org"]}, "domains"),
    ],
    ids=str,
)
def test_what_makes_no_sense(given, field):
    with pytest.raises(Invalid) as refused:
        make(**given)
    assert refused.value.field == field
