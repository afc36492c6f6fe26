"""A claim and all that belongs to it, as the examples of the OpenAPI document show them.

A test takes these steps on a real desk and compares.
"""

from hashlib import sha256

from claimtrack.examples import API, PROPOSED, PUBLISHED, Example
from sources.examples import ARTICLE_REF, SNAPSHOT_REF, SOURCE_REF, TEXT, URL

QUOTE, SECOND_QUOTE = "Nine boats sail each day", "We have nine ferries a day"
WARNING: Example = {
    "code": "date_to_come",
    "field": "said_at",
    "detail": "2926-03-01 lies after tomorrow. Are day and month in their places?",
}
TOPIC: Example = {"id": 2, "name": "Ferries", "slug": "ferries", "review_after": None}
TOPIC_INPUT: Example = {"name": TOPIC["name"]}
SPEAKER: Example = {
    "id": 3,
    "name": "Ada Brook",
    "kind": "person",
    "role": "Harbour master",
    "wikidata_id": None,
    "website": None,
    "aliases": ["A. Brook", "Ada Brook"],
    "merged_into": None,
    "created_at": PROPOSED,
}
SPEAKER_INPUT: Example = {"name": SPEAKER["name"], "role": SPEAKER["role"], "aliases": ["A. Brook"]}
NAMESAKE: Example = {
    "code": "speaker_alike",
    "field": "name",
    "detail": "“Ada Brook” is a new speaker beside Ada Brook (1), Painter. Merge them at the desk if they are one.",
}
WRITTEN_SPEAKER: Example = {**SPEAKER, "warnings": [NAMESAKE]}
VERDICT_REF: Example = {"code": "false", "label": "False", "value": 1}
VERDICT: Example = {**VERDICT_REF, "description": "Not accurate."}


def _place(pk: int, quote: str) -> Example:
    start = TEXT.index(quote)
    end = start + len(quote)
    return {
        "id": pk,
        "quote": quote,
        "start": start,
        "end": end,
        "prefix": TEXT[max(start - 100, 0) : start],
        "suffix": TEXT[end : end + 100],
        "snapshot": SNAPSHOT_REF,
        "article": ARTICLE_REF,
        "source": SOURCE_REF,
    }


PLACE_INPUT: Example = {"article_url": URL, "quote": QUOTE}
SECOND_PLACE_INPUT: Example = {"article_url": URL, "quote": SECOND_QUOTE}
CLAIM_INPUT: Example = {
    "text": "Nine ferries sail a day.",
    "speaker": SPEAKER["id"],
    "speaker_role": SPEAKER["role"],
    "said_at": "2026-03",
    "language": "en",
    "topics": [TOPIC["slug"]],
    "appearances": [PLACE_INPUT],
}
CLAIM_CHANGES: Example = {"text": "Nine ferries sail each day.", "said_at": "2926-03"}
PROPOSED_CLAIM: Example = {
    "id": 17,
    "url": f"{API}/claims/17/",
    "receipt": None,
    "text": CLAIM_INPUT["text"],
    "language": "en",
    "status": "proposed",
    "verdict": None,
    "speaker": {name: SPEAKER[name] for name in ("id", "name", "role")},
    "said_at": "2026-03",
    "due_on": None,
    "topics": CLAIM_INPUT["topics"],
    "provenance": [_place(21, QUOTE)],
    "version": 1,
    "created_at": PROPOSED,
    "updated_at": PROPOSED,
    "review_by": None,
    "reviewed_at": None,
    "warnings": [],
}
CHANGED_CLAIM: Example = {**PROPOSED_CLAIM, **CLAIM_CHANGES, "version": 2, "warnings": [WARNING]}
CLAIM_WITH_ANOTHER_PLACE: Example = {
    **PROPOSED_CLAIM,
    "provenance": [_place(21, QUOTE), _place(22, SECOND_QUOTE)],
    "version": 2,
}
CLAIM: Example = {
    **{name: value for name, value in PROPOSED_CLAIM.items() if name != "warnings"},
    "receipt": f"{API}/claims/17/receipt/",
    "status": "checked",
    "verdict": VERDICT_REF,
    "version": 4,
    "updated_at": PUBLISHED,
    "reviewed_at": PUBLISHED,
}
EVIDENCE: Example = {
    "url": "https://ferries.example/timetable",
    "title": "Timetable",
    "publisher": None,
    "quote": "Departures: 7, 11, 15 and 19",
    "stance": "refutes",
    "archive_url": None,
    "accessed_at": "2026-03-15",
    "snapshot": None,
    "start": None,
    "end": None,
    "prefix": None,
    "suffix": None,
}
_QUOTED = _place(22, SECOND_QUOTE)
QUOTED_EVIDENCE: Example = {
    **EVIDENCE,
    "url": URL,
    "title": ARTICLE_REF["title"],
    "publisher": SOURCE_REF["name"],
    "quote": SECOND_QUOTE,
    "stance": "context",
    "snapshot": {
        **{name: SNAPSHOT_REF[name] for name in ("sha256", "taken_at")},
        "article": f"{API}/articles/{ARTICLE_REF['id']}/",
    },
    **{name: _QUOTED[name] for name in ("start", "end", "prefix", "suffix")},
}
ACCEPTANCE: Example = {"to": "unverified", "expected": 1}
PUBLICATION: Example = {
    "to": "checked",
    "expected": 3,
    "verdict": VERDICT["code"],
    "rationale": "The timetable has four sailings.",
    "evidence": [
        {name: value for name, value in EVIDENCE.items() if value},
        {name: QUOTED_EVIDENCE[name] for name in ("url", "title", "publisher", "quote", "stance", "accessed_at")}
        | {"snapshot": SNAPSHOT_REF["id"]},
    ],
}
REVIEW: Example = {
    "id": 33,
    "claim": CLAIM["id"],
    "kind": "publication",
    "from_status": "in_review",
    "to_status": "checked",
    "verdict": VERDICT_REF,
    "wording": CLAIM["text"],
    "rationale": PUBLICATION["rationale"],
    "evidence": [EVIDENCE, QUOTED_EVIDENCE],
    "reviewer": "The desk",
    "replaces": None,
    "created_at": PUBLISHED,
}
INQUIRY_INPUT: Example = {
    "asked_for": "reply",
    "channel": "email",
    "asked_on": "2026-03-12",
    "text": "Where does the number of sailings come from?",
}
OUTCOME_INPUT: Example = {"answer": "replied", "came_on": "2026-03-14", "text": "From the timetable of last summer."}
OUTCOME: Example = {"id": 4, **OUTCOME_INPUT, "url": None, "published_at": PUBLISHED}
DESK_OUTCOME: Example = {**OUTCOME, "published_at": None, "note": None, "withdrawn_at": None}
INQUIRY: Example = {
    "id": 3,
    "claim": CLAIM["id"],
    "asked_for": INQUIRY_INPUT["asked_for"],
    "asked": {"kind": "speaker", "id": SPEAKER["id"], "name": SPEAKER["name"]},
    **{name: INQUIRY_INPUT[name] for name in ("channel", "asked_on", "text")},
    "published_at": PUBLISHED,
    "outcomes": [OUTCOME],
}
DESK_INQUIRY: Example = {**INQUIRY, "published_at": None, "note": None, "withdrawn_at": None, "outcomes": []}
_BODY = '{"snapshot":{"id":12,"sha256":{"salted":"7d4c1e"}}}'
RECEIPT: Example = {
    "claim": CLAIM["id"],
    "key": "claims.example/log+7d1f3a52+AXJvb20gZm9yIGEga2V5IG9mIHRoaXJ0eS10d28gYnl0ZXM=",
    "checkpoint": "claims.example/log\n1\n…\n\n— claims.example/log …\n",
    "entries": [
        {
            "index": 0,
            "leaf": '{"at":"2026-03-21T09:00:00.000000Z","body":"b5bb9d","claim":null,"kind":"snapshot","v":1}',
            "body": _BODY,
            "opened": {"7d4c1e": {"salt": "00112233445566778899aabbccddeeff", "text": "f2ca1b"}},
            "proof": [],
        }
    ],
}
LATER_TEXT = TEXT.replace("Nine boats", "Four boats")
_SENTENCE = TEXT[: TEXT.index(" Nobody")]
_EARLIER: Example = {
    "quote": _SENTENCE,
    "start": 0,
    "end": len(_SENTENCE),
    "sha256": sha256(TEXT.encode()).hexdigest(),
    "taken_at": PUBLISHED,
}
_LATER: Example = {
    **_EARLIER,
    "quote": LATER_TEXT[: LATER_TEXT.index(" Nobody")],
    "sha256": sha256(LATER_TEXT.encode()).hexdigest(),
}
SOURCE_CHANGE: Example = {
    "id": 4,
    "claim": CLAIM["id"],
    "kind": "changed",
    "earlier": _EARLIER,
    "later": _LATER,
    "later_snapshot": 14,
    "found_at": PUBLISHED,
}
SOURCE_DECISION_INPUT: Example = {"change": 4, "later_snapshot": 14, "decision": "corrected"}
SOURCE_DECISION: Example = {
    "id": 2,
    "claim": CLAIM["id"],
    "kind": "changed",
    "decision": "corrected",
    "earlier": _EARLIER,
    "later": _LATER,
    "by": "The desk",
    "created_at": PUBLISHED,
}
WRITTEN_REVIEW: Example = {**REVIEW, "note": None, "warnings": []}
EXTERNAL_REVIEW_INPUT: Example = {
    "@type": "ClaimReview",
    "url": "https://lantern.example/checks/ferries",
    "claimReviewed": "The harbour has nine ferries every day.",
    "datePublished": "2026-03-20",
    "author": {"@type": "Organization", "name": "Lantern"},
    "reviewRating": {"@type": "Rating", "ratingValue": 1, "bestRating": 5, "worstRating": 1, "alternateName": "Wrong"},
}
EXTERNAL_REVIEW: Example = {
    "id": 5,
    "claim": CLAIM["id"],
    "publisher": {"name": "Lantern", "site": "lantern.example"},
    "url": EXTERNAL_REVIEW_INPUT["url"],
    "title": None,
    "label": "Wrong",
    "rating": {"value": 1.0, "best": 5.0, "worst": 1.0},
    "reviewed_at": "2026-03-20",
    "language": None,
    "claimant": None,
    "claim_reviewed": EXTERNAL_REVIEW_INPUT["claimReviewed"],
    "claimed_at": None,
    "gone_at": None,
    "imported_at": PUBLISHED,
}
IMPORTED: Example = {
    "new": 1,
    "changed": 0,
    "known": 0,
    "gone": 0,
    "proposed": 0,
    "accepted": 0,
    "warnings": [],
    "refused": [],
}
LINE_INPUT: Example = {
    "source": {"name": SOURCE_REF["name"]},
    "article": {"url": URL},
    "speaker": {"name": "Jonas Reed"},
    "claim": {"text": "The harbour runs nine ferries."},
    "quote": SECOND_QUOTE,
}
LINE: Example = {"line": 1, "result": "new", "claim": 18, "code": None, "detail": None, "pointer": None, "warnings": []}
BULK: Example = {"new": 1, "known": 0, "accepted": 0, "refused": 0, "kept": True, "results": [LINE]}
CHANGE: Example = {
    "seq": "0.7613.41",
    "kind": "claim",
    "id": CLAIM["id"],
    "change": "upsert",
    "merged_into": None,
    "at": PUBLISHED,
}
CHANGES: Example = {
    "next": f"{API}/claims/changes/?since=0.7613.41&limit=200",
    "more": False,
    "lag_seconds": 0.0,
    "results": [CHANGE],
}
FACETS: Example = {
    "counted": 1,
    "complete": True,
    "status": [{"value": "checked", "label": "Checked", "count": 1}],
    "verdict": [{"value": "false", "label": "False", "count": 1}],
    "speaker": [{"value": "3", "label": "Ada Brook", "count": 1}],
    "source": [{"value": "4", "label": "The Harbour Post", "count": 1}],
    "topic": [{"value": "ferries", "label": "Ferries", "count": 1}],
    "language": [{"value": "en", "label": "en", "count": 1}],
}
_BY_ADA: Example = {
    "continues": False,
    "name": SPEAKER["name"],
    "cue": "said",
    "speakers": [{name: SPEAKER[name] for name in ("id", "name", "role")}],
}
QUOTATIONS: Example = {
    "article": ARTICLE_REF["id"],
    "snapshot": SNAPSHOT_REF,
    "language": "en",
    "searched_to": 158,
    "quotations": [
        {
            **_BY_ADA,
            "start": 1,
            "end": 26,
            "quote": "Nine boats sail each day,",
            "mention": {"start": 33, "end": 42, "text": "Ada Brook"},
            "named_by": "full_name",
            "margin": 4.7,
            "claims": [17],
        },
        {
            **_BY_ADA,
            "start": 130,
            "end": 157,
            "quote": "We have nine ferries a day.",
            "mention": {"start": 106, "end": 109, "text": "she"},
            "named_by": "pronoun",
            "margin": 4.0,
            "claims": [],
        },
    ],
}
MATCH_INPUT: Example = {"text": "Eight boats sail each day.", "limit": 1, "language": "en"}
MATCHES: Example = {
    "matches": [
        {
            "claim": CLAIM,
            "score": 0.8123,
            "same": False,
            "differences": [
                {
                    "kind": "number",
                    "here": ["8"],
                    "there": ["9"],
                    "detail": "Numbers differ: 8 here, 9 there.",
                }
            ],
        }
    ],
    "sentences": [],
}
ADA: Example = {"id": 7, "name": "ada"}
TOM: Example = {"id": 8, "name": "tom"}
TAKEOVER: Example = {"by": ADA, "taken_from": TOM, "at": PUBLISHED}
ASSIGNEE: Example = {"assignee": ADA, "takeovers": [TAKEOVER], "version": 5}
REQUEST_INPUT: Example = {"person": ADA["id"], "due": "2026-12-04", "priority": "high"}
REQUEST: Example = {**REQUEST_INPUT, "person": ADA, "by": TOM, "at": PUBLISHED}
COMMENT_INPUT: Example = {"text": "@tom The timetable of which year?"}
COMMENT: Example = {"id": 31, "author": ADA, **COMMENT_INPUT, "at": PUBLISHED, "withdrawn_at": None}
NOTICE: Example = {
    "id": 812,
    "kind": "mentioned",
    "claim": 17,
    "webhook": None,
    "by": ADA,
    "comment": COMMENT["id"],
    "due": None,
    "at": PUBLISHED,
    "read_at": None,
}
UNREAD: Example = {"unread": 0}
WEBHOOK: Example = {
    "id": 3,
    "url": f"{API}/webhooks/3/",
    "name": "Newsroom",
    "endpoint": "https://news.example/hooks/claims",
    "filters": "status=checked&topic=traffic",
    "kinds": ["claim"],
    "state": "active",
    "off_because": None,
    "place": "0.4811.1203",
    "delivered_at": None,
    "failing_since": None,
    "created_at": PUBLISHED,
}
WEBHOOK_MADE: Example = {**WEBHOOK, "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}
WEBHOOK_INPUT: Example = {
    "name": WEBHOOK["name"],
    "endpoint": WEBHOOK["endpoint"],
    "filters": WEBHOOK["filters"],
}
DELIVERY: Example = {
    "id": 901,
    "message": "msg_3f1c6d2e8a5b4c7d9e0f1a2b3c4d5e6f",
    "kind": "claim",
    "row": 17,
    "type": "claim.updated",
    "state": "delivered",
    "changed_at": PUBLISHED,
    "attempts": 1,
    "due_at": PUBLISHED,
    "attempted_at": PUBLISHED,
    "status": 204,
    "error": None,
}
