"""Examples of the refusals that each operation words in its own way, for the OpenAPI document."""

from claimtrack.api import problems
from claimtrack.api.exceptions import problem
from claimtrack.api.filters import Schema

IN_PROGRESS = problem(
    409, "idempotency_in_progress", "A request with this Idempotency-Key is being answered: ask again in a moment."
)
PLACE_LOST = (
    "This feed has no such place; the ledger may have been restored from a backup. Drop your copy and begin again without"
    " `since`."
)
# operationId: the refusal of a reader's token (403).
FORBIDDEN = {
    "articles_create": "You may not ingest articles: this takes a Contributor.",
    "claims_appearances_create": "You may not edit claims: this takes a Contributor.",
    "claims_appearances_destroy": "You may not edit this claim: this takes a Moderator.",
    **dict.fromkeys(
        ("claims_assignee_create", "claims_assignee_update", "claims_request_destroy", "claims_request_update"),
        "You may not say who works on a claim: this takes a Moderator.",
    ),
    "claims_bulk": "You may not import claims: this takes a Contributor.",
    **dict.fromkeys(
        ("claims_comments_create", "claims_comments_destroy"),
        "You may not comment on claims: this takes a Moderator.",
    ),
    "claims_create": "You may not propose claims: this takes a Contributor.",
    "claims_inquiries_create": "You may not record whom the desk asked: this takes a Moderator.",
    "claims_inquiries_outcomes_create": "You may not record what came of it: this takes a Moderator.",
    "claims_partial_update": "You may not edit claims: this takes a Contributor.",
    "claims_reviews_create": "“Take” takes the role Moderator.",
    "external_reviews_create": "You may not import reviews: this takes a Contributor.",
    "notices_read": "You may not read notices: this takes a Moderator.",
    "claims_source_decisions_create": "You may not decide about sources: this takes a Moderator.",
    "sources_create": "You may not create sources: this takes a Moderator.",
    "speakers_create": "You may not create speakers: this takes a Contributor.",
    "topics_create": "You may not create topics: this takes a Contributor.",
    **dict.fromkeys(
        (
            "webhooks_create",
            "webhooks_deliveries_create",
            "webhooks_destroy",
            "webhooks_partial_update",
            "webhooks_replay",
            "webhooks_secret",
        ),
        "You may not look after webhooks: this takes an Editor.",
    ),
}
# operationId: a conflict with the state of the ledger (409).
CONFLICTS = {
    "claims_appearances_destroy": problem(
        409, "last_appearance", "The last appearance of a claim stays: add the right one first."
    ),
    "claims_partial_update": problem(
        409,
        "closed",
        "Wording, speaker and dates are closed while a verdict is in force or awaits approval: they change with a submission or"
        " correction.",
        "text",
        pointer="/text",
    ),
    "claims_reviews_create": problem(
        409,
        "stale",
        "This claim changed since you looked at it: it is at version 5, you decided on 4.",
        version=5,
    ),
}


def describe(result: Schema, **kwargs: object) -> Schema:
    """Postprocessing hook, after that of claimtrack.api.problems."""
    for operations in result["paths"].values():
        for operation in operations.values():
            name, responses = operation["operationId"], operation["responses"]
            if name in FORBIDDEN:
                responses["403"] = problems.answer(403, problem(403, "not_allowed", FORBIDDEN[name]))
                responses["409"] = problems.answer(409, CONFLICTS.get(name, IN_PROGRESS))
            if name == "claims_changes":
                responses["410"] = problems.answer(410, problem(410, "place_lost", PLACE_LOST, "since"))
    return result
