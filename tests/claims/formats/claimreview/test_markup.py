"""ClaimReview in the markup of a page: microdata and RDFa Lite, alone and beside scripts."""

import pytest

from claims.formats.claimreview import files
from tests.claims.formats.claimreview.test_files import PAGE
from tests.claims.formats.claimreview.test_reading import REVIEW

MARKED_UP = """
<div {scope}="{type}ClaimReview">
  <a {name}="url" href="https://www.lantern.example/checks/lighthouse">Read it</a>
  <h1 {name}="name">No, the lighthouse was not sold</h1>
  <p {name}="claimReviewed">The town <em>sold</em> the lighthouse to a brewery.</p>
  <time {name}="datePublished" datetime="2025-03-04T18:30">last Tuesday</time>
  <meta {name}="inLanguage" content="en-GB">
  <div {name}="author" {scope}="{type}Organization"><span {name}="name">Lantern Checks</span></div>
  <div {name}="reviewRating" {scope}="{type}Rating">
    <b {name}="alternateName">Wide of the mark</b>
    <data {name}="ratingValue" value="2"></data><meta {name}="bestRating" content="5">
  </div>
  <div {name}="itemReviewed" {scope}="{type}Claim">
    <time {name}="datePublished">2025-03-01</time>
    <div {name}="author" {scope}="{type}Person">
      <span {name}="name">Ottoline Brandt</span>, <span {name}="jobTitle">Councillor</span>
      <link {name}="sameAs" href="https://www.wikidata.org/wiki/Q424242">
    </div>
  </div>
</div>"""


@pytest.mark.parametrize(
    ("names", "before"),
    [
        ({"scope": "itemscope itemtype", "type": "https://schema.org/", "name": "itemprop"}, ""),
        ({"scope": "itemscope itemtype", "type": "http://schema.org/", "name": "itemprop"}, ""),
        ({"scope": "typeof", "type": "", "name": "property"}, "<div vocab='https://schema.org/'>"),
        ({"scope": "typeof", "type": "schema:", "name": "property"}, "<div vocab='https://schema.org'>"),
        (
            {"scope": "typeof", "type": "s:", "name": "property"},
            "<div prefix='og: https://ogp.me/ns# s: https://schema.org/'>",
        ),
    ],
    ids=["microdata", "microdata with http", "RDFa Lite", "RDFa with a prefix", "RDFa with a prefix of its own"],
)
def test_a_page_that_says_it_in_its_markup(names, before):
    contents = files.read_file(f"<!doctype html><body>{before}{MARKED_UP.format(**names)}".encode())
    assert contents.items == [("item 1", REVIEW)]


SCATTERED = """
<div itemscope itemtype="https://schema.org/ClaimReview" itemref="wording verdict">
  <a itemprop="url" href="https://lantern.example/1"></a>
</div>
<p id="wording">We looked at <b itemprop="claimReviewed">Nine boats sail.</b></p>
<p id="verdict" itemprop="reviewRating" itemscope itemtype="https://schema.org/Rating" itemref="label nowhere"></p>
<p id="label"><i itemprop="alternateName">Wrong</i></p>"""


def test_parts_of_an_item_that_stand_elsewhere_in_the_page():
    [(_, review)] = files.read_file(f"<!doctype html><body>{SCATTERED}".encode()).items
    assert (review.text, review.label) == ("Nine boats sail.", "Wrong")


def test_an_item_that_names_itself_as_its_part_is_read_once():
    page = SCATTERED.replace('id="wording"', 'id="wording" itemscope itemref="wording verdict"')
    assert len(files.read_file(f"<!doctype html><body>{page}".encode()).items) == 1


def test_several_items_of_a_page_come_in_its_order():
    item = "<div itemscope itemtype='https://schema.org/ClaimReview'><a itemprop=url href='https://lantern.example/{}'></a></div>"
    page = "".join(item.format(number) for number in range(1, 4))
    found = files.read_file(f"<!doctype html>{page}".encode()).items
    assert [(place, review.url[-1]) for place, review in found] == [("item 1", "1"), ("item 2", "2"), ("item 3", "3")]


def test_what_a_page_says_in_a_script_counts_and_not_its_markup():
    page = (
        PAGE
        + "<div itemscope itemtype='https://schema.org/ClaimReview'><a itemprop=url href='https://a.example/1'></a></div>"
    )
    assert files.read_file(page.encode()).items == [("item 1", REVIEW)]


@pytest.mark.parametrize(
    ("wording", "left_out", "reason"),
    [
        ("The town SOLD the lighthouse, to a brewery!", False, "the same, written otherwise"),
        ("The town sold the lighthouse", False, "a part of it, as where the page cuts it"),
        ("The brewery bought the lighthouse.", True, "another claim, or the same in other words: nobody can tell"),
        ("Город продал маяк.", True, "in another script"),
        ("", False, "it names no claim"),
    ],
)
def test_a_claim_that_only_the_markup_of_a_page_reviews_is_named(wording, left_out, reason):
    parts = f"<a itemprop=url href='https://a.example/1'></a><b itemprop=claimReviewed>{wording}</b>"
    page = f"{PAGE}<div itemscope itemtype='https://schema.org/ClaimReview'>{parts}</div>"
    [(_, review)] = files.read_file(page.encode()).items
    assert [warning.code for warning in review.warnings] == ["markup_left_out"] * left_out, reason
    assert all(wording in warning.detail for warning in review.warnings)


def test_of_many_claims_that_only_the_markup_reviews_the_first_are_named():
    parts = "<a itemprop=url href='https://a.example/1'></a><b itemprop=claimReviewed>Boat {} sank.</b>"
    item = f"<div itemscope itemtype='https://schema.org/ClaimReview'>{parts}</div>"
    page = PAGE + "".join(map(item.format, range(50)))
    [(_, review)] = files.read_file(page.encode()).items
    assert ["Boat 0 " in warning.detail for warning in review.warnings] == [True] + [False] * (files.MOST_LEFT_OUT - 1)


def test_rdfa_may_name_the_review_by_about():
    page = (
        '<!doctype html><div vocab="https://schema.org/" typeof="ClaimReview" about="https://a.example/1">'
        '<span property="claimReviewed">Nine boats</span></div>'
    )
    [(_, review)] = files.read_file(page.encode()).items
    assert (review.url, review.text) == ("https://a.example/1", "Nine boats")
