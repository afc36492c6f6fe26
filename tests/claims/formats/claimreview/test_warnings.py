"""What is read with a warning: the address of a copy, something else in the place of a rating, and mark-up inside a text."""

import pytest

from tests.claims.formats.claimreview.test_reading import one


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://web.archive.org/web/2025/https://lantern.example/checks/1", "an archived copy"),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Flantern.example%2Fchecks%2F1", "a link out of a platform"),
    ],
)
def test_the_address_of_a_copy_or_link_is_that_of_the_review(url, reason):
    found = one(url=url)
    assert (found.url, found.site) == ("https://lantern.example/checks/1", "lantern.example"), reason
    assert [(warning.code, warning.field) for warning in found.warnings] == [("address_of_copy", "url")]


def test_a_copy_of_no_known_page_is_unreadable():
    assert "archive.ph" in one(url="https://archive.ph/AbC12").reason


@pytest.mark.parametrize(
    ("members", "label", "codes", "reason"),
    [
        ({"alternateName": "<b>Mostly&nbsp;false</b>"}, "Mostly false", [], "mark-up around the label"),
        ({"alternateName": "4"}, "", ["label_left_out"], "a number is no label"),
        ({"alternateName": "False", "ratingValue": "4/5"}, "False", ["rating_left_out"], "no number"),
        ({"alternateName": "False", "ratingValue": "4,500"}, "False", ["rating_left_out"], "4.5 or 4500"),
        ({"alternateName": "False", "ratingValue": "4,5"}, "False", [], "a decimal comma"),
        ({"ratingValue": "False"}, "False", [], "a label in the wrong place"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_left_out_of_a_rating_gets_a_warning(members, label, codes, reason):
    found = one(reviewRating=members)
    assert found.label == label and [warning.code for warning in found.warnings] == codes, reason


def test_tags_inside_a_sentence_leave_no_blank():
    assert one(claimReviewed="<p>The <b>town</b> sold <i>it</i>.</p>").text == "The town sold it."


def test_the_organisation_publishes_also_if_its_writer_is_named_first():
    found = one(author=[{"@type": "Person", "name": "Ada Quill"}, {"@type": "Organization", "name": "Lantern"}])
    assert found.publisher == "Lantern"


@pytest.mark.parametrize(
    ("item", "fields", "reason"),
    [
        ({"appearance": {"author": {"name": "Ada Quill"}}}, ["appearance.author"], "who wrote of the claim"),
        ({"firstAppearance": {"creator": "Ada Quill"}}, ["firstAppearance.creator"], "and first"),
        ({"appearance": [{"author": "Ada"}, {"author": "Bo"}]}, ["appearance.author"] * 2, "two works"),
        ({"spokenByCharacter": {"name": "Ada Quill"}}, ["spokenByCharacter"], "a member for parts in a play"),
        ({"author": {"name": 12}}, ["author.name"], "a number"),
        ({"author": {"@id": "#ada"}}, ["author.name"], "a reference that leads nowhere"),
        ({"author": {"@type": "Person", "name": ""}}, [], "nothing"),
        ({"author": "Cy Dorn", "appearance": {"author": "Ada Quill"}}, [], "the claimant is named"),
    ],
)
def test_whoever_need_not_have_made_the_claim_gets_a_warning(item, fields, reason):
    found = one(itemReviewed={"@type": "Claim", **item})
    assert [(warning.code, warning.field) for warning in found.warnings] == [
        ("claimant_left_out", f"itemReviewed.{field}") for field in fields
    ], reason
    assert (found.claimant is None) == (item.get("author") != "Cy Dorn")
