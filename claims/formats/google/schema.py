"""What the OpenAPI document says of Google's claims:search."""

_MOMENT = {"type": "string", "format": "date-time"}
_TEXT = {"type": "string"}
_PUBLISHER = {"type": "object", "properties": {"name": _TEXT, "site": _TEXT}}
FACT_CHECKED = {
    "type": "object",
    "description": "Members without a value are absent.",
    "properties": {
        "claims": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "text": _TEXT,
                    "claimant": _TEXT,
                    "claimDate": _MOMENT,
                    "claimReview": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "properties": {
                                "publisher": _PUBLISHER,
                                "url": {"type": "string", "format": "uri"},
                                "title": _TEXT,
                                "reviewDate": _MOMENT,
                                "textualRating": _TEXT,
                                "languageCode": _TEXT,
                            },
                        },
                    },
                },
            },
        },
        "nextPageToken": {"type": "string", "description": "Of the next page; absent on the last."},
    },
}

REFUSAL = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message", "status"],
            "properties": {"code": {"type": "integer"}, "message": _TEXT, "status": _TEXT},
        }
    },
}
