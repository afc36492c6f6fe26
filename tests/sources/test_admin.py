"""Sources with their domains, edited in the stock forms and recorded under whoever did it."""

from django.urls import reverse

from sources.models import Domain, Source
from tests import factories


def form(*hosts, source=None, **fields):
    """A source's form with its domains; known ones first."""
    known = list(source.domains.order_by("pk")) if source else []
    given = {"name": "The Courier", "kind": "newspaper", "homepage": "", "country": "", "language": "", "notes": ""}
    rows = {f"domains-{i}-host": host for i, host in enumerate(hosts)}
    rows |= {f"domains-{i}-id": domain.pk for i, domain in enumerate(known)}
    rows |= {f"domains-{i}-source": source.pk for i, domain in enumerate(known)}
    return {**given, **rows, "domains-TOTAL_FORMS": len(hosts), "domains-INITIAL_FORMS": len(known), **fields}


def test_a_source_is_added_with_domains_in_any_spelling(desk):
    answer = desk.post(reverse("admin:sources_source_add"), form("https://WWW.Courier.example/", "kurier.example"))
    assert answer.status_code == 302, answer.content.decode()
    assert list(Domain.objects.order_by("pk").values_list("host", flat=True)) == ["courier.example", "kurier.example"]


def test_an_edit_is_recorded_under_whoever_did_it(desk, moderator):
    source = factories.make_source(name="The Currier")
    host = source.domains.get().host
    desk.post(reverse("admin:sources_source_change", args=[source.pk]), form(host, source=source))
    source.refresh_from_db()
    event = source.events.get()
    assert source.name == "The Courier" and event.name == "The Currier"
    assert event.pgh_context.metadata == {"user": moderator.pk}
    page = desk.get(reverse("admin:sources_source_history", args=[source.pk])).content.decode()
    assert '<del dir="auto">The Currier</del>' in page and str(moderator) in page


def test_a_domain_that_is_none_is_told_at_its_row(desk):
    answer = desk.post(reverse("admin:sources_source_add"), form("courier.example/news"))
    assert answer.status_code == 200 and "Give the domain alone" in answer.content.decode()
    assert not Source.objects.exists()


def test_a_domain_of_another_source_is_told_at_its_row(desk):
    factories.make_source("taken.example")
    answer = desk.post(reverse("admin:sources_source_add"), form("www.taken.example"))
    assert answer.status_code == 200 and "already exists" in answer.content.decode()


def test_a_bad_country_is_told(desk):
    answer = desk.post(reverse("admin:sources_source_add"), form("c.example", country="xx"))
    assert answer.status_code == 200 and not Source.objects.exists()


def test_search_finds_a_domain_once(desk):
    source = factories.make_source("north.example")
    Domain.objects.create(source=source, host="south-north.example")
    found = desk.get(reverse("admin:sources_source_changelist"), {"q": "north"}).context["cl"].result_list
    assert [row.pk for row in found] == [source.pk]


def test_a_contributor_looks_and_does_not_touch(client, db):
    source = factories.make_source()
    client.force_login(factories.make_user("contributor"))
    page = client.get(reverse("admin:sources_source_change", args=[source.pk])).content.decode()
    assert source.name in page and 'name="_save"' not in page
    assert client.post(reverse("admin:sources_source_change", args=[source.pk]), form()).status_code == 403
