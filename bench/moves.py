"""Count how often a request moves between files of this project.

    python -m bench.moves        a line for each request; -v lists the files too

A call into another file of the project is a move, and so is the return from it. Calls inside libraries do not count. The fewer
moves, the fewer times somebody who reads the code of a request has to change files.

Requests go through Django's test client to the demo in a fresh test database. Each is sent three times before it is counted, so
that caches are filled. The cold request is counted the first time.
"""

import os
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import NamedTuple

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "claimtrack.settings")
# The lines of the log would be printed between the figures.
os.environ["CLAIMTRACK_REQUEST_LOG"] = "off"

import django

django.setup()

from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import setup_test_environment

import claimtrack
from claims import demo, reviewing
from claims.models import Claim
from claimtrack import tokens
from claimtrack.models import User

ROOT = Path(claimtrack.__file__).resolve().parent.parent
OURS = tuple(f"{ROOT / app}{os.sep}" for app in ("claimtrack", "sources", "claims"))
# Addresses, and the moves that a reader can still follow.
LIST = "/api/v1/claims/", 25
DETAIL = "/api/v1/claims/{}/", 20
MOST_OF_REVIEW = 70
REVIEW = {
    "to": "checked",
    "verdict": "false",
    "rationale": "The register says otherwise.",
    "evidence": [{"url": "https://register.example/7", "title": "Register", "stance": "refutes"}],
}
WARM_UP = 3


class Request(NamedTuple):
    name: str
    most: int | None
    send: Callable[[], HttpResponseBase]
    warm_up: int = WARM_UP


def moves(send: Callable[[], HttpResponseBase]) -> Counter[tuple[str, str]]:
    """Send the request and count the moves between each pair of files."""
    found: Counter[tuple[str, str]] = Counter()
    running: list[str] = []
    last = ""

    def note(frame: FrameType, event: str, _: object) -> None:
        nonlocal last
        if event not in ("call", "return") or not frame.f_code.co_filename.startswith(OURS):
            return
        if event == "call":
            running.append(frame.f_code.co_filename)
        else:
            running.pop()
        if running:
            if last and last != running[-1]:
                found[last, running[-1]] += 1
            last = running[-1]

    sys.setprofile(note)
    try:
        response = send()
    finally:
        sys.setprofile(None)
    if response.status_code not in (200, 201):
        raise SystemExit(f"The request failed with {response.status_code}: {response.getvalue()[:500]!r}")
    return found


def requests() -> list[Request]:
    demo.load()
    person = User.objects.get(username="editor")
    token = tokens.create_token(by=person, user=person, scope="admin", name="moves")
    anonymous, known = Client(), Client(headers={"Authorization": f"Bearer {token.secret}"})
    waiting = list(Claim.objects.filter(status="unverified")[: WARM_UP + 1])
    for claim in waiting:
        reviewing.review(claim=claim, to="in_review", by=person, expected=claim.version)

    def review() -> HttpResponseBase:
        claim = Claim.objects.get(pk=waiting.pop().pk)
        return known.post(
            f"{LIST[0]}{claim.pk}/reviews/", {**REVIEW, "expected": claim.version}, content_type="application/json"
        )

    shown = Claim.objects.public().filter(status="checked").values_list("pk", flat=True)[0]
    name = Claim.objects.public().filter(speaker__isnull=False).values_list("speaker__name", flat=True)[0]
    return [
        Request("warm list", LIST[1], lambda: anonymous.get(LIST[0])),
        Request("detail", DETAIL[1], lambda: anonymous.get(DETAIL[0].format(shown))),
        Request("list with a token", 35, lambda: known.get(LIST[0])),
        Request("review posted", MOST_OF_REVIEW, review),
        Request("cold speaker_name", None, lambda: anonymous.get(LIST[0], {"speaker_name": name}), warm_up=0),
    ]


def main() -> None:
    too_many = []
    setup_test_environment()
    connection.creation.create_test_db(verbosity=0)
    try:
        for request in requests():
            for _ in range(request.warm_up):
                request.send()
            found = moves(request.send)
            print(f"{request.name:20}{found.total():5}" + (f"  at most {request.most}" if request.most else ""))
            if request.most and found.total() > request.most:
                too_many.append(request.name)
            if "-v" in sys.argv:
                for (caller, callee), times in found.most_common():
                    print(f"{times:9}  {Path(caller).relative_to(ROOT)} → {Path(callee).relative_to(ROOT)}")
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)
    if too_many:
        sys.exit(f"Too many moves: {', '.join(too_many)}.")


if __name__ == "__main__":
    main()
