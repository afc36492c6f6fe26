"""Serializers are compiled to SQL. tests/claims/api/test_documents.py compares the JSON."""

import pytest
from rest_framework import serializers

from claims.models import Topic
from claimtrack.db.json import select_json


def test_it_takes_no_parameters():
    class Named(serializers.Serializer):
        name = serializers.CharField()
        slug = serializers.CharField()

    sql = select_json(Named, Topic, "$1", ["name"], ["slug"])
    assert "%" not in sql
    assert sql.count("row_to_json") == 2


def test_what_it_cannot_write_is_told_at_once():
    class Unknown(serializers.Serializer):
        nothing = serializers.CharField()

    with pytest.raises(AttributeError, match="IN_SQL"):
        select_json(Unknown, Topic, "$1", ["nothing"])
