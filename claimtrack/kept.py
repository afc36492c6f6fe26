"""Refusals and warnings as JSON, for rows that record the result of a job. They can still be translated."""

from collections.abc import Mapping
from typing import Any

from claimtrack.refusals import Amount, Message, Refused
from claimtrack.warnings import InputWarning

Json = dict[str, Any]


def keep_refusal(refusal: Refused) -> Json:
    told = {"code": refusal.code, "field": refusal.field, "status": refusal.status, "extra": refusal.extra}
    return {**told, "message": _keep(refusal.message)}


def kept_refusal(kept: Mapping[str, Any]) -> Refused:
    refusal = Refused(_kept(kept["message"]), code=kept["code"], field=kept["field"], **kept["extra"])
    refusal.status = kept["status"]
    return refusal


def keep_warning(warning: InputWarning) -> Json:
    return {"code": warning.code, "field": warning.field, "detail": _keep(warning.detail)}


def kept_warning(kept: Mapping[str, Any]) -> InputWarning:
    return InputWarning(kept["code"], kept["field"], _kept(kept["detail"]))


def _keep(message: Message) -> Json:
    return {"template": message.template, "params": {name: _plain(value) for name, value in message.params.items()}}


def _plain(value: object) -> object:
    if isinstance(value, Message):
        return _keep(value)
    if isinstance(value, Amount):
        return {"amount": int(value)}
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def _kept(kept: Mapping[str, Any]) -> Message:
    return Message(kept["template"], {name: _lively(value) for name, value in kept["params"].items()})


def _lively(value: Any) -> object:
    if not isinstance(value, Mapping):
        return value
    return Amount(value["amount"]) if "amount" in value else _kept(value)
