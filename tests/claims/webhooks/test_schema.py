"""The OpenAPI document describes the messages."""

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from claims.webhooks import delivering
from claims.webhooks.subscribing import send_test
from tests.claims.webhooks.conftest import settled
from tests.factories import make_claim, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def test_messages_are_as_it_says(client, receiver, subscribe):
    document = client.get("/api/schema/").json()
    kinds = ["claim", "speaker", "source", "article", "topic", "verdict"]
    webhook = subscribe(kinds=kinds, since="beginning")
    make_claim("checked", topics=["roads"]).speaker.aliases.create(
        name="The Mayor", key="the mayor", folded="the mayor"
    )
    send_test(webhook=webhook, by=make_user("editor"))
    settled()
    delivering.work(webhook.pk)
    assert {message["type"] for message in receiver.messages} >= {"claim.updated", "speaker.updated", "webhook.test"}
    for message in receiver.messages:
        content = document["webhooks"][message["type"]]["post"]["requestBody"]["content"]["application/json"]
        schema = {**content["schema"], "components": document["components"]}
        for value in (message, content["examples"]["Message"]["value"]):
            Draft202012Validator(schema, format_checker=FormatChecker()).validate(value)
