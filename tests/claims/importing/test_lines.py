import io
import json

import pytest

from claims.importing.lines import MAX_BYTES, GivenSpeaker, parse, split
from claimtrack.refusals import Invalid
from tests.claims.bad_lines import GOOD, SHAPE, SYNTAX, line


def test_a_whole_line():
    read = parse(
        line(
            id=7,
            start=1,
            prefix="“",
            suffix=",”",
            article__url="http://Harbour.example/2026/ferry?utm_source=feed#top",
            source__domain="www.Harbour.example",
            speaker__wikidata_id="Q42",
            speaker__kind="organisation",
            speaker__aliases=["A. Brook"],
            claim__speaker_role="Deputy",
        )
    )
    assert read.id == "7"
    assert (read.source_name, read.source_domain) == ("Harbour Post", "harbour.example")
    assert (read.article_url, read.article_sha256) == ("https://harbour.example/2026/ferry", "")
    assert read.speaker == GivenSpeaker("Ada Brook", "organisation", "Harbour master", "Q42", ("A. Brook",))
    assert (read.text, read.speaker_role) == ("Nine ferries sail a day.", "Deputy")
    assert (read.said_at, read.language, read.topics) == ("2026-03", "en", ("ferries",))
    assert (read.quote, read.start, read.prefix, read.suffix) == ("Nine boats sail each day", 1, "“", ",”")


def test_the_role_of_the_speaker_is_the_role_then():
    assert parse(line()).speaker_role == "Harbour master"


def test_null_is_left_out():
    nulls = {"id": None, "start": None, "prefix": None, "claim__said_at": None, "claim__topics": None}
    assert parse(line(**nulls, speaker__role=None, source__domain=None)).topics == ()


def test_a_speaker_who_is_not_known():
    assert parse(line(speaker=None)).speaker is None


@pytest.mark.parametrize("bad", SYNTAX + SHAPE, ids=lambda bad: bad.why)
def test_refused(bad):
    with pytest.raises(Invalid) as refused:
        parse(bad.line)
    assert (refused.value.code, refused.value.field) == (bad.code, bad.pointer)
    assert refused.value.message


def test_the_origin_key_holds_what_was_submitted():
    key = parse(line()).origin_key
    assert len(key) == 64
    same = [
        line(article__url="http://harbour.example/2026/ferry#top"),
        line(article__title="Boats", claim__topics=[], claim__said_at=None, speaker__role="Captain"),
        line(source__name="The Post"),
    ]
    assert {parse(other).origin_key for other in same} == {key}
    different = [
        line(claim__text="Nine ferries sail each day."),
        line(quote="Nine boats sail each day,"),
        line(article__url="https://harbour.example/2026/ferry/2"),
        line(speaker__name="Ben Hale"),
        line(speaker=None),
        line(id="1"),
    ]
    assert len({parse(other).origin_key for other in different} | {key}) == 7


def test_the_id_alone_is_the_key_within_its_source():
    key = parse(line(id="a")).origin_key
    assert parse(line(id="a", quote="Ten", claim__text="Ten.", source__domain=None)).origin_key == key
    assert parse(line(id="a", source__name="Other Post")).origin_key != key


def test_an_article_without_url_is_keyed_by_source_and_text():
    sha = "0" * 64
    key = parse(line(article={"sha256": sha})).origin_key
    assert parse(line(article={"sha256": sha}, source__name="The Post")).origin_key == key
    assert parse(line(article={"sha256": sha}, source__domain="other.example")).origin_key != key
    assert parse(line(article={"sha256": "1" * 64})).origin_key != key


def test_a_file_is_split_at_line_ends():
    file = b"\xef\xbb\xbf" + line() + b"\r\n\n" + line(id=2)
    first, blank, last = split(io.BytesIO(file))
    assert parse(first).quote == GOOD["quote"] and not blank.strip() and parse(last).id == "2"


def test_a_file_without_line_ends_is_not_read_into_memory():
    file = io.BytesIO(b"x" * 5 * MAX_BYTES + b"\n" + line())
    assert [len(read) for read in split(file)] == [MAX_BYTES + 1, len(json.dumps(GOOD))]
