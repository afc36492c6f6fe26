"""Reviews that were really published, where the samples are."""

import json
from pathlib import Path

import pytest

from claims.formats.claimreview import ClaimReview, files

SAMPLES = Path(__file__).resolve().parents[5] / "shared" / "samples"


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are not part of the repository")
def test_the_samples_come_through():
    found = dict(files.read_file((SAMPLES / "claimreview/claimreview_real.jsonl").read_bytes()).items)
    raw = [json.loads(line) for line in (SAMPLES / "claimreview/claimreview_real.jsonl").read_text().splitlines()]
    assert len(found) == 11
    for number, line in enumerate(raw, 1):
        item = found[f"line {number}"]
        node = line["jsonld"].get("@graph", [line["jsonld"]])[0]
        assert isinstance(item, ClaimReview)
        assert (item.url, item.label) == (node["url"], node["reviewRating"]["alternateName"])
        assert item.text == " ".join(node["claimReviewed"].split())
        assert item.published == node.get("datePublished", "")[:10]
        assert item.publisher == node["author"].get("name", "politifact.com")
        claimant = node["itemReviewed"].get("author", {}).get("name", "").strip()
        assert (item.claimant.name if item.claimant else "") == claimant
        assert (item.rating is None) == (number in (3, 6, 10))


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are not part of the repository")
def test_the_sample_pages_say_what_the_samples_say():
    known = [item for _, item in files.read_file((SAMPLES / "claimreview/claimreview_real.jsonl").read_bytes()).items]
    for page in (SAMPLES / "html/claimreview_pages").glob("*.gz"):
        ((_, item),) = files.read_file(page.read_bytes()).items
        assert item in known
