"""The verbs that change claims, speakers, topics and merges. Status and verdict change in claims.reviewing."""

from claims.curating.archives import keep_archive
from claims.curating.asking import inquire, may_publish_told, publish_told, record_outcome, withdraw_told
from claims.curating.assignments import ask, assign, take_over
from claims.curating.claims import (
    Proposed,
    add_appearance,
    edit_claim,
    locked,
    may_edit,
    on_record,
    propose,
    remove_appearance,
)
from claims.curating.comments import comment, mentioned, withdraw_comment
from claims.curating.decisions import EvidenceFields
from claims.curating.drafts import DraftMoved, discard_draft, save_draft
from claims.curating.evidence import read_page, with_page, without_page
from claims.curating.merges import check_merge, judge_distinct, merge_claims, merge_speakers, undo_merge
from claims.curating.redactions import (
    approve_redaction,
    decline_redaction,
    preview_redaction,
    propose_redaction,
    redact,
)
from claims.curating.scale import remove_step, save_step
from claims.curating.source_changes import compare, decide_source
from claims.curating.speakers import (
    SpeakerFields,
    about_name,
    add_alias,
    alike_warning,
    create_speaker,
    edit_speaker,
    listed,
    namesake_warnings,
    new_speaker,
    remove_alias,
)
from claims.curating.suggestions import accept_suggestion, decline_suggestion, suggest_appearance
from claims.curating.topics import create_topic, review_topic_after

__all__ = [
    "DraftMoved",
    "EvidenceFields",
    "Proposed",
    "SpeakerFields",
    "about_name",
    "accept_suggestion",
    "add_alias",
    "add_appearance",
    "alike_warning",
    "approve_redaction",
    "ask",
    "assign",
    "check_merge",
    "comment",
    "compare",
    "create_speaker",
    "create_topic",
    "decide_source",
    "decline_redaction",
    "decline_suggestion",
    "discard_draft",
    "edit_claim",
    "edit_speaker",
    "inquire",
    "judge_distinct",
    "keep_archive",
    "listed",
    "locked",
    "may_edit",
    "may_publish_told",
    "mentioned",
    "merge_claims",
    "merge_speakers",
    "namesake_warnings",
    "new_speaker",
    "on_record",
    "preview_redaction",
    "propose",
    "propose_redaction",
    "publish_told",
    "read_page",
    "record_outcome",
    "redact",
    "remove_alias",
    "remove_appearance",
    "remove_step",
    "review_topic_after",
    "save_draft",
    "save_step",
    "suggest_appearance",
    "take_over",
    "undo_merge",
    "with_page",
    "withdraw_comment",
    "withdraw_told",
    "without_page",
]
