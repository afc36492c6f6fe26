"""Each change of the scale is an Editor's, keeps what was judged, and enters the log."""

import json

import pytest

from claims import curating
from claims.models import LogEntry, Verdict
from claimtrack.refusals import Conflict, Invalid, NotAllowed
from tests.factories import make_claim, make_user

pytestmark = pytest.mark.django_db


def scales():
    """The labels of each scale in the log."""
    found = []
    for entry in LogEntry.objects.filter(kind="scale").order_by("pk").select_related("opening"):
        texts = {digest: text for digest, (_, text) in entry.opening.texts.items()}
        found.append([texts[step["label"]["salted"]] for step in json.loads(entry.body)["scale"]])
    return found


def test_it_works():
    editor, step = make_user("editor"), Verdict(code="hearsay", label="Hearsay", position=99)
    curating.save_step(step=step, by=editor)
    step.label = "Only hearsay"
    curating.save_step(step=step, by=editor)
    assert step.events.get().pgh_context.metadata["user"] == editor.pk
    curating.remove_step(step=step, by=editor)
    added, changed, removed = scales()
    assert (added[-1], changed[-1]) == ("Hearsay", "Only hearsay")
    assert removed == added[:-1] == list(Verdict.objects.values_list("label", flat=True))


def test_it_takes_an_editor():
    moderator, step = make_user("moderator"), Verdict.objects.get(code="false")
    for verb in (curating.save_step, curating.remove_step):
        with pytest.raises(NotAllowed, match="an Editor"):
            verb(step=step, by=moderator)
    assert scales() == []


def test_a_code_is_one_of_a_kind():
    with pytest.raises(Invalid) as refused:
        curating.save_step(step=Verdict(code="false", label="Wrong"), by=make_user("editor"))
    assert refused.value.field == "code"


def test_a_step_that_was_used_stays():
    make_claim("checked", verdict="false")
    editor, step = make_user("editor"), Verdict.objects.get(code="false")
    with pytest.raises(Conflict, match="keeps"):
        curating.remove_step(step=step, by=editor)
    step.code = "wrong"
    with pytest.raises(Conflict, match="keeps"):
        curating.save_step(step=step, by=editor)
    assert scales() == []


@pytest.mark.django_db(transaction=True)
def test_a_step_is_removed_at_the_second_attempt(monkeypatch):
    editor, step = make_user("editor"), Verdict(code="hearsay", label="Hearsay", position=99)
    curating.save_step(step=step, by=editor)
    refusals = iter([Conflict("Somebody else changed the same rows.", code="deadlock")])

    def changed():
        for refusal in refusals:
            raise refusal

    monkeypatch.setattr("claims.proof.recording.scale_changed", changed)
    curating.remove_step(step=step, by=editor)
    assert not Verdict.objects.filter(code="hearsay").exists()
