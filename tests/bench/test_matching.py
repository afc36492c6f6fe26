"""The questions of the benchmark of matching, and the ways that it compares."""

from bench.matching import plain_bm25
from bench.questions import KINDS, mean_average_precision, write
from claims.text.likeness import differences

WRITTEN = write(600, 60)


def test_every_question_has_its_claim():
    assert len(WRITTEN.claims) == len(set(WRITTEN.claims)) == 600
    assert {question.claim for question in WRITTEN.questions} <= set(WRITTEN.claims)
    assert [question.kind for question in WRITTEN.questions[:3]] == KINDS


def test_every_trap_is_on_record_and_told_from_its_claim():
    assert {trap for _, _, trap in WRITTEN.traps} <= set(WRITTEN.claims)
    for kind, claim, trap in WRITTEN.traps:
        kinds = {found.kind for found in differences(claim, trap)}
        assert kind in kinds or (kind == "negation" and "opposite" in kinds), (claim, trap)


def test_it_is_the_same_for_everybody():
    assert write(600, 60) == WRITTEN


def test_plain_bm25_finds_most():
    search = plain_bm25(WRITTEN.claims)
    assert mean_average_precision(WRITTEN.questions, lambda text: search(text, 5)) > 0.8
