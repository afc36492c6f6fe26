"""The page of figures, its CSV files, and the pack for the yearly review."""

import csv
import io
import re
from datetime import UTC, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from claims import curating
from claims.admin.figures import tables
from claims.admin.figures.views import FIGURES
from claims.admin.figures.words import KINDS
from claims.api.serializers import reviews
from claims.curating import shelf_life
from claims.figures.periods import preset
from claims.models import Review
from claims.models.figures import time_to_verdict
from tests import factories

PAGE = reverse("figures")
PACK = reverse("figures-pack")


def file(name):
    return reverse("figures-file", args=[name])


@pytest.fixture
def editor(db):
    return factories.make_user("editor", username="vera")


@pytest.fixture
def in_charge(client, editor):
    """Return the client of a signed-in Editor."""
    client.force_login(editor)
    return client


@pytest.fixture
def ledger(editor):
    """A claim in every status, one corrected at once and one after it was reopened, one confirmed, one merged away."""
    claims = {status: factories.make_claim(status, topics=["traffic"]) for status in factories.WAYS}
    speaker = factories.make_speaker("Ingrid Solvey", role="Mayor")
    for name in ("corrected", "reopened", "confirmed"):
        claims[name] = factories.make_claim("checked", speaker=speaker, topics=["traffic", "budget"])
    factories.step(claims["corrected"], "checked", by=editor, verdict="true", rationale="Counted again.")
    factories.step(claims["reopened"], "in_review", by=editor, rationale="A reader wrote.")
    factories.step(claims["reopened"], "checked", by=editor, verdict="half_true", rationale="Half of it.")
    factories.step(claims["confirmed"], "checked", by=editor, rationale="Still so.")
    move("claims_claim", claims["unverified"].pk, timezone.now() - timedelta(days=40))
    asked = {"asked_for": "reply", "channel": "email", "asked_on": shelf_life.today(), "by": editor}
    inquiry = curating.inquire(claim=claims["checked"], **asked)
    curating.record_outcome(inquiry=inquiry, by=editor, answer="declined", came_on=shelf_life.today())
    curating.inquire(claim=claims["corrected"], name="Roads Office", **asked)
    return claims


def move(table, pk, moment):
    """Say that a row was made then, past the guards."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(f"UPDATE {table} SET created_at = %s WHERE id = %s", [moment, pk])
        cursor.execute("SET LOCAL session_replication_role = origin")


def figures(client, query=""):
    return {figure.name: figure for figure in client.get(PAGE + query).context["figures"]}


def table(figure):
    """Return the numbers of a figure that are not 0, as {(row, column): number}."""
    return {
        (row.label, series.label): cell.value
        for row in figure.rows
        for series, cell in zip(figure.series, row.cells, strict=True)
        if cell.value
    }


def rows(response):
    return list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))


def test_it_works(in_charge, ledger):
    response = in_charge.get(PAGE)
    page = response.content.decode()
    found = {figure.name: figure for figure in response.context["figures"]}
    assert response.status_code == 200
    assert found["intake"].said == "9 claims came in.", "the tenth came before these 30 days"
    assert [(label, cell.value) for label, cell in found["decisions"].totals] == [
        ("Published", 5), ("Corrected", 2), ("Confirmed", 1), ("Withdrawn", 1), ("Dismissed", 1),
    ]  # fmt: skip
    assert found["open"].said == "4 claims are open now."
    assert table(found["open"])["Unverified", "Up to 3 months"] == 1
    assert table(found["by-topic"])["Traffic", "False"] == 2
    assert table(found["by-speaker"])["Ingrid Solvey", "Half true"] == 1
    assert table(found["people"])["vera", "Corrected"] == 2
    assert "5 claims got their first verdict" in page
    assert "2 corrections" in page and "A reader wrote." in page and "Counted again." in page


def test_a_plot_needs_no_script_and_says_what_it_shows(in_charge, ledger):
    page = in_charge.get(PAGE).content.decode()
    plots = re.findall(r"<svg viewBox=\"0 0 960.*?</svg>", page, re.DOTALL)
    assert len(plots) == 3
    for plot in plots:
        assert 'role="img"' in plot and re.search(r"<title id=[^>]*>\w", plot) and re.search(r"<desc id=[^>]*>\w", plot)
    main = page[page.index('id="content"') :]
    assert "<script" not in main.partition("</main>")[0] and "style=" not in main.partition("</main>")[0]


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("query", ["", "?period=12-months"])
def test_each_number_leads_to_exactly_its_rows(in_charge, ledger, name, query):
    figure = figures(in_charge, query)[name]
    links = {cell.link: cell.value for row in figure.rows for cell in row.cells if cell.link and cell.value}
    links |= {cell.link: cell.value for _label, cell in figure.totals}
    links |= {row.link: sum(cell.value for cell in row.cells) for row in figure.rows if row.link}
    assert links
    listed = {link: in_charge.get(link).context["cl"].result_count for link in links}
    assert listed == links


@pytest.mark.parametrize("name", FIGURES)
def test_the_sentence_above_leads_to_all_rows(in_charge, ledger, name):
    figure = figures(in_charge)[name]
    if figure.link:
        listed = in_charge.get(figure.link).context["cl"].result_count
        assert figure.said.startswith(f"{listed} ")


def test_the_links_hold_in_the_desks_time_zone(in_charge, ledger, settings):
    """In Tokyo it is tomorrow already for nine hours of each day in UTC."""
    settings.CLAIMTRACK_TIME_ZONE = "Asia/Tokyo"
    midnight = timezone.localtime(timezone=timezone.get_fixed_timezone(540)).replace(hour=0, minute=30) - timedelta(
        days=3
    )
    move("claims_claim", ledger["proposed"].pk, midnight)
    figure = figures(in_charge)["intake"]
    counted = {row.keys[0]: row.cells[0] for row in figure.rows}
    cell = counted[midnight.date().isoformat()]
    assert (cell.value, in_charge.get(cell.link).context["cl"].result_count) == (1, 1)


def test_corrections_lead_to_their_rows(in_charge, ledger):
    told = in_charge.get(PAGE).context["corrections"]
    assert in_charge.get(told["link"]).context["cl"].result_count == 2
    assert in_charge.get(told["confirmations"]).context["cl"].result_count == 1


@pytest.mark.parametrize("name", FIGURES)
def test_each_figure_is_a_csv_file_too(in_charge, ledger, name):
    figure = figures(in_charge)[name]
    response = in_charge.get(file(name))
    assert response["Content-Type"].startswith("text/csv")
    assert re.fullmatch(
        rf'attachment; filename="\d{{4}}-\d\d-\d\d-\d{{4}}-\d\d-\d\d-{name}.csv"', response["Content-Disposition"]
    )
    told = [[str(value) for value in row.values()] for row in rows(response)]
    shown = [
        ["" if value is None else str(value) for value in (*row.keys, *(cell.value for cell in row.cells))]
        for row in figure.rows
    ]
    assert told == shown and shown


def test_the_csv_of_corrections_says_why(in_charge, ledger):
    reopened, corrected = rows(in_charge.get(file("corrections")))
    assert (corrected["verdict_before"], corrected["verdict_after"], corrected["reason"]) == (
        "False",
        "True",
        "Counted again.",
    )
    assert (reopened["reason"], reopened["reason_to_reopen"], reopened["person"]) == (
        "Half of it.",
        "A reader wrote.",
        "vera",
    )
    assert float(corrected["days_between"]) == 0


def test_how_long_a_verdict_takes_and_a_wrong_one_stands(in_charge, ledger):
    now = timezone.now()
    publication = Review.objects.get(claim=ledger["corrected"], replaces=None, to_status="checked")
    move("claims_review", publication.pk, now - timedelta(days=3))
    move("claims_claim", ledger["corrected"].pk, now - timedelta(days=13))
    move("claims_claim", ledger["confirmed"].pk, now - timedelta(days=5))
    whole, parts = time_to_verdict(Review.objects.all(), preset("30-days", now.date(), UTC))
    # 0, 0, 0, 5 and 10 days
    assert (whole.count, whole.median.days, whole.most / timedelta(days=1)) == (5, 0, pytest.approx(8))
    assert parts[publication.created_at.date() - timedelta(days=3)].median == timedelta(days=10)
    (delay,) = [
        float(row["days_between"]) for row in rows(in_charge.get(file("corrections"))) if row["verdict_after"] == "True"
    ]
    assert delay == 3


def test_a_csv_file_has_every_row(in_charge, ledger):
    for number in range(22):
        factories.make_claim("checked", topics=[f"topic-{number}"])
    assert len(figures(in_charge)["by-topic"].rows) == 20
    assert len(rows(in_charge.get(file("by-topic")))) == 24


def test_a_name_is_no_formula(in_charge, ledger):
    factories.make_claim("checked", speaker=factories.make_speaker("=1+1"))
    names = [row["name"] for row in rows(in_charge.get(file("by-speaker")))]
    assert "'=1+1" in names


def test_an_empty_ledger_has_figures_too(in_charge):
    page = in_charge.get(PAGE).content.decode()
    assert (
        "0 claims came in." in page and "No claim got its first verdict." in page and "Nothing was corrected." in page
    )
    assert b"".join(in_charge.get(PACK).streaming_content)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?period=ever", "Select a valid choice"),
        ("?first=tomorrow", "Enter a valid date"),
        ("?first=2025-02-30", "Enter a valid date"),
        ("?last=2025-02-01", "Say from which day."),
        ("?first=2025-03-01&last=2025-02-01", "The last day comes before the first."),
        ("?first=0001-01-01&last=2025-02-01", "Years go from 1000 to 2999."),
        ("?first=2025-01-01&last=9999-12-31", "Years go from 1000 to 2999."),
        ("?first=1990-01-01&last=2025-01-01", "A period has at most 20 years."),
        ("?first=%00", "Enter a valid date"),
    ],
)
@pytest.mark.parametrize("address", [PAGE, PACK, file("intake")])
def test_a_period_that_is_none_is_told(in_charge, address, query, sentence):
    response = in_charge.get(address + query)
    assert response.status_code == 400 and sentence in response.content.decode()


def test_there_is_no_other_file(in_charge):
    assert in_charge.get(file("secrets")).status_code == 404


@pytest.mark.parametrize("role", ["contributor", "moderator"])
@pytest.mark.parametrize("address", [PAGE, PACK, file("people")])
def test_only_editors_see_how_people_work(client, db, role, address):
    client.force_login(factories.make_user(role))
    assert client.get(address).status_code == 403
    assert PAGE not in client.get(reverse("admin:index")).content.decode()


def test_an_editor_finds_the_page(in_charge):
    assert PAGE in in_charge.get(reverse("admin:index")).content.decode()
    assert PAGE in in_charge.get(PAGE).content.decode()


def test_strangers_sign_in_first(client, db):
    assert client.get(PAGE).status_code == 302


def test_counting_that_takes_too_long_is_told(in_charge, monkeypatch):
    added = tables.figures.added

    def slowly(*given):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = '20ms'")
            cursor.execute("SELECT pg_sleep(60)")
        return added(*given)

    monkeypatch.setattr(tables.figures, "added", slowly)
    response = in_charge.get(PAGE)
    assert response.status_code == 503
    assert "Choose a shorter period." in response.content.decode()


def test_more_downloads_than_allowed_are_told(in_charge, monkeypatch, settings):
    held = [in_charge.get(PACK) for _ in range(settings.CLAIMTRACK_EXPORTS)]
    response = in_charge.get(PACK)
    assert response.status_code == 503 and "Try again in a few seconds." in response.content.decode()
    assert held


def test_the_page_asks_a_constant_number_of_queries(in_charge, ledger):
    in_charge.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        in_charge.get(PAGE)
    for number in range(5):
        factories.make_claim("checked", topics=[f"topic-{number}"])
    with CaptureQueriesContext(connection) as many:
        in_charge.get(PAGE)
    assert len(many) == len(few) < 30


def test_every_kind_of_step_has_a_word():
    assert set(reviews.KINDS) <= set(KINDS)
