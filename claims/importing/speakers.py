"""Find the speaker that a line of an import means.

The ledger's own id decides, then the Wikidata id. A name alone means the only speaker with an identical name
(claimtrack.names.identity), or, if there are several, the one with the given role. A name that is only similar makes a new
speaker, with a warning: duplicates can be merged later, but two people who were recorded as one are hard to separate. Aliases
and role of an existing speaker do not change.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db import connection

from claims import curating
from claims.importing.copying import next_ids
from claims.importing.lines import GivenSpeaker, pointing
from claims.models import Alias, Speaker
from claimtrack.db.arrays import as_array
from claimtrack.models import User
from claimtrack.names import fold, identity, is_address
from claimtrack.refusals import Conflict, Invalid, Message
from claimtrack.warnings import InputWarning

_TURN = 0x696D706F7274  # the key of the advisory lock: "import" in ASCII
_POINTERS = {name: f"/speaker/{name}" for name in ("name", "role", "aliases", "wikidata_id")}

# By whether one of them has a Wikidata id, and whether one has a role that no other has.
AMBIGUOUS = {
    (False, False): Message("“%(name)s” may be %(people)s. Give in “speaker” its id."),
    (True, False): Message("“%(name)s” may be %(people)s. Give in “speaker” its id or its Wikidata id."),
    (False, True): Message("“%(name)s” may be %(people)s. Give in “speaker” its id or a role that only one has."),
    (True, True): Message(
        "“%(name)s” may be %(people)s. Give in “speaker” its id, its Wikidata id or a role that only one has."
    ),
}


class Speakers:
    """The speakers that the given ones may mean, fetched in three queries, and the new ones."""

    def __init__(self, given: Iterable[GivenSpeaker]) -> None:
        given = [speaker for speaker in given if not speaker.is_nobody]
        ids = {speaker.id for speaker in given if speaker.id}
        wikidata_ids = {speaker.wikidata_id for speaker in given if speaker.wikidata_id}
        names = {speaker.name for speaker in given}
        people = Speaker.objects.select_related("merged_into")
        self._by_id = {speaker.pk: speaker.winner for speaker in people.filter(pk__in=as_array(ids))}
        self._by_wikidata_id = {
            speaker.wikidata_id: speaker.winner for speaker in people.filter(wikidata_id__in=as_array(wikidata_ids))
        }
        self._by_identity: dict[str, dict[int, Speaker]] = defaultdict(dict)
        self._by_folded: dict[str, dict[int, Speaker]] = defaultdict(dict)
        folded = {fold(name) for name in names}
        for alias in Alias.objects.filter(folded__in=as_array(folded)).select_related("speaker__merged_into"):
            self._index(alias.name, alias.speaker.winner)
        # Each unknown id and each unknown name makes at most one speaker.
        unknown = len(wikidata_ids - self._by_wikidata_id.keys())
        unknown += len({identity(name) for name in names} - self._by_identity.keys())
        self._ids = iter(next_ids("claims_speaker", unknown) if unknown else [])
        self._new: list[Speaker] = []
        self._new_aliases: list[Alias] = []

    def find(self, given: GivenSpeaker) -> Speaker | None:
        """Return the speaker that is meant, or None if there is none.

        Raises Conflict `speaker_ambiguous` with the ids of the `speakers` if several have the name, Invalid `speaker_unknown`
        if nobody has the id, and Conflict `speaker_differs` if somebody else has it.
        """
        if given.id:
            return self._of_id(given, given.id)
        if given.wikidata_id:
            # A speaker with this name, but with another Wikidata id or none, may be another person.
            return self._by_wikidata_id.get(given.wikidata_id)
        namesakes = self._by_identity.get(identity(given.name), {})
        if len(namesakes) > 1:
            role = identity(given.role)
            namesakes = {pk: one for pk, one in namesakes.items() if role and identity(one.role) == role} or namesakes
        if len(namesakes) > 1:
            raise _ambiguous(given.name, [namesakes[pk] for pk in sorted(namesakes)])
        return next(iter(namesakes.values()), None)

    def warnings(self, given: GivenSpeaker, known: Speaker | None) -> list[InputWarning]:
        """Return the differences between the line and the `known` speaker, which is None for a new one."""
        alike = self._by_folded.get(fold(given.name), {})
        found = []
        if known is None and alike:
            found.append(curating.alike_warning(given.name, [alike[pk] for pk in sorted(alike)], "/speaker/name"))
        if known is None:
            found += curating.about_name(given.name, "/speaker/name")
        if known and known.pk not in alike:
            detail = Message(
                "%(wikidata_id)s is %(described)s; the name “%(name)s” is left out.",
                {"wikidata_id": given.wikidata_id, "described": known.described, "name": given.name},
            )
            found.append(InputWarning("speaker_name_differs", "/speaker/name", detail))
        if known and given.wikidata_id and given.id and not known.wikidata_id:
            detail = Message(
                "%(described)s has no Wikidata id on record; %(wikidata_id)s is left out.",
                {"described": known.described, "wikidata_id": given.wikidata_id},
            )
            found.append(InputWarning("wikidata_id_left_out", "/speaker/wikidata_id", detail))
        return found

    def add(self, speaker: Speaker, aliases: list[Alias]) -> None:
        """Add a new speaker, which `find` then finds, and which `write` inserts."""
        speaker.pk = next(self._ids)
        self._new.append(speaker)
        self._new_aliases += aliases
        if speaker.wikidata_id:
            self._by_wikidata_id[speaker.wikidata_id] = speaker
        for alias in aliases:
            self._index(alias.name, speaker)

    def write(self) -> None:
        Speaker.objects.bulk_create(self._new)
        Alias.objects.bulk_create(self._new_aliases)

    def _index(self, name: str, speaker: Speaker) -> None:
        self._by_identity[identity(name)][speaker.pk] = speaker
        self._by_folded[fold(name)][speaker.pk] = speaker

    def _of_id(self, given: GivenSpeaker, pk: int) -> Speaker:
        speaker = self._by_id.get(pk)
        if speaker is None:
            raise Invalid("There is no speaker %(id)s.", code="speaker_unknown", field="/speaker/id", params={"id": pk})
        if speaker.pk not in self._by_folded.get(fold(given.name), {}):
            message = Message(
                "Speaker %(id)s is %(described)s, who is not known as “%(name)s”.",
                {"id": pk, "described": speaker.described, "name": given.name},
            )
            raise Conflict(message, code="speaker_differs", field="/speaker/name")
        if given.wikidata_id:
            owner = self._by_wikidata_id.get(given.wikidata_id, speaker)
            if owner != speaker or speaker.wikidata_id not in (None, given.wikidata_id):
                message = Message(
                    "Speaker %(id)s is %(described)s, not %(wikidata_id)s.",
                    {"id": pk, "described": speaker.described, "wikidata_id": given.wikidata_id},
                )
                raise Conflict(message, code="speaker_differs", field="/speaker/wikidata_id")
        return speaker


def new_speaker(given: GivenSpeaker) -> tuple[Speaker, list[Alias]]:
    """Return the speaker of a line, which is not saved yet, with its aliases. Raises Invalid."""
    with pointing(_POINTERS):
        return curating.new_speaker(aliases=given.aliases, **_columns(given))


def speaker_of(given: GivenSpeaker, *, by: User, warnings: list[InputWarning]) -> Speaker | None:
    """Return the speaker that is meant, which is created if there is none, or None if the name is a placeholder.

    Adds to `warnings`. Raises like Speakers.find, and Invalid. Fields of warnings and refusals are JSON Pointers into a line.
    """
    if given.is_nobody:
        warnings.append(nobody(given))
        return None
    speakers = Speakers([given])
    known = speakers.find(given)
    if known is None:
        take_turn()
        speakers = Speakers([given])
        known = speakers.find(given)
    warnings += speakers.warnings(given, known)
    if known:
        return known
    with pointing(_POINTERS):
        return curating.create_speaker(by=by, aliases=given.aliases, **_columns(given))


def nobody(given: GivenSpeaker) -> InputWarning:
    """Return the warning about a name that is no speaker's."""
    detail = (
        Message("“%(name)s” is an address and not a name: the claim has no speaker.", {"name": given.name})
        if is_address(given.name)
        else Message("“%(name)s” stands for nobody: the claim has no speaker.", {"name": given.name})
    )
    return InputWarning("speaker_nobody", "/speaker/name", detail)


def take_turn() -> None:
    """Wait for other imports to commit, so that two at once cannot create the same speaker, topic or claim."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])


def _columns(given: GivenSpeaker) -> curating.SpeakerFields:
    return {"name": given.name, "kind": given.kind, "role": given.role, "wikidata_id": given.wikidata_id}


def _ambiguous(name: str, people: Collection[Speaker]) -> Conflict:
    """Return the refusal that lists the speakers, and suggests only what distinguishes them."""
    roles = [identity(one.role) for one in people]
    known, role = any(one.wikidata_id for one in people), any(role and roles.count(role) == 1 for role in roles)
    return Conflict(
        AMBIGUOUS[known, role],
        code="speaker_ambiguous",
        field="/speaker/name",
        speakers=[one.pk for one in people],
        params={"name": name, "people": curating.listed(people)},
    )
