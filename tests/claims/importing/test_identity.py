import hashlib
from typing import Any

from claims.importing.identity import key_by_content, key_by_id

SAID: dict[str, Any] = {
    "article": ("https://harbour.example/ferry",),
    "speaker_name": "Ada Brook",
    "wikidata_id": None,
    "quote": "Nine “boats”",
    "text": "Nine ferries.",
}


def test_the_keys_are_those_of_this_spelling():
    """Written out, because a key that comes out differently one day imports every claim a second time."""
    spelled = (
        '["content",["https://harbour.example/ferry"],["name","Ada Brook"],"Nine \\u201cboats\\u201d","Nine ferries."]'
    )
    assert key_by_content(**SAID) == hashlib.sha256(spelled.encode()).hexdigest()
    assert key_by_id("Harbour Post", "7") == hashlib.sha256(b'["id","Harbour Post","7"]').hexdigest()


def test_the_wikidata_id_decides_who_it_is():
    assert key_by_content(**SAID | {"wikidata_id": "Q42"}) == key_by_content(
        **SAID | {"wikidata_id": "Q42", "speaker_name": "A. Brook"}
    )


def test_no_two_submissions_share_a_spelling():
    keys = [
        key_by_content(**SAID),
        key_by_content(**SAID | {"speaker_name": None}),
        key_by_content(**SAID | {"speaker_name": "Q42"}),
        key_by_content(**SAID | {"wikidata_id": "Q42"}),
        key_by_content(**SAID | {"article": ("harbour.example", "0" * 64)}),
        key_by_content(**SAID | {"article": ("harbour.example" + "0" * 64,)}),
        key_by_content(**SAID | {"quote": 'Nine “boats”","Nine ferries.', "text": ""}),
        key_by_id("content", "7"),
    ]
    assert len(set(keys)) == len(keys)
