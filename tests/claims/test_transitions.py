"""The table of steps once more, so that nobody changes it by accident."""

import re
from pathlib import Path

import pytest
from django.utils import translation

from claims.admin.steps import KINDS, STEPS
from claims.transitions import (
    BY_NAME,
    BY_STATUSES,
    PUBLIC,
    TRANSITIONS,
    UNDONE_BY,
    WITH_VERDICT,
    WITHOUT_VERDICT,
    Status,
    steps_from,
)
from claimtrack.languages import translated
from claimtrack.roles import Role

DESIGN = {
    # from → to: name, who
    ("proposed", "unverified"): ("accept", "Moderator"),
    ("proposed", "dismissed"): ("dismiss", "Moderator"),
    ("unverified", "dismissed"): ("dismiss", "Moderator"),
    ("in_review", "dismissed"): ("dismiss", "Moderator"),
    ("dismissed", "unverified"): ("restore", "Moderator"),
    ("dismissed", "proposed"): ("reconsider", "Moderator"),
    ("unverified", "in_review"): ("take", "Moderator"),
    ("in_review", "unverified"): ("release", "Moderator"),
    ("in_review", "awaiting_approval"): ("submit", "Moderator"),
    ("in_review", "checked"): ("publish", "Moderator"),
    ("awaiting_approval", "checked"): ("approve", "Editor"),
    ("awaiting_approval", "in_review"): ("return", "Moderator"),
    ("checked", "checked"): ("correct", "Editor"),
    ("checked", "in_review"): ("reopen", "Editor"),
    ("withdrawn", "in_review"): ("reopen", "Editor"),
    ("checked", "withdrawn"): ("withdraw", "Editor"),
    ("in_review", "withdrawn"): ("withdraw", "Editor"),
}
NEEDS = {
    "accept": set(),
    "dismiss": {"rationale"},
    "restore": {"rationale"},
    "reconsider": {"rationale"},
    "take": set(),
    "release": set(),
    "submit": {"verdict", "rationale", "evidence"},
    "publish": {"verdict", "rationale", "evidence"},
    "approve": set(),
    "return": {"note"},
    "correct": {"verdict", "rationale", "evidence"},
    "reopen": {"rationale"},
    "withdraw": {"rationale"},
}
ONWARD = [
    # status, published before, approval required, steps, why
    ("proposed", False, False, {"accept", "dismiss"}, "what comes in"),
    ("in_review", False, False, {"release", "submit", "publish", "dismiss"}, "for the first time"),
    ("in_review", True, False, {"submit", "publish", "withdraw"}, "published before: neither released nor dismissed"),
    ("in_review", False, True, {"release", "submit", "dismiss"}, "approval closes publish"),
    ("checked", True, False, {"correct", "reopen", "withdraw"}, "in force"),
    ("checked", True, True, {"reopen", "withdraw"}, "approval closes correct"),
    ("withdrawn", True, False, {"reopen"}, "the one way back"),
    ("dismissed", False, False, {"restore", "reconsider"}, "back to where it was dismissed from"),
]


def test_the_table():
    assert {pair: (step.name, step.role.group) for pair, step in BY_STATUSES.items()} == DESIGN
    assert {name: set(step.needs) for name, step in BY_NAME.items()} == NEEDS


def test_every_step_is_named_in_the_language_of_the_page():
    with translation.override("de"):
        named = {name: translated(step.label) for name, step in BY_NAME.items()}
    assert named["withdraw"] == "Zurückziehen"
    assert [name for name, text in named.items() if text == BY_NAME[name].label] == []


def test_every_step_has_its_words_at_the_desk():
    assert STEPS.keys() == BY_NAME.keys()
    publishing = {step.name for step in TRANSITIONS if step.target == Status.CHECKED}
    assert KINDS.keys() == BY_NAME.keys() - publishing | {"publication", "correction", "confirmation"}


def test_the_architecture_page_has_the_same_table():
    page = (Path(__file__).resolve().parents[2] / "docs/architecture.md").read_text()
    rows = re.findall(r"^\| (\w+) \| [^|]+ → [^|]+ \| [^|]+ \| ([^|]*) ?\|$", page, re.MULTILINE)[1:]
    assert {name: set(filter(None, needs.strip().split(", "))) for name, needs in rows} == NEEDS


def test_what_it_says_besides():
    def named(flag):
        return {step.name for step in TRANSITIONS if getattr(step, flag)}

    assert named("public") == {"publish", "approve", "correct", "reopen", "withdraw"}
    assert named("closed_by_approval") == {"publish", "correct"}
    assert named("assigns") == {"take", "reopen"}
    assert named("unassigns") == {"dismiss", "release", "publish", "approve", "correct", "withdraw"}
    assert {step.name: step.published for step in TRANSITIONS if step.published is not None} == {
        "dismiss": False, "release": False, "withdraw": True,
    }  # fmt: skip
    assert named("by_assignee") == {"dismiss", "submit", "publish"}
    assert {step.name: step.own for step in TRANSITIONS if step.own} == {"release": "assignee", "return": "submitter"}
    assert all(step.role >= Role.MODERATOR for step in TRANSITIONS)


def test_every_status_is_of_one_kind():
    assert set(WITHOUT_VERDICT) == {"proposed", "unverified", "dismissed", "withdrawn"}
    assert set(WITH_VERDICT) == {"checked"}
    assert set(Status) - set(PUBLIC) == {"proposed", "dismissed"}
    assert Status.AWAITING_APPROVAL.label == "Awaiting approval"


@pytest.mark.parametrize(("status", "published", "approval", "names", "reason"), ONWARD)
def test_steps_from(status, published, approval, names, reason):
    assert {step.name for step in steps_from(status, published=published, approval=approval)} == names, reason


def test_what_undoes_a_step_leads_back_to_where_it_came_from():
    """No step that readers see is among them, and none that undoes another is seen by readers."""
    for (source, target), names in UNDONE_BY.items():
        assert not BY_STATUSES[source, target].public
        status = target
        for name in names:
            assert status in BY_NAME[name].sources and not BY_NAME[name].public
            status = BY_NAME[name].target
        assert status == source


def test_no_status_is_the_end():
    reached = {"proposed"}
    while more := {target for source, target in BY_STATUSES if source in reached} - reached:
        reached |= more
    assert reached == set(Status) == {source for source, _ in BY_STATUSES}
