"""The form of Wikidata ids, and addresses that contain one."""

import re

WIKIDATA_ID = "Q[1-9][0-9]{0,18}"
_ADDRESS = re.compile(rf"https?://(?:www\.|m\.)?wikidata\.org/(?:wiki|entity)/({WIKIDATA_ID})/?")


def address_of(wikidata_id: str) -> str:
    return f"https://www.wikidata.org/wiki/{wikidata_id}"


def id_of(address: str) -> str | None:
    """Return the id in an address of Wikidata, or None for any other address."""
    match = _ADDRESS.fullmatch(address)
    return match[1] if match else None
