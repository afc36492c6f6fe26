"""Whole tasks at the desk, in a real browser."""

import pytest

from claims import curating
from claims.models import Claim, Draft, Merge, Review
from tests import factories
from tests.browser.conftest import wait_until

pytestmark = pytest.mark.browser

PUBLISH = "button[value='step:publish']"


def review_url(claim):
    return f"/admin/claims/claim/{claim.pk}/change/"


def taken(moderator, **fields):
    claim = factories.make_claim("unverified", **fields)
    factories.step(claim, "in_review", by=moderator)
    return claim


def test_from_the_queue_to_a_published_verdict_by_keyboard_alone(sign_in, moderator):
    claim = factories.make_claim("unverified", text="The bridge carries nine thousand cars a day.")
    after = factories.make_claim("unverified", text="The ferry is late.")
    page = sign_in(moderator)
    keys = page.keyboard
    keys.press("q")
    page.wait_for_url("**/claim/?view=open")
    keys.press("j")
    keys.press("Enter")
    page.wait_for_url(f"**{review_url(claim)}**")
    keys.press("t")
    page.wait_for_selector("text=You are working on this claim.")
    keys.press("v")
    keys.press("Space")
    for _ in range(4):
        keys.press("ArrowRight")
    keys.press("Escape")
    keys.press("r")
    keys.type("The Roads Office counted four thousand.")
    keys.press("Escape")
    for number in (1, 2):
        keys.press("Alt+e")
        keys.type(f"https://roads.example/count{number}")
        keys.press("Tab")
        keys.press("ArrowDown")
        keys.press("Tab")
        keys.type("Roads Office")
    keys.press("Control+Enter")
    page.wait_for_selector("text=What readers will see")
    page.wait_for_load_state()
    assert (
        page.is_visible(".readers-view h2:has-text('False')") and Claim.objects.get(pk=claim.pk).status == "in_review"
    )
    keys.press("Control+Enter")
    page.wait_for_selector("text=Readers find it here:")
    page.wait_for_load_state()
    keys.press("n")
    page.wait_for_url(f"**{review_url(after)}**")
    claim.refresh_from_db()
    assert (claim.status, claim.verdict.code) == ("checked", "false")
    evidence = claim.reviews.latest("pk").evidence.order_by("pk")
    assert list(evidence.values_list("url", "stance", "publisher")) == [
        ("https://roads.example/count1", "refutes", "Roads Office"),
        ("https://roads.example/count2", "refutes", "Roads Office"),
    ]


def test_a_decision_left_half_way_is_found_again_on_another_machine(sign_in, moderator):
    claim = taken(moderator)
    page = sign_in(moderator)
    page.goto(review_url(claim))
    page.click("text=Half true")
    page.fill("#id_rationale", "Half of it.")
    page.fill("#id_evidence-0-url", "https://roads.example/half")
    page.wait_for_selector("#draft-state:text-is('Draft kept.')")
    page.goto("/admin/")
    other = sign_in(moderator)
    other.goto(review_url(claim))
    assert other.input_value("#id_rationale") == "Half of it."
    assert other.input_value("#id_evidence-0-url") == "https://roads.example/half"
    assert other.is_checked("[name=verdict][value=half_true]")
    assert Draft.objects.get().author == moderator


def test_leaving_at_once_keeps_the_draft_too(sign_in, moderator):
    claim = taken(moderator)
    page = sign_in(moderator)
    page.goto(review_url(claim))
    page.fill("#id_note", "Call back on Monday.")
    page.goto("/admin/")
    page.goto(review_url(claim))
    # It is sent while the page closes, and may arrive after the next one was asked for.
    for _ in range(50):
        if page.input_value("#id_note"):
            break
        page.reload()
    assert page.input_value("#id_note") == "Call back on Monday."


def test_a_stale_decision_is_told_and_can_be_made_again(sign_in, new_page, moderator, editor):
    claim = taken(moderator)
    page = sign_in(moderator)
    page.goto(review_url(claim))
    page.click("text=Mostly false")
    page.fill("#id_rationale", "Counted.")
    page.fill("#id_evidence-0-url", "https://roads.example/count")
    page.check("[name=evidence-0-stance][value=refutes]")
    curating.edit_claim(claim=claim, by=editor, expected=None, text="The bridge carries 9,000 cars.")
    page.click(PUBLISH)
    page.wait_for_selector("text=This claim changed while you were writing")
    assert page.is_visible(f"text={editor}") and page.input_value("#id_rationale") == "Counted."
    assert Claim.objects.get(pk=claim.pk).status == "in_review"
    page.click(PUBLISH)
    page.wait_for_selector("text=What readers will see")
    page.wait_for_load_state()
    page.click(PUBLISH)
    page.wait_for_selector("text=Published “The bridge carries 9,000 cars.”")
    # The browser logs the refusal's status, 409, as an error of its own.
    new_page.complaints[:] = [text for text in new_page.complaints if "409" not in text]


TEXT = "Grüße 👩‍👩‍👧 from Lauter.\n\nThe 🌊 rose by 4 m, é says she. ‏שלום עולם‏ she added 👋🏽 twice. 👋🏽 twice."


def test_a_passage_selected_beside_emoji_is_anchored_exactly(sign_in, live_server, settings, moderator):
    settings.CLAIMTRACK_PUBLIC_TEXT = True
    snapshot = factories.make_snapshot(TEXT)
    page = sign_in(moderator)
    url = f"/admin/sources/article/{snapshot.article_id}/change/"
    for quote in ("rose by 4 m, é says", "שלום עולם", "👋🏽 twice."):
        page.goto(url)
        page.evaluate(SELECT, quote)
        page.dispatch_event("#text", "mouseup")
        wait_until(page, "document.querySelector('#id_quote').value !== ''")
        assert page.input_value("#id_quote") == quote == page.input_value("#id_text")
        page.click("text=Propose this claim")
        page.wait_for_selector(f"text=Proposed “{quote}”")
        assert page.eval_on_selector("#text", "text => text.textContent").rstrip("\n") == TEXT
    for claim in Claim.objects.all():
        factories.step(claim, "unverified", by=moderator)
    rows = page.request.get("/api/v1/claims/").json()["results"]
    assert len(rows) == 3
    for row in rows:
        place = row["provenance"][0]
        article = page.request.get(f"/api/v1/articles/{place['article']['id']}/").json()
        text = next(s["text"] for s in article["snapshots"] if s["id"] == place["snapshot"]["id"])
        assert text[place["start"] : place["end"]] == place["quote"] == row["text"]


# The last occurrence of a string in the text, selected as a mouse would: from text node to text node.
SELECT = """quote => {
    const root = document.getElementById("text");
    const nodes = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) nodes.push(walker.currentNode);
    const at = nodes.map(node => node.data).join("").lastIndexOf(quote);
    const place = offset => {
        for (const node of nodes) {
            if (offset <= node.length) return [node, offset];
            offset -= node.length;
        }
    };
    document.getSelection().setBaseAndExtent(...place(at), ...place(at + quote.length));
}"""


def test_a_passage_is_selected_by_keyboard(sign_in, moderator):
    snapshot = factories.make_snapshot("👋🏽 Nine thousand cars.")
    page = sign_in(moderator)
    page.goto(f"/admin/sources/article/{snapshot.article_id}/change/")
    keys = page.keyboard
    keys.press("s")
    keys.press("Control+Home")
    keys.press("Control+ArrowRight")
    keys.press("x")
    keys.press("Control+Shift+End")
    keys.press("Enter")
    assert page.input_value("#id_quote") == "Nine thousand cars." and page.input_value("#id_start") == "3"
    keys.press("Control+a")
    keys.type("It carries 9,000 cars.")
    page.click("text=Propose this claim")
    page.wait_for_selector("text=Proposed “It carries 9,000 cars.”")
    assert Claim.objects.get().appearances.get().quote == "Nine thousand cars."


def test_a_bulk_step_with_one_row_that_fails(sign_in, moderator):
    claims = [factories.make_claim() for _ in range(3)]
    page = sign_in(moderator)
    page.goto("/admin/claims/claim/?view=open")
    page.check("#action-toggle")
    page.select_option("select[name=action]", "accept")
    page.click("text=Go")
    page.wait_for_selector("h1:text('Accept 3 claims')")
    factories.step(claims[1], "dismissed", by=moderator)
    page.click("button:text('Accept 3 claims')")
    page.wait_for_selector("text=2 of 3 done")
    assert page.locator(".outcome.refused").count() == 1
    statuses = [Claim.objects.get(pk=claim.pk).status for claim in claims]
    assert statuses == ["unverified", "dismissed", "unverified"]


def test_a_merge_and_its_undo(sign_in, editor):
    kept = factories.make_claim("checked", text="The harbour bridge carries 9,000 cars every day.")
    gone = factories.make_claim(
        "in_review", text="The harbour bridge carries 9,000 cars each day.", speaker=kept.speaker
    )
    page = sign_in(editor)
    page.goto(review_url(gone))
    page.click("text=The same: merge")
    page.wait_for_selector("h1:text('Merge two claims')")
    assert page.is_checked(f"#winner-{kept.pk}")
    page.fill("#id_reason", "One sentence, twice.")
    page.click("button:text('Merge')")
    page.wait_for_selector("text=Merged. It can be undone on this page.")
    assert Claim.objects.get(pk=gone.pk).merged_into == kept
    page.click("text=Undo this merge")
    page.wait_for_selector("text=Undone: what had moved is back.")
    assert Claim.objects.get(pk=gone.pk).merged_into is None and Merge.objects.get().undone_by == editor


def test_a_contributor_reads_and_is_refused(sign_in, moderator):
    claim, hidden = taken(moderator), factories.make_claim()
    page = sign_in(factories.make_user("contributor"))
    page.goto(review_url(claim))
    assert page.is_visible(f"h1:text('{claim.text}')")
    assert page.locator("main form").count() == 0
    page.goto(review_url(hidden))
    assert not page.is_visible(f"text={hidden.text}")
    assert page.request.get("/admin/claims/claim/bulk/accept/").status == 404
    assert not Review.objects.filter(claim=hidden).exists()


def test_the_key_sheet_opens_and_single_keys_can_be_turned_off(sign_in, moderator):
    page = sign_in(moderator)
    page.keyboard.press("?")
    assert page.is_visible("#keys")
    page.uncheck("#keys-on")
    page.keyboard.press("Escape")
    page.keyboard.press("q")
    page.keyboard.press("?")
    assert not page.is_visible("#keys") and page.url.endswith("/admin/")
