"""docs/openapi.json is the contract with clients, so it changes only on purpose."""

import json
from pathlib import Path

import pytest

RECORD = Path(__file__).resolve().parents[3] / "docs" / "openapi.json"

pytestmark = pytest.mark.django_db


def test_the_document_is_the_one_on_record(client):
    current, record = client.get("/api/schema/").json(), json.loads(RECORD.read_text())
    for part in current.keys() | record.keys() - {"servers"}:
        if part not in ("paths", "servers"):
            assert current.get(part) == record.get(part), f"{part}: if this is wanted, run `make schema`"
    for path in current["paths"].keys() | record["paths"].keys():
        assert current["paths"].get(path) == record["paths"].get(path), f"{path}: if this is wanted, run `make schema`"
