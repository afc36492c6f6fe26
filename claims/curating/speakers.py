import re
from collections.abc import Iterable
from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from claims.models import Alias, Speaker
from claims.proof import recording
from claims.text.limits import MAX_NAME
from claims.text.wikidata import WIKIDATA_ID
from claimtrack.cleaning import clean_line
from claimtrack.db.attribution import verb
from claimtrack.models import User
from claimtrack.names import fits, identity, is_address, is_name, is_nobody
from claimtrack.refusals import Conflict, Invalid, Message
from claimtrack.roles import Role, require
from claimtrack.warnings import InputWarning
from sources.pages.bylines import is_several

EDITABLE = ("name", "kind", "role", "wikidata_id", "website")

NOBODY = Message(
    "“%(name)s” stands for nobody: where the speaker is not known, leave it empty. Who is really called that is recorded with a"
    " Wikidata id."
)
NOBODY_EITHER = Message("“%(name)s” stands for nobody: where the speaker is not known, leave it empty.")


class SpeakerFields(TypedDict, total=False):
    name: str
    kind: str
    role: str
    wikidata_id: str | None
    website: str


@verb
def create_speaker(
    *,
    by: User,
    name: str,
    kind: str = Speaker.Kind.PERSON,
    role: str = "",
    wikidata_id: str | None = None,
    website: str = "",
    aliases: Iterable[str] = (),
) -> Speaker:
    """Make a speaker; namesakes are allowed, a Wikidata id belongs to one. Raises NotAllowed, Invalid, Conflict."""
    require(by, Role.CONTRIBUTOR, "You may not create speakers: this takes a Contributor.")
    speaker, known_as = new_speaker(
        name=name, kind=kind, role=role, wikidata_id=wikidata_id, website=website, aliases=aliases
    )
    _require_free(speaker.wikidata_id, speaker)
    speaker.save(force_insert=True)
    Alias.objects.bulk_create(known_as)
    return speaker


def new_speaker(*, aliases: Iterable[str], **given: Unpack[SpeakerFields]) -> tuple[Speaker, list[Alias]]:
    """Return a speaker and the aliases, unsaved. `given` are the arguments of create_speaker. Raises Invalid.

    The caller checks whether another speaker has the Wikidata id.
    """
    speaker = Speaker(**_clean(given))
    if not speaker.wikidata_id:
        _refuse_nobody(speaker.name, "name")
    known_as = [clean_line(alias, "aliases", limit=MAX_NAME, required=True) for alias in aliases]
    for alias in known_as:
        _refuse_nobody(alias, "aliases")
    names = {_key(alias, "aliases"): alias for alias in known_as}
    names[identity(speaker.name)] = speaker.name
    return speaker, [Alias(speaker=speaker, name=name) for name in names.values()]


def about_name(name: str, field: str) -> list[InputWarning]:
    """Warn of a name that looks like several people, who would be one speaker. Splitting by a guess might split one person's name."""
    if not is_several(name):
        return []
    detail = Message(
        "“%(name)s” looks like several people and is recorded as one speaker: give each a claim of their own"
        " if they are.",
        {"name": name},
    )
    return [InputWarning("speaker_several", field, detail)]


def namesake_warnings(speaker: Speaker) -> list[InputWarning]:
    """Warn of other speakers with the same name as this one, or a similar name."""
    names = [alias.name for alias in speaker.aliases.all()]
    others = Speaker.objects.named(*names).exclude(pk=speaker.pk).order_by("pk")
    return [alike_warning(speaker.name, others, "name")] if others else []


def alike_warning(name: str, others: Iterable[Speaker], field: str) -> InputWarning:
    detail = Message(
        "“%(name)s” is a new speaker beside %(others)s. Merge them at the desk if they are one.",
        {"name": name, "others": listed(others)},
    )
    return InputWarning("speaker_alike", field, detail)


def listed(speakers: Iterable[Speaker]) -> str:
    return "; ".join(speaker.described for speaker in speakers)


@verb
def edit_speaker(*, speaker: Speaker, by: User, **changes: Unpack[SpeakerFields]) -> Speaker:
    """Change name, kind, role, wikidata_id or website. A former name stays as an alias."""
    require(by, Role.MODERATOR, "You may not edit speakers: this takes a Moderator.")
    if unknown := set(changes) - set(EDITABLE):
        raise Invalid(
            "A speaker has no field %(unknown)s to change.",
            code="unknown_field",
            field=min(unknown),
            params={"unknown": min(unknown)},
        )
    columns = _clean(changes)
    _require_free(columns.get("wikidata_id"), speaker)
    speaker = Speaker.objects.select_for_update().get(pk=speaker.pk)
    _require_unmerged(speaker)
    former = speaker.name
    for name, value in columns.items():
        setattr(speaker, name, value)
    if "name" in columns:
        if not speaker.wikidata_id:
            _refuse_nobody(speaker.name, "name")
        _name(speaker, columns["name"])
    speaker.save(update_fields=list(columns))
    recording.speaker_renamed(speaker, former)
    return speaker


@verb
def add_alias(*, speaker: Speaker, by: User, name: str) -> Alias:
    """Add a name by which the speaker is known. Raises Conflict when the speaker has it already."""
    require(by, Role.MODERATOR, "You may not edit aliases: this takes a Moderator.")
    name = clean_line(name, "name", limit=MAX_NAME, required=True)
    key = _key(name)
    _refuse_nobody(name, "name")
    speaker = Speaker.objects.select_for_update().get(pk=speaker.pk)
    _require_unmerged(speaker)
    if speaker.aliases.filter(key=key).exists():
        raise Conflict(
            "%(speaker)s is already known as “%(name)s”.",
            code="duplicate",
            field="name",
            params={"speaker": speaker.name, "name": name},
        )
    return Alias.objects.create(speaker=speaker, name=name)


@verb
def remove_alias(*, alias: Alias, by: User) -> None:
    """Remove an alias, but not the speaker's own name."""
    require(by, Role.MODERATOR, "You may not edit aliases: this takes a Moderator.")
    speaker = Speaker.objects.select_for_update().get(pk=alias.speaker_id)
    _require_unmerged(speaker)
    if alias.name == speaker.name:
        raise Conflict("The speaker's own name stays: rename the speaker instead.", code="speaker_own_name")
    Alias.objects.filter(pk=alias.pk).delete()


def _name(speaker: Speaker, name: str) -> None:
    """Make the name one of the speaker's aliases, in just this spelling."""
    alias, _ = Alias.objects.get_or_create(speaker=speaker, key=_key(name), defaults={"name": name})
    if alias.name != name:
        Alias.objects.filter(pk=alias.pk).update(name=name)


def _key(name: str, field: str = "name") -> str:
    if not is_name(name):
        raise Invalid("“%(name)s” is not a name.", code="required", field=field, params={"name": name})
    if not fits(name):
        raise Invalid("The name “%(name)s” is too long.", code="too_long", field=field, params={"name": name})
    return identity(name)


def _refuse_nobody(name: str, field: str) -> None:
    if is_address(name):
        raise Invalid(
            "“%(name)s” is an address: give the name of who speaks there.",
            code="address",
            field=field,
            params={"name": name},
        )
    if is_name(name) and is_nobody(name):
        raise Invalid(NOBODY if field == "name" else NOBODY_EITHER, code="nobody", field=field, params={"name": name})


def _require_unmerged(speaker: Speaker) -> None:
    if speaker.merged_into_id:
        raise Conflict("This speaker was merged into another; undo the merge to work on it.", code="merged")


def _clean(given: SpeakerFields) -> SpeakerFields:
    columns = given.copy()
    if "name" in columns:
        columns["name"] = clean_line(columns["name"], "name", limit=MAX_NAME, required=True)
        _key(columns["name"])
    if "role" in columns:
        columns["role"] = clean_line(columns["role"], "role", limit=MAX_NAME)
    if "kind" in columns and columns["kind"] not in Speaker.Kind.values:
        raise Invalid(
            "kind is one of %(values)s.",
            code="invalid_choice",
            field="kind",
            params={"values": ", ".join(Speaker.Kind.values)},
        )
    if "website" in columns:
        columns["website"] = clean_line(columns["website"], "website", limit=2000)
    if columns.get("website"):
        try:
            URLValidator(schemes=["http", "https"])(columns["website"])
        except ValidationError as error:
            raise Invalid("The website is an http(s) address.", field="website") from error
    if "wikidata_id" in columns:
        columns["wikidata_id"] = wikidata_id = columns["wikidata_id"] or None
        if wikidata_id and not re.fullmatch(WIKIDATA_ID, wikidata_id):
            raise Invalid("A Wikidata id is Q and digits, such as Q42.", field="wikidata_id")
    return columns


def _require_free(wikidata_id: str | None, speaker: Speaker) -> None:
    taken = Speaker.objects.filter(wikidata_id=wikidata_id).first() if wikidata_id else None
    if taken and taken != speaker:
        raise Conflict(
            "%(wikidata_id)s belongs to %(name)s (%(id)s).",
            code="wikidata_taken",
            field="wikidata_id",
            speaker=taken.pk,
            params={"wikidata_id": wikidata_id, "name": taken.name, "id": taken.pk},
        )
