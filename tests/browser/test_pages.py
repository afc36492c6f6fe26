"""The public pages in chromium: no violation of axe, no page wider than its window, no script, and nothing that the policy stops."""

import pytest

from tests import factories

pytestmark = pytest.mark.browser

# test_every_page.py looks at the others.
STATES = ("search", "refused", "claim", "off the scale", "unchecked", "withdrawn", "speaker", "nothing")


@pytest.fixture
def addresses(editor):
    speaker = factories.make_speaker("Mara Quill", aliases=["The Mayor"], website="https://quill.example/")
    said = {"speaker": speaker, "speaker_role": "Mayor", "said_at": "2025-09", "language": "en"}
    text = "The harbour bridge carries 9,000 cars every day."
    claim = factories.make_claim("checked", verdict="true", text=text, topics=["traffic"], **said)
    factories.step(claim, "checked", by=editor, verdict="mostly_false", rationale="We had counted lorries twice.")
    factories.make_external_review(claim, title="Nine thousand?")
    source = claim.appearances.get().snapshot.article.source_id
    withdrawn = factories.make_claim("withdrawn")
    for _ in range(25):
        factories.make_claim("unverified", speaker=speaker)
    return {
        "front": "/",
        "search": "/?q=bridge&verdict=mostly_false&speaker=1",
        "refused": "/?said_after=yesterday&limit=x",
        "claim": f"/claims/{claim.pk}/",
        "off the scale": f"/claims/{factories.make_claim('checked', verdict='satire').pk}/",
        "unchecked": f"/claims/{factories.make_claim('in_review').pk}/",
        "withdrawn": f"/claims/{withdrawn.pk}/",
        "speaker": f"/speakers/{speaker.pk}/",
        "source": f"/sources/{source}/",
        "topic": "/topics/traffic/",
        "corrections": "/corrections/",
        "verdicts": "/verdicts/",
        "topics": "/topics/",
        "nothing": "/claims/999999/",
    }


def test_no_page_has_a_violation_or_is_wider_than_its_window(new_page, faults, addresses):
    page, found = new_page(), {}
    for name, address in addresses.items():
        status = page.goto(address).status
        # Chromium reports the status of a page that is not 200, and nothing else.
        assert [told for told in new_page.complaints if "status of 4" not in told] == []
        assert status == {"refused": 400, "nothing": 404}.get(name, 200)
        new_page.complaints.clear()
        found[name] = faults(page) if name in STATES else []
        for width in (320, 400, 768, 1024, 1600):
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found[name].append(f"wider than {width}")
    assert {name: told for name, told in found.items() if told} == {}


def test_readers_need_no_script_and_keep_no_cookie(new_page, addresses):
    page = new_page(java_script_enabled=False)
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.text_content(":focus") == "Skip to the content"
    page.fill("input[name=q]", "bridge")
    page.click("summary")
    page.select_option("select[name=verdict]", "mostly_false")
    page.click("text=Show")
    assert page.url.endswith("/?q=bridge&verdict=mostly_false")
    page.click(".claims h3 a")
    assert page.text_content(".finding h2").split() == ["Our", "verdict", "Mostly", "false"]
    page.click("text=Mara Quill")
    page.click("text=Older")
    assert page.is_visible("text=Newer")
    assert page.context.cookies() == []


def test_words_of_another_language_keep_their_direction_on_an_arabic_page(new_page, addresses):
    page = new_page()
    page.goto(f"/ar{addresses['claim']}")
    for words in (".prose p", "blockquote p", "h1"):
        bidi = page.locator(words).first.evaluate("element => getComputedStyle(element).unicodeBidi")
        assert bidi == "plaintext", f"{words}: numbers in it would change places"
