"""Whom a line of an import means (design section 3, "Identity on import").

The Wikidata id decides; a name alone means the one speaker who has it. Aliases and role of a known one stay as they are.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.db import connection

from claims import curating
from claims.importing.copying import next_ids
from claims.importing.lines import GivenSpeaker
from claims.importing.pointing import pointing
from claims.models import Alias, Speaker
from claims.text.names import fold
from claimtrack.db.arrays import members
from claimtrack.refusals import Conflict

_TURN = 0x696D706F7274  # the advisory lock that is the turn: "import" in ASCII
_POINTERS = {name: f"/speaker/{name}" for name in ("name", "role", "aliases", "wikidata_id")}


class Speakers:
    """The speakers that may be meant, fetched in two queries, and those that are made meanwhile."""

    def __init__(self, given: Iterable[GivenSpeaker]) -> None:
        given = list(given)
        ids = {speaker.wikidata_id for speaker in given if speaker.wikidata_id}
        names = {fold(speaker.name) for speaker in given if not speaker.wikidata_id}
        known = Speaker.objects.filter(wikidata_id__in=members(ids)).select_related("merged_into")
        self.by_id = {speaker.wikidata_id: speaker.winner for speaker in known}
        self.by_name: dict[str, dict[int, Speaker]] = defaultdict(dict)
        for alias in Alias.objects.filter(folded__in=members(names)).select_related("speaker__merged_into"):
            self.by_name[alias.folded][alias.speaker.winner.pk] = alias.speaker.winner
        # Each id and each name that is not known makes one speaker at most.
        unknown = len(ids - self.by_id.keys()) + len(names - self.by_name.keys())
        self._ids = iter(next_ids("claims_speaker", unknown) if unknown else [])
        self.made: list[Speaker] = []
        self.aliases: list[Alias] = []

    def known(self, given: GivenSpeaker) -> Speaker | None:
        """Who has the name but another Wikidata id, or none, is not known to be this person.

        Raises Conflict `speaker_ambiguous` where several have the name, with their ids as `speakers`.
        """
        if given.wikidata_id:
            return self.by_id.get(given.wikidata_id)
        people = self.by_name.get(fold(given.name), {})
        if len(people) > 1:
            listed = "; ".join(_described(people[pk]) for pk in sorted(people))
            raise Conflict(
                f"“{given.name}” may be {listed}: give the Wikidata id of the one that is meant.",
                code="speaker_ambiguous",
                field="/speaker/name",
                speakers=sorted(people),
            )
        return next(iter(people.values()), None)

    def make(self, speaker: Speaker, aliases: list[Alias]) -> None:
        """Count a new speaker among the known; `write` puts it into the ledger."""
        speaker.pk = next(self._ids)
        self.made.append(speaker)
        self.aliases += aliases
        if speaker.wikidata_id:
            self.by_id[speaker.wikidata_id] = speaker
        for alias in aliases:
            self.by_name[alias.folded][speaker.pk] = speaker

    def write(self) -> None:
        Speaker.objects.bulk_create(self.made)
        Alias.objects.bulk_create(self.aliases)


def new_speaker(given: GivenSpeaker) -> tuple[Speaker, list[Alias]]:
    """The speaker as the line has it, not in the ledger yet. Raises Invalid."""
    with pointing(_POINTERS):
        return curating.new_speaker(**asdict(given))


def speaker_of(given: GivenSpeaker, *, by: Any) -> Speaker:
    """The speaker that is named, made where the ledger knows none. Raises Conflict `speaker_ambiguous`, Invalid.

    `field` of a refusal is a JSON Pointer into an import's line.
    """
    if known := Speakers([given]).known(given):
        return known
    take_turn()
    if known := Speakers([given]).known(given):
        return known
    with pointing(_POINTERS):
        return curating.create_speaker(by=by, **asdict(given))


def take_turn() -> None:
    """Wait until no other import is at it, so that two at once do not both make the same speaker, topic or claim."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])


def _described(speaker: Speaker) -> str:
    return ", ".join(filter(None, [f"{speaker.name} ({speaker.pk})", speaker.role, speaker.wikidata_id]))
