"""The secrets with which receivers verify that a message is ours, as Standard Webhooks defines them.

HMAC needs the secret itself, so a digest is not enough, as it is for a token. The secret is encrypted with a key derived from
CLAIMTRACK_SECRET_KEY, so a dump of the database does not reveal it. Secrets that were encrypted with one of
CLAIMTRACK_SECRET_KEY_FALLBACKS can still be read.
"""

import base64
import secrets
from contextlib import suppress
from datetime import datetime
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils import timezone
from standardwebhooks.webhooks import Webhook as Signer

from claims.models import Webhook

PREFIX = "whsec_"


def make_secret() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def encrypted(secret: str) -> str:
    return _cipher().encrypt(secret.encode()).decode()


def headers(webhook: Webhook, message: str, moment: datetime, body: str) -> dict[str, str]:
    """Return the headers of a message: its id, its time, and a signature by each secret that is in force.

    Raises cryptography.fernet.InvalidToken if the key that the secret was encrypted with is gone.
    """
    signers = [Signer(_decrypted(webhook.secret))]
    if webhook.old_secret and webhook.old_secret_until and webhook.old_secret_until > timezone.now():
        with suppress(InvalidToken):
            signers.append(Signer(_decrypted(webhook.old_secret)))
    return {
        "webhook-id": message,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": " ".join(signer.sign(message, moment, body) for signer in signers),
    }


def _decrypted(secret: str) -> str:
    return _cipher().decrypt(secret.encode()).decode()


def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    return base64.urlsafe_b64encode(sha256(f"claimtrack webhooks\n{key}".encode()).digest())
