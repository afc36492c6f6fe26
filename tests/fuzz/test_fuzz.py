"""Requests made up from the API's own document: no fault of ours, and no answer that the document does not describe.

A short run here; `make fuzz` sends more than thirty thousand and says at its end how many.
"""

import json
import os
from contextlib import ExitStack, contextmanager, suppress
from threading import BoundedSemaphore

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core import NotSet
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi import checks

from claims import curating
from claims.models import Appearance, Claim, ExternalReview, Inquiry, Speaker, Webhook
from claims.webhooks.subscribing import create_webhook
from claimtrack import tokens
from sources.ingesting import fetches
from sources.models import Article, Fetch, Source
from tests.factories import QUOTE, make_claim, make_external_review, make_user, step

EXAMPLES = int(os.environ.get("CLAIMTRACK_FUZZ", "2"))
LIMITS = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=EXAMPLES < 10,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.missing_required_header,
    checks.unsupported_method,
    checks.negative_data_rejection,
    checks.ignored_auth,
]
TEXTS = ("application/x-ndjson", "application/octet-stream", "text/html", "text/tab-separated-values")
# What these take, no schema can say.
DEMANDING = {"cursor", "ids", "q", "since"}
SCOPES = [None, "read", "propose", "review", "admin"]

pytestmark = pytest.mark.django_db


@schemathesis.serializer("application/x-ndjson")
def ndjson(context, value):
    return value.encode()


@pytest.fixture(autouse=True)
def one_connection():
    """That of the test, with its transaction, for all requests, as Django's own client has it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def document(counted, django_db_setup, django_db_blocker):
    """Read the document once for this module: it keeps the strategies of its operations, which take long to build."""
    with django_db_blocker.unblock():
        return schemathesis.openapi.from_wsgi("/api/schema/", counted)


@pytest.fixture
def api(document, settings, monkeypatch):
    """The document of a desk with a claim in every status."""
    # The fuzzer closes no stream.
    monkeypatch.setattr("claimtrack.api.exports.free", BoundedSemaphore(1_000_000))
    # More than that many a minute are sent, and what is refused unread shows nothing.
    settings.CLAIMTRACK_THROTTLE_TOKEN = settings.CLAIMTRACK_THROTTLE_WRITE = 0
    claim = make_claim("checked", topics=["traffic"], said_at="2025-09", language="en")
    step(claim, "checked", by=make_user("editor"), verdict="satire")
    make_external_review(claim)
    editor = make_user("editor")
    curating.inquire(claim=claim, by=editor, asked_for="reply", channel="phone", asked_on="2026-01-05", text="Why?")
    create_webhook(by=editor, name="Partner", endpoint="https://partner.example/hook")
    fetches.ask(by=editor, url="https://paper.example/slow")
    for status in ("proposed", "unverified", "in_review", "awaiting_approval", "withdrawn", "dismissed"):
        make_claim(status)
    return document


MODELS = {
    "claims": Claim,
    "claim": Claim,
    "appearance": Appearance,
    "speakers": Speaker,
    "speaker": Speaker,
    "sources": Source,
    "articles": Article,
    "external-reviews": ExternalReview,
    "annotations": Appearance,
    "fetches": Fetch,
    "inquiry": Inquiry,
    "webhook": Webhook,
    "webhooks": Webhook,
}
WORDS = {
    "slug": "traffic",
    "code": "satire",
    "topics": "traffic",
    "verdict": "satire",
    "said_at": "2025-09",
    "accessed_at": "2025-09-05",
    "published_at": "2025-09-05",
    "language": "en",
    "country": "SE",
    "wikidata_id": "Q42",
    "url": "https://paper.example/nine",
    "website": "https://paper.example/",
    "homepage": "https://paper.example/",
    "archive_url": "https://archive.example/nine",
    "source_domain": "paper.example",
    "domains": "paper.example",
}


def row(name, number):
    known = MODELS[name].objects.order_by("pk").values_list("pk", flat=True)
    return known[number % len(known)]


def as_sent(case):
    """The case as it reaches the API, which decides whether it is right."""
    if case.media_type in TEXTS and not isinstance(case.body, str | bytes | NotSet):
        # Lines, pages and tables are text, and so is whatever is sent as one.
        case.body = json.dumps(case.body)
    if "Idempotency-Key" in (case.headers or {}) and not case.meta.is_negative_at(ParameterLocation.HEADER):
        # The same few would come again and again, each time with another request: 422.
        case.headers["Idempotency-Key"] = case.id
    return case


def checks_of(case):
    """The checks that the answer has to pass.

    A schema cannot say that a quote stands in a text, which cursors and places of the feed there are, how many ids go in all, or
    that the order by relevance takes words and a query more than stop words: only of reading without these must the API take
    whatever fits the schema. Nor can anything but text be sent as lines, pages and tables (as_sent).
    """
    if case.media_type in TEXTS:
        return [check for check in CHECKS if check is not checks.negative_data_rejection]
    query = case.query or {}
    # claims:search takes one of two parameters.
    told = case.method == "GET" and not case.path.startswith("/v1alpha1/") and not DEMANDING & set(query)
    told = told and query.get("ordering") != "relevance"
    return [*CHECKS, checks.positive_data_acceptance] if told else CHECKS


def there(case):
    """The same request for rows that there are: ids made up at random lead nowhere."""
    collection = next((part for part in case.path.split("/") if part in MODELS), "")
    for name, value in case.path_parameters.items():
        if isinstance(value, int):
            case.path_parameters[name] = row(name if name in MODELS else collection, value)
        else:
            case.path_parameters[name] = WORDS[name]


def meant(case):
    """The same request with a body that means something: a text made up at random is no quote, code or date."""
    if isinstance(case.body, dict | list):
        case.body = sense(case.body)
    if isinstance(case.body, dict) and "expected" in case.body:
        case.body["expected"] = Claim.objects.get(pk=case.path_parameters["claim"]).version


def sense(value, name=""):
    if isinstance(value, dict) and "quote" in value and "stance" not in value:
        snapshot = Appearance.objects.order_by("-pk").values_list("snapshot", flat=True)[0]
        return {"snapshot": snapshot, "quote": QUOTE}
    if isinstance(value, dict):
        return {name: sense(part, name) for name, part in value.items()}
    if isinstance(value, list):
        return [sense(part, name) for part in value]
    if isinstance(value, int) and name in MODELS:
        return row(name, value)
    return WORDS.get(name, value) if isinstance(value, str) else value


@contextmanager
def undone():
    """Leave the desk as it was, so that what is made up next does not depend on what was sent before."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def headers_for(scope):
    if scope is None:
        return {}
    user = make_user("editor")
    token = tokens.create_token(by=user, user=user, name="fuzz", scope=scope)
    tokens.opened_by(token.secret)  # records the first use: each request would do it again, since it is undone
    return {"Authorization": f"Bearer {token.secret}"}


@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize("scope", SCOPES)
def test_each_answer_is_as_the_document_says(api, scope, mode):
    headers = headers_for(scope)
    for result in api.get_all_operations():
        operation = result.ok()

        @LIMITS
        @given(case=operation.as_strategy(generation_mode=mode), sensible=st.booleans())
        def ask(case, sensible):
            if mode == GenerationMode.POSITIVE:
                there(case)
                if sensible:
                    meant(case)
            with undone():
                as_sent(case).call_and_validate(headers=headers, checks=checks_of(case))

        with suppress(Unsatisfiable):  # nothing can be wrong with a request that takes nothing
            ask()


# Some thousand requests each, however few the examples.
@pytest.mark.slow
@pytest.mark.parametrize("scope", SCOPES if EXAMPLES > 10 else ["admin"])
def test_each_bound_and_method_is_as_the_document_says(api, scope):
    headers = headers_for(scope)
    api = api.clone()  # a clone has tried no unexpected method yet
    for result in api.get_all_operations():
        operation = result.ok()
        generation = api.config.generation_for(operation=operation)
        for case in api.iter_coverage_cases(
            operation, generation_modes=list(GenerationMode), generation_config=generation
        ):
            with undone():
                as_sent(case).call_and_validate(headers=headers, checks=checks_of(case))


@pytest.mark.parametrize("scope", [None, "admin"])
def test_what_one_answer_gives_the_next_request_takes(api, scope):
    headers = headers_for(scope)

    class Walk(api.as_state_machine()):
        def get_call_kwargs(self, case):
            return {"headers": headers}

        def setup(self):
            super().setup()
            self.undoing = ExitStack()
            self.undoing.enter_context(undone())

        def teardown(self):
            self.undoing.close()
            super().teardown()

        def before_call(self, case):
            as_sent(case)

        def validate_response(self, response, case, **kwargs):
            case.validate_response(
                response,
                checks=[*checks_of(case), checks.use_after_free, checks.ensure_resource_availability],
                headers=headers,
            )

    Walk.run(settings=settings(LIMITS, max_examples=EXAMPLES, stateful_step_count=8))
