"""Which external reviews are the same, which correct another, and the warnings of an import."""

from dataclasses import replace

import pytest

from claims import curating
from claims.formats.claimreview import Claimant
from claims.importing import external_reviews
from claims.models import Claim, ExternalReview, Speaker
from claimtrack.refusals import Conflict
from claimtrack.warnings import InputWarning
from tests.claims.importing.test_external_reviews import REVIEW
from tests.factories import make_claim, make_speaker, make_user, step

pytestmark = pytest.mark.django_db


def record(by, **members):
    return external_reviews.record_review(item=replace(REVIEW, **members), by=by)


def load(by, *items, page=""):
    return external_reviews.import_reviews(
        items=[(f"item {number}", item) for number, item in enumerate(items, 1)], by=by, page=page
    )


def counted(report):
    return (report.new, report.changed, report.known, report.gone, len(report.refusals))


def codes(report):
    return [(warned.place, warned.code, warned.field) for warned in report.warnings]


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://lantern.example/checks/lighthouse", "another scheme, without www."),
        ("https://www.lantern.example/checks/lighthouse?utm_source=feed", "how a reader came"),
        ("https://lantern.example/checks/lighthouse#claim", "a place on the page"),
        ("HTTPS://WWW.Lantern.Example/checks/lighthouse", "capitals"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_same_review_at_another_spelling_of_its_address(url, reason):
    by = make_user("moderator")
    record(by)
    assert record(by, url=url).outcome == "known"
    assert ExternalReview.objects.get().url == REVIEW.url


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://www.lantern.example/checks/lighthouse/2", "another path"),
        ("https://www.lantern.example/checks/Lighthouse", "capitals in the path"),
        ("https://www.lantern.example/checks/lighthouse?page=2", "another page"),
        ("https://de.lantern.example/checks/lighthouse", "another host"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_another_address_is_another_review(url, reason):
    by = make_user("moderator")
    record(by)
    assert record(by, url=url).outcome == "new"


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        (Claimant("Ada Brook"), Claimant("Bo Lin"), False),
        (Claimant("Ada Brook"), None, False),
        (Claimant("Renée Søby"), Claimant("Renee Soby"), False),
        (Claimant("J. K. O’Hara"), Claimant("J.K. O'HARA"), True),
        (Claimant("N/A"), Claimant("Unknown"), True),
        (Claimant("-"), None, True),
    ],
    ids=["two people", "one and nobody", "alike", "identical", "placeholders", "a placeholder and nobody"],
)
def test_the_claimant_is_part_of_what_a_review_is(first, second, together):
    by = make_user("moderator")
    record(by, claimant=first, label="False")
    done = record(by, claimant=second, label="True")
    labels = list(ExternalReview.objects.order_by("pk").values_list("label", flat=True))
    assert (done.outcome, labels) == (("changed", ["True"]) if together else ("new", ["False", "True"]))
    assert Claim.objects.count() == len(labels)


@pytest.mark.parametrize("name", ["Various sources", "https://mill.example/ada", "ada@mill.example"])
def test_a_claimant_who_is_nobody_is_no_speaker(name):
    report = load(make_user("contributor"), replace(REVIEW, claimant=Claimant(name)))
    assert codes(report) == [("item 1", "speaker_nobody", "itemReviewed.author.name")]
    assert Claim.objects.get().speaker is None
    assert not Speaker.objects.exists()


@pytest.mark.parametrize(
    ("before", "now", "reason"),
    [
        ("The town sold the lighthuose.", "The town sold the lighthouse.", "a letter"),
        ("Ferries are free.", "Ferries are free on Sundays.", "more words"),
        ("The mayor “sold” it.", 'The mayor "sold" it.', "other marks"),
        ("市政府卖掉了灯塔。", "市政府已卖掉了灯塔。", "a script without blanks"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_corrected_wording_updates_the_review_and_the_claim(before, now, reason):
    by = make_user("moderator")
    first = record(by, text=before)
    done = record(by, text=now)
    assert (done.outcome, done.review) == ("changed", first.review)
    assert [warning.code for warning in done.warnings] == ["wording_corrected"]
    assert done.review.claim_reviewed == Claim.objects.get().text == now
    assert [event.claim_reviewed for event in done.review.events.all()] == [before]
    assert record(by, text=now).outcome == "known"


@pytest.mark.parametrize(
    ("before", "now", "reason"),
    [
        ("The town sold it.", "The brewery closed.", "other words"),
        ("The town has 40 bridges.", "The town has 14 bridges.", "another number"),
        ("The bridge was closed.", "The bridge was not closed.", "a denial"),
        ("It was sold.", "They sold it.", "some words in common"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_another_claim_of_a_page_is_another_review(before, now, reason):
    by = make_user("moderator")
    record(by, text=before)
    assert record(by, text=now).outcome == "new"
    assert ExternalReview.objects.count() == Claim.objects.count() == 2


def test_another_label_with_another_wording_is_another_review_unless_the_page_shows_all():
    by = make_user("moderator")
    record(by, text="Ferries are free.", label="True")
    assert record(by, text="Ferries are free on Sundays.", label="False").outcome == "new"
    report = load(by, replace(REVIEW, text="Ferries are free on Sunday.", label="Half"), page=REVIEW.url)
    assert counted(report) == (0, 1, 0, 1, 0)


def test_two_alike_claims_that_come_together_are_two():
    by = make_user("moderator")
    texts = ["Ferries are free on Sundays.", "Ferries are free on Mondays."]
    assert counted(load(by, *[replace(REVIEW, text=text) for text in texts])) == (2, 0, 0, 0, 0)
    assert counted(load(by, *[replace(REVIEW, text=text) for text in texts])) == (0, 0, 2, 0, 0)


def test_a_file_that_contradicts_itself_keeps_the_first():
    report = load(make_user("moderator"), REVIEW, replace(REVIEW, label="Right after all"), REVIEW)
    assert counted(report) == (1, 0, 1, 0, 1)
    assert (report.refusals[0].place, report.refusals[0].code) == ("item 2", "given_twice")
    assert ExternalReview.objects.get().label == REVIEW.label


def test_a_claim_that_the_desk_reworded_keeps_its_wording():
    by = make_user("moderator")
    claim = record(by).review.claim
    curating.edit_claim(claim=claim, by=by, expected=None, text="The town sold its lighthouse.")
    done = record(by, text="The town sold the lighthouse to a brewer.")
    assert (done.outcome, [warning.code for warning in done.warnings]) == (
        "changed",
        ["wording_corrected", "wording_kept"],
    )
    assert Claim.objects.get().text == "The town sold its lighthouse."


def test_a_claim_with_a_verdict_keeps_its_wording():
    by = make_user("editor")
    claim = record(by).review.claim
    for status in ("unverified", "in_review", "checked"):
        step(claim, status, by=by)
    done = record(by, text="The town sold the lighthouse to a brewer.")
    assert (done.outcome, [warning.code for warning in done.warnings]) == (
        "changed",
        ["wording_corrected", "wording_kept"],
    )
    assert Claim.objects.get().text == REVIEW.text


def test_what_a_page_no_longer_shows_is_marked_and_comes_back():
    by = make_user("moderator")
    other = replace(REVIEW, text="The brewery closed.")
    load(by, REVIEW, other, page=REVIEW.url)
    report = load(by, REVIEW, page=REVIEW.url)
    assert counted(report) == (0, 0, 1, 1, 0)
    assert codes(report) == [("page", "review_gone", "claimReviewed")]
    gone = ExternalReview.objects.get(claim_reviewed="The brewery closed.")
    assert gone.gone_at is not None
    assert [event.gone_at for event in gone.events.all()] == [None]
    assert counted(load(by, REVIEW, page=REVIEW.url)) == (0, 0, 1, 0, 0)
    assert counted(load(by, REVIEW, other, page=REVIEW.url)) == (0, 1, 1, 0, 0)
    assert not ExternalReview.objects.exclude(gone_at=None).exists()


def test_a_page_that_shows_another_number_corrects_it():
    by = make_user("moderator")
    load(by, replace(REVIEW, text="The town has 40 bridges."), page=REVIEW.url)
    report = load(by, replace(REVIEW, text="The town has 14 bridges."), page=REVIEW.url)
    assert counted(report) == (0, 1, 0, 0, 0)


def test_a_file_that_is_no_page_marks_nothing():
    by = make_user("moderator")
    load(by, REVIEW, replace(REVIEW, text="The brewery closed."))
    assert counted(load(by, REVIEW)) == (0, 0, 1, 0, 0)


def test_who_may_not_change_a_claim_marks_nothing():
    load(make_user("moderator"), REVIEW, replace(REVIEW, text="The brewery closed."), page=REVIEW.url)
    for claim in Claim.objects.all():
        step(claim, "unverified", by=make_user("moderator"))
    report = load(make_user("contributor"), REVIEW, page=REVIEW.url)
    assert counted(report) == (0, 0, 1, 0, 1)
    assert (report.refusals[0].place, report.refusals[0].code) == ("page", "not_allowed")


def test_a_day_to_come_is_kept_with_a_warning():
    report = load(make_user("contributor"), replace(REVIEW, published="2998-01-01", said="2998-02"))
    assert codes(report) == [
        ("item 1", "date_to_come", "datePublished"),
        ("item 1", "date_to_come", "itemReviewed.datePublished"),
    ]
    assert ExternalReview.objects.get().reviewed == "2998-01-01"


def test_what_the_reading_warned_of_is_in_the_report():
    warning = InputWarning("date_left_out", "datePublished", "Which month is it?")
    assert codes(load(make_user("contributor"), replace(REVIEW, warnings=(warning,)))) == [
        ("item 1", "date_left_out", "datePublished")
    ]


def test_a_review_on_record_at_a_claim_that_was_named_is_known():
    by = make_user("moderator")
    claim = make_claim("checked")
    external_reviews.record_review(item=REVIEW, by=by, claim=claim)
    assert record(by).outcome == "known"
    assert Claim.objects.get() == claim


def test_what_is_on_record_out_of_sight_is_refused():
    record(make_user("moderator"))
    with pytest.raises(Conflict) as refusal:
        record(make_user("contributor"))
    assert refusal.value.code == "already_recorded"


def test_one_of_several_namesakes_is_named_by_the_ledgers_address(settings):
    settings.CLAIMTRACK_SITE_URL = "https://desk.example"
    first, second = make_speaker("Ada Brook"), make_speaker("Ada Brook", role="Mayor")
    with pytest.raises(Conflict) as refusal:
        record(make_user("contributor"), claimant=Claimant("Ada Brook"))
    address = f"https://desk.example/api/v1/speakers/{first.pk}/"
    assert refusal.value.message.endswith(f". Give the address of the one that is meant, such as {address}, in sameAs.")
    done = record(make_user("moderator"), claimant=Claimant("Ada Brook", same_as=(address,)))
    assert (done.review.claim.speaker, done.review.claim.speaker != second) == (first, True)
