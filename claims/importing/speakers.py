"""Find the speaker that a line of an import means.

The ledger's own id decides, then the Wikidata id. A name alone means the one speaker who has an identical one
(claimtrack.names.identity), or among namesakes the one whose role it gives. Two names that are only alike are two speakers,
with a warning: a duplicate can be merged later, and two people recorded as one are hard to part. Aliases and role of a known
speaker stay as they are.
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
from claimtrack.names import fold, identity
from claimtrack.refusals import Conflict, Invalid
from claimtrack.warnings import InputWarning

_TURN = 0x696D706F7274  # the advisory lock that is the turn: "import" in ASCII
_POINTERS = {name: f"/speaker/{name}" for name in ("name", "role", "aliases", "wikidata_id")}


class Speakers:
    """The speakers that may be meant, fetched in three queries, and those that are made meanwhile."""

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
        self._identical: dict[str, dict[int, Speaker]] = defaultdict(dict)
        self._alike: dict[str, dict[int, Speaker]] = defaultdict(dict)
        folded = {fold(name) for name in names}
        for alias in Alias.objects.filter(folded__in=as_array(folded)).select_related("speaker__merged_into"):
            self._know(alias.name, alias.speaker.winner)
        # Each id and each name that is not known makes one speaker at most.
        unknown = len(wikidata_ids - self._by_wikidata_id.keys())
        unknown += len({identity(name) for name in names} - self._identical.keys())
        self._ids = iter(next_ids("claims_speaker", unknown) if unknown else [])
        self._made: list[Speaker] = []
        self._made_aliases: list[Alias] = []

    def find(self, given: GivenSpeaker) -> Speaker | None:
        """Return the speaker that is meant, None where the ledger has none.

        Raises Conflict `speaker_ambiguous` where several have the name, with their ids as `speakers`; Invalid
        `speaker_unknown` and Conflict `speaker_differs` for an id that is nobody's or somebody else's.
        """
        if given.id:
            return self._of_id(given, given.id)
        if given.wikidata_id:
            # Who has the name but another Wikidata id, or none, is not known to be this person.
            return self._by_wikidata_id.get(given.wikidata_id)
        namesakes = self._identical.get(identity(given.name), {})
        if len(namesakes) > 1:
            role = identity(given.role)
            namesakes = {pk: one for pk, one in namesakes.items() if role and identity(one.role) == role} or namesakes
        if len(namesakes) > 1:
            raise _ambiguous(given.name, [namesakes[pk] for pk in sorted(namesakes)])
        return next(iter(namesakes.values()), None)

    def warnings(self, given: GivenSpeaker, known: Speaker | None) -> list[InputWarning]:
        """Say what of the line is not as the ledger has it: `known` is the speaker that is meant, None for a new one."""
        alike = self._alike.get(fold(given.name), {})
        if known is None and alike:
            others = _listed(alike[pk] for pk in sorted(alike))
            detail = f"“{given.name}” is a new speaker beside {others}. Merge them at the desk if they are one."
            return [InputWarning("speaker_alike", "/speaker/name", detail)]
        found = []
        if known and known.pk not in alike:
            detail = f"{given.wikidata_id} is {_described(known)}; the name “{given.name}” is left out."
            found.append(InputWarning("speaker_name_differs", "/speaker/name", detail))
        if known and given.wikidata_id and given.id and not known.wikidata_id:
            detail = f"{_described(known)} has no Wikidata id on record; {given.wikidata_id} is left out."
            found.append(InputWarning("wikidata_id_left_out", "/speaker/wikidata_id", detail))
        return found

    def make(self, speaker: Speaker, aliases: list[Alias]) -> None:
        """Count a new speaker among the known; `write` puts it into the ledger."""
        speaker.pk = next(self._ids)
        self._made.append(speaker)
        self._made_aliases += aliases
        if speaker.wikidata_id:
            self._by_wikidata_id[speaker.wikidata_id] = speaker
        for alias in aliases:
            self._know(alias.name, speaker)

    def write(self) -> None:
        Speaker.objects.bulk_create(self._made)
        Alias.objects.bulk_create(self._made_aliases)

    def _know(self, name: str, speaker: Speaker) -> None:
        self._identical[identity(name)][speaker.pk] = speaker
        self._alike[fold(name)][speaker.pk] = speaker

    def _of_id(self, given: GivenSpeaker, pk: int) -> Speaker:
        speaker = self._by_id.get(pk)
        if speaker is None:
            raise Invalid(f"There is no speaker {pk}.", code="speaker_unknown", field="/speaker/id")
        if speaker.pk not in self._alike.get(fold(given.name), {}):
            message = f"Speaker {pk} is {_described(speaker)}, who is not known as “{given.name}”."
            raise Conflict(message, code="speaker_differs", field="/speaker/name")
        if given.wikidata_id:
            owner = self._by_wikidata_id.get(given.wikidata_id, speaker)
            if owner != speaker or speaker.wikidata_id not in (None, given.wikidata_id):
                message = f"Speaker {pk} is {_described(speaker)}, not {given.wikidata_id}."
                raise Conflict(message, code="speaker_differs", field="/speaker/wikidata_id")
        return speaker


def new_speaker(given: GivenSpeaker) -> tuple[Speaker, list[Alias]]:
    """The speaker as the line has it, not in the ledger yet. Raises Invalid."""
    with pointing(_POINTERS):
        return curating.new_speaker(aliases=given.aliases, **_columns(given))


def speaker_of(given: GivenSpeaker, *, by: User, warnings: list[InputWarning]) -> Speaker | None:
    """Return the speaker that is named, made where the ledger knows none; None where the name stands for nobody.

    Adds to `warnings`. Raises what Speakers.find does, and Invalid. The fields of both are JSON Pointers into a line.
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
    detail = f"“{given.name}” stands for nobody: the claim has no speaker."
    return InputWarning("speaker_nobody", "/speaker/name", detail)


def take_turn() -> None:
    """Wait for other imports to commit, so that two at once cannot create the same speaker, topic or claim."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])


def _columns(given: GivenSpeaker) -> curating.SpeakerFields:
    return {"name": given.name, "kind": given.kind, "role": given.role, "wikidata_id": given.wikidata_id}


def _ambiguous(name: str, people: Collection[Speaker]) -> Conflict:
    """Return the refusal that lists the namesakes, and suggests only what tells them apart."""
    roles = [identity(one.role) for one in people]
    advice = ["its id"]
    if any(one.wikidata_id for one in people):
        advice.append("its Wikidata id")
    if any(role and roles.count(role) == 1 for role in roles):
        advice.append("a role that only one has")
    return Conflict(
        f"“{name}” may be {_listed(people)}. Give in “speaker” {' or '.join(advice)}.",
        code="speaker_ambiguous",
        field="/speaker/name",
        speakers=[one.pk for one in people],
    )


def _listed(people: Iterable[Speaker]) -> str:
    return "; ".join(map(_described, people))


def _described(speaker: Speaker) -> str:
    return ", ".join(filter(None, [f"{speaker.name} ({speaker.pk})", speaker.role, speaker.wikidata_id]))
