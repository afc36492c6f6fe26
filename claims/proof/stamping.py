"""Time stamps of the log by RFC 3161: an authority states that a checkpoint existed on a day, so nobody has to trust the desk's clock.

It takes the optional package rfc3161-client.
"""

from datetime import UTC
from pathlib import Path

from cryptography import x509
from django.conf import settings
from django.utils import timezone
from rfc3161_client import HashAlgorithm, TimestampRequestBuilder, VerificationError, VerifierBuilder
from rfc3161_client import decode_timestamp_response as decode

from claims.models import Checkpoint, Timestamp
from claims.proof.answers import ask
from claimtrack.refusals import Refused

MEDIA_TYPE = "application/timestamp-query"


class NotStamped(Refused):
    """There is no time stamp, but there may be one the next time."""

    code = "not_stamped"


def stamp() -> Timestamp | None:
    """Have the newest checkpoint stamped, unless this day (in UTC) or that checkpoint has a stamp. Return it. Raises NotStamped."""
    url, roots = settings.CLAIMTRACK_TIMESTAMP_URL, settings.CLAIMTRACK_TIMESTAMP_ROOTS
    if not url or not roots:
        raise NotStamped(
            "CLAIMTRACK_TIMESTAMP_URL names no server of time stamps, or CLAIMTRACK_TIMESTAMP_ROOTS no file with the certificate"
            " that its own goes back to."
        )
    head, day = Checkpoint.objects.newest(), timezone.now().astimezone(UTC).date()
    if head is None:
        raise NotStamped("The log has no checkpoint yet.")
    if head.timestamps.exists() or Timestamp.objects.filter(day=day).exists():
        return None
    response = _ask(url, head.note.encode(), roots)
    row, _ = Timestamp.objects.get_or_create(day=day, defaults={"checkpoint": head, "response": response})
    return row


def _ask(url: str, message: bytes, roots: Path) -> bytes:
    """Return the answer of an authority, if it is a stamp of this message with a chain to one of the certificates in a file."""
    query = TimestampRequestBuilder().data(message).hash_algorithm(HashAlgorithm.SHA256).build()
    try:
        found = ask("POST", url, data=query.as_bytes(), headers={"Content-Type": MEDIA_TYPE})
        verifier = VerifierBuilder.from_request(query)
        for root in x509.load_pem_x509_certificates(roots.read_bytes()):
            verifier = verifier.add_root_certificate(root)
        verifier.build().verify_message(decode(found), message)
    except (OSError, ValueError, VerificationError) as error:
        raise NotStamped(
            "There is no time stamp of %(url)s: %(error)s. The next run asks again.",
            params={"url": url, "error": error},
        ) from error
    return found
