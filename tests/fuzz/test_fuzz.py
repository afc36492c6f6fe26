"""Requests made up from the API's own document: no fault of ours, and no answer that the document does not describe.

A short run here; `make fuzz` sends some twenty thousand.
"""

import json
import os
from contextlib import suppress

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from claims.models import Appearance, Claim, Speaker
from claimtrack import tokens
from claimtrack.wsgi import application
from sources.models import Article, Source
from tests.factories import make_claim, make_user, step

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
]


@schemathesis.serializer("application/x-ndjson")
def ndjson(context, value):
    return value.encode() if isinstance(value, str) else json.dumps(value).encode()


SCOPES = [None, "read", "propose", "review", "admin"]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_connection():
    """That of the test, with its transaction, for all requests, as Django's own client has it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def api():
    """The document of a desk with a claim in every status."""
    claim = make_claim("checked", topics=["traffic"], said_at="2025-09", language="en")
    step(claim, "checked", by=make_user("editor"), verdict="satire")
    for status in ("proposed", "unverified", "in_review", "awaiting_approval", "withdrawn", "dismissed"):
        make_claim(status)
    return schemathesis.openapi.from_wsgi("/api/schema/", application).include(path_regex="^/api/")


def there(case):
    """The same request for a row that there is: ids made up at random lead nowhere."""
    ids = {"claim": Claim, "appearance": Appearance, "speakers": Speaker, "sources": Source, "articles": Article}
    for name, value in case.path_parameters.items():
        model = ids.get(name if name != "id" else case.path.split("/")[3], Claim)
        if isinstance(value, int):
            known = model.objects.order_by("pk").values_list("pk", flat=True)
            case.path_parameters[name] = known[value % len(known)]


def headers_for(scope):
    if scope is None:
        return {}
    user = make_user("editor")
    token = tokens.create_token(by=user, user=user, name="fuzz", scope=scope)
    return {"Authorization": f"Bearer {token.secret}"}


@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize("scope", SCOPES)
def test_each_answer_is_as_the_document_says(api, scope, mode):
    headers = headers_for(scope)
    for result in api.get_all_operations():
        operation = result.ok()

        @LIMITS
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case):
            if mode == GenerationMode.POSITIVE:
                there(case)
            case.call_and_validate(headers=headers, checks=CHECKS)

        with suppress(Unsatisfiable):  # nothing can be wrong with a request that takes nothing
            ask()


@pytest.mark.parametrize("scope", [None, "admin"])
def test_what_one_answer_gives_the_next_request_takes(api, scope):
    headers = headers_for(scope)

    class Walk(api.as_state_machine()):
        def get_call_kwargs(self, case):
            return {"headers": headers}

        def validate_response(self, response, case, **kwargs):
            case.validate_response(
                response, checks=[*CHECKS, checks.use_after_free, checks.ensure_resource_availability]
            )

    Walk.run(settings=settings(LIMITS, max_examples=EXAMPLES, stateful_step_count=8))
