"""Names of speakers, and merges of speakers and claims: preview, merge, undo."""

import pytest
from django.urls import reverse

from claims import curating
from claims.models import Claim, Merge, Speaker, Verdict
from tests import factories


@pytest.fixture
def editor(db):
    return factories.make_user("editor")


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def speaker_form(**fields):
    return {"name": "Ada Merle", "kind": "person", "role": "", "wikidata_id": "", "website": "", "names": "", **fields}


ADD = reverse("admin:claims_speaker_add")


def change(speaker):
    return reverse("admin:claims_speaker_change", args=[speaker.pk])


def test_a_speaker_comes_with_all_names(desk, db):
    answer = desk.post(ADD, speaker_form(names="Mayor Merle\r\nA. Merle", wikidata_id="Q990000777"))
    assert answer.status_code == 302, answer.content.decode()
    speaker = Speaker.objects.get()
    assert set(speaker.aliases.values_list("name", flat=True)) == {"Ada Merle", "Mayor Merle", "A. Merle"}


def test_a_namesake_is_warned_of_and_can_be_added_all_the_same(desk, db):
    known = factories.make_speaker("Áda Merlé", role="Mayor of Sallow")
    answer = desk.post(ADD, speaker_form())
    page = answer.content.decode()
    assert answer.status_code == 200 and "Is it one of these?" in page and "Mayor of Sallow" in page
    assert desk.post(ADD, speaker_form(another="on")).status_code == 302
    assert Speaker.objects.exclude(pk=known.pk).get().name == "Ada Merle"


def test_names_are_edited_together(desk, db):
    speaker = factories.make_speaker("Ada Merle", aliases=["Mayor Merle", "A. Merle"])
    desk.post(change(speaker), speaker_form(name="Ada Merle-Fane", names="A. Merle\nThe Mayor"))
    speaker.refresh_from_db()
    assert speaker.name == "Ada Merle-Fane"
    assert set(speaker.aliases.values_list("name", flat=True)) == {"Ada Merle-Fane", "A. Merle", "The Mayor"}
    assert "Ada Merle-Fane" in desk.get(reverse("admin:claims_speaker_history", args=[speaker.pk])).content.decode()


def test_a_taken_wikidata_id_is_told_at_its_field_and_nothing_is_lost(desk, db):
    factories.make_speaker("Somebody Else", wikidata_id="Q990000777")
    answer = desk.post(ADD, speaker_form(wikidata_id="Q990000777", role="Mayor", names="The Mayor"))
    assert answer.status_code == 200 and answer.context["adminform"].form.errors["wikidata_id"]
    assert "The Mayor" in answer.content.decode() and Speaker.objects.count() == 1


def test_a_contributor_adds_speakers_and_edits_none(client, db):
    client.force_login(factories.make_user("contributor"))
    assert client.post(ADD, speaker_form()).status_code == 302
    speaker = Speaker.objects.get()
    assert client.post(change(speaker), speaker_form(name="Changed")).status_code == 403
    assert 'name="_save"' not in client.get(change(speaker)).content.decode()


def merge(client, model, a, b, winner, reason="One and the same."):
    url = reverse(f"admin:claims_{model}_merge", args=[a.pk, b.pk])
    return client.post(url, {"winner": winner.pk, "reason": reason})


def test_two_speakers_are_merged_after_a_look_and_parted_again(desk, db):
    kept, gone = factories.make_speaker("Ada Merle", wikidata_id="Q990000777"), factories.make_speaker("A. Merle")
    claim = factories.make_claim("unverified", speaker=gone)
    preview = desk.get(reverse("admin:claims_speaker_merge", args=[gone.pk, kept.pk])).content.decode()
    assert "1 claim," in preview and f'id="winner-{kept.pk}" value="{kept.pk}" checked' in " ".join(preview.split())
    answer = merge(desk, "speaker", gone, kept, kept)
    done = Merge.objects.get()
    assert answer["Location"] == reverse("admin:claims_merge_change", args=[done.pk])
    assert Claim.objects.get(pk=claim.pk).speaker == kept
    assert "Merged into" in desk.get(change(gone)).content.decode()
    desk.post(reverse("admin:claims_merge_undo", args=[done.pk]))
    assert Claim.objects.get(pk=claim.pk).speaker == gone
    page = desk.get(reverse("admin:claims_merge_change", args=[done.pk])).content.decode()
    assert "Undone" in page and "Undo this merge" not in page


def test_two_claims_are_merged_and_parted_again(desk, db):
    kept = factories.make_claim("checked")
    gone = factories.make_claim("unverified", speaker=kept.speaker)
    assert merge(desk, "claim", gone, kept, kept).status_code == 302
    assert Claim.objects.get(pk=gone.pk).merged_into == kept and kept.appearances.count() == 2
    page = desk.get(reverse("admin:claims_claim_change", args=[gone.pk])).content.decode()
    assert f"Merged into claim {kept.pk}" in page and "step:" not in page
    desk.post(reverse("admin:claims_merge_undo", args=[Merge.objects.get().pk]))
    assert Claim.objects.get(pk=gone.pk).merged_into is None and kept.appearances.count() == 1
    assert "Merge undone" in desk.get(reverse("admin:claims_claim_change", args=[gone.pk])).content.decode()


def test_a_merge_without_a_reason_is_told_at_its_field(desk, db):
    kept, gone = factories.make_speaker(), factories.make_speaker()
    assert merge(desk, "speaker", gone, kept, kept, reason="").context["form"].errors["reason"]
    assert not Merge.objects.exists()


def test_a_claim_with_a_verdict_does_not_lose(desk, db):
    kept = factories.make_claim("unverified")
    gone = factories.make_claim("checked", speaker=kept.speaker)
    assert "withdraw it first" in merge(desk, "claim", gone, kept, kept).content.decode()


def test_an_undo_that_no_longer_fits_is_refused(desk, editor):
    a, b, c = (factories.make_speaker() for _ in range(3))
    first = curating.merge_speakers(loser=a, winner=b, reason="One.", by=editor)
    curating.merge_speakers(loser=b, winner=c, reason="One.", by=editor)
    answer = desk.post(reverse("admin:claims_merge_undo", args=[first.pk]))
    assert answer.status_code == 409 and "undo that merge first" in answer.content.decode()


def test_a_moderator_neither_merges_nor_undoes(client, editor):
    kept, gone = factories.make_speaker(), factories.make_speaker()
    client.force_login(factories.make_user("moderator"))
    assert merge(client, "speaker", gone, kept, kept).status_code == 403
    done = curating.merge_speakers(loser=gone, winner=kept, reason="One.", by=editor)
    page = client.get(reverse("admin:claims_merge_change", args=[done.pk])).content.decode()
    assert "Undo this merge" not in page
    assert client.post(reverse("admin:claims_merge_undo", args=[done.pk])).status_code == 403
    assert Merge.objects.get().undone_at is None


def test_two_wikidata_ids_are_refused_before_a_reason_is_asked_for(desk, db):
    one, other = (factories.make_speaker("Ada Merle", wikidata_id=f"Q99000077{n}") for n in (7, 8))
    page = desk.get(reverse("admin:claims_speaker_merge", args=[one.pk, other.pk])).text
    assert "Two Wikidata ids are two people" in page and 'name="reason"' not in page and ">Merge<" not in page


def test_a_claim_with_a_verdict_is_not_offered_as_the_one_that_goes(desk, db):
    kept = factories.make_claim("checked")
    other = factories.make_claim("unverified", speaker=kept.speaker)
    page = " ".join(desk.get(reverse("admin:claims_claim_merge", args=[kept.pk, other.pk])).text.split())
    assert f'id="winner-{other.pk}" value="{other.pk}" disabled' in page
    assert "A claim with a verdict in force cannot be merged away" in page and 'name="reason"' in page


def test_a_step_of_the_scale_in_use_keeps_code_and_value(desk, editor):
    verdict = factories.make_claim("checked").verdict
    form = {"label": "Wrong", "code": "wrong", "value": "2", "description": "", "position": "9", "confirmed": "Wrong"}
    answer = desk.post(reverse("admin:claims_verdict_change", args=[verdict.pk]), form)
    assert answer.status_code == 302, answer.content.decode()
    verdict.refresh_from_db()
    assert (verdict.label, verdict.code, verdict.value, verdict.position) == ("Wrong", "false", 1, 9)
    assert verdict.events.get().pgh_context.metadata == {"user": editor.pk}


def test_the_scale_is_put_in_order_under_ones_name(desk, editor):
    steps = list(Verdict.objects.all())
    rows = {f"form-{i}-id": step.pk for i, step in enumerate(steps)}
    rows |= {f"form-{i}-position": len(steps) - i for i in range(len(steps))}
    counts = {"form-TOTAL_FORMS": len(steps), "form-INITIAL_FORMS": len(steps)}
    desk.post(reverse("admin:claims_verdict_changelist"), {**rows, **counts, "_save": "Save"})
    assert list(Verdict.objects.all()) == steps[::-1]
    assert steps[0].events.get().pgh_context.metadata == {"user": editor.pk}


def test_an_unused_step_can_go_and_a_used_topic_cannot(desk, db):
    claim = factories.make_claim("checked", topics=["water"])
    spare = Verdict.objects.create(code="spare", label="Spare")
    assert desk.post(reverse("admin:claims_verdict_delete", args=[spare.pk]), {"post": "yes"}).status_code == 302
    assert desk.post(reverse("admin:claims_topic_delete", args=[claim.topics.get().pk])).status_code == 403


def test_the_other_one_is_chosen_by_its_id(desk, db):
    one, other = factories.make_speaker(), factories.make_speaker()
    choose = reverse("admin:claims_speaker_choose", args=[one.pk])
    preview = reverse("admin:claims_speaker_merge", args=[one.pk, other.pk])
    assert desk.get(choose, {"other": other.pk})["Location"] == preview
    assert desk.get(choose, {"other": "x"})["Location"] == change(one)
    claim = factories.make_claim()
    choose = reverse("admin:claims_claim_choose", args=[claim.pk])
    assert desk.get(choose, {"other": "0"})["Location"] == reverse("admin:claims_claim_change", args=[claim.pk])
