"""What the OpenAPI document says of the Data Package (Frictionless) that describes the CSV."""

from claimtrack.api.filters import Schema


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "required": [*properties], "properties": properties, "additionalProperties": True}


def _array(items: Schema) -> Schema:
    return {"type": "array", "items": items}


_TEXT = {"type": "string"}
_FIELD = _object(
    name=_TEXT, type={"type": "string", "enum": ["integer", "boolean", "date", "datetime", "string"]}, description=_TEXT
)
COMPONENTS = {
    "DataPackage": _object(
        profile=_TEXT,
        name=_TEXT,
        title=_TEXT,
        description=_TEXT,
        licenses=_array({"type": "object", "required": ["path"], "properties": {"name": _TEXT, "path": _TEXT}}),
        resources=_array(
            _object(
                name=_TEXT,
                path={"type": "string", "format": "uri"},
                mediatype=_TEXT,
                encoding=_TEXT,
                dialect={"type": "object", "additionalProperties": True},
                schema=_object(fields=_array(_FIELD), missingValues=_array(_TEXT)),
            )
        ),
    )
}
