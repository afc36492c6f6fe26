"""Read environment variables, which are the settings of a desk. A bad value stops the start with a sentence that says what is right.

Secrets are among the values, so no sentence repeats one.
"""

import os
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

import dj_email_url
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from environs import EnvNotSetError, EnvValidationError, FileAwareEnv, ValidationError, validate

from claimtrack.roles import Role

SECRET_LENGTH = 50
MOST_HOURS = 87_600  # ten years
# Marshmallow says what is wrong, and not what would be right.
RIGHT = {
    "Not a valid boolean.": "Must be on or off.",
    "Not a valid integer.": "Must be a whole number.",
    "Not a valid number.": "Must be a number.",
    "Special numeric values (nan or infinity) are not permitted.": "Must be a number.",
    "Not a valid database URL.": "Must be postgresql://user:password@host:5432/name.",
    "Not valid JSON.": 'Must be JSON such as {"fact-check": "Moderator"}.',
}
_LABEL = r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?"
_HOST = rf"({_LABEL}(\.{_LABEL})*\.?|\[[0-9a-f:.]+\])"


class Environment(FileAwareEnv):
    """Environment variables. NAME_FILE is the path of a file with the value of NAME."""

    def _get_value(self, env_key: str, default: object) -> object:
        try:
            return super()._get_value(env_key, default)
        except (OSError, ValueError) as error:
            # Its message may contain a part of the file.
            raise ValidationError(
                f"{env_key}{self.file_suffix} must be the path of a readable file of text."
            ) from error


@contextmanager
def explained() -> Iterator[None]:
    """End the program with a sentence, and without a traceback, if a value is bad."""
    try:
        yield
    except EnvNotSetError as error:
        sentence = f"{_variable(error)} is not set, and has no default."
    except EnvValidationError as error:
        sentence = f"{_variable(error)}: {' '.join(dict.fromkeys(_sentences(error.error_messages)))}"
    except ValidationError as error:
        sentence = " ".join(_sentences(error.messages))
    else:
        return
    raise SystemExit(f"claimtrack does not start. {sentence}")


def _variable(error: Exception) -> str:
    """Return the name in the first sentence of environs."""
    found = re.search('"([A-Z0-9_]+)"', str(error))
    return found[1] if found else "A variable"


def _sentences(messages: object) -> Iterator[str]:
    if isinstance(messages, dict):
        messages = list(messages.values())
    if isinstance(messages, list):
        for message in messages:
            yield from _sentences(message)
    else:
        yield RIGHT.get(str(messages), str(messages))


def each(check: Callable[[str], object]) -> Callable[[list[str]], None]:
    """Return a function that checks each item of a list."""

    def check_all(items: list[str]) -> None:
        for item in items:
            check(item)

    return check_all


def item(text: str) -> str:
    """Return an item of a list with commas, without the space that people write after each comma."""
    return text.strip()


def origin(text: str) -> None:
    """Refuse an origin that does not become an address if a path is appended."""
    if not (re.fullmatch(rf"https?://{_HOST}(:[0-9]+)?", text) and _is_address(text)):
        raise ValidationError(
            "Must be http(s)://host or http(s)://host:port in lower case, without a path or trailing slash."
        )


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        if "[" in parts.netloc:
            ip_address(parts.hostname or "")
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def address(example: str, *, schemes: str = "https?") -> Callable[[str], None]:
    """Return a function that refuses anything but a web address or an empty text."""

    def check(text: str) -> None:
        plain = re.fullmatch(rf"{schemes}://[^\s<>\"]+", text)
        if text and not (plain and _is_address(text)):
            raise ValidationError(f"Must be an address such as {example}.")

    return check


host = validate.Regexp(
    rf"(?i)(\.?{_HOST}|\*)\Z", error="Must be host names with commas between them, without scheme and port."
)
desk_name = validate.Regexp(r"(?s)(?=.*\S).{1,200}\Z", error="Must be a name of at most 200 characters.")
oidc_name = validate.Regexp(r"(?=.*\S).{1,40}\Z", error="Must be a text of at most 40 characters.")
claim_name = validate.Regexp(r".*\S.*\Z", error="Must be the name of the claim that lists a person's groups.")
claim_url = validate.Regexp(
    r"(https?://[^\s{}<>\"]+\{id\}[^\s{}<>\"]*)?\Z",
    error="Must be an address with {{id}} in it, such as https://paper.example/checks/{{id}}/.",
)
data_license = validate.Regexp(
    r"([A-Za-z0-9.+-]+|https?://[^\s<>\"]+)\Z", error="Must be an SPDX identifier or an address."
)
default_language = validate.Regexp(r"[a-z]{2,3}\Z", error="Must be a language code such as en or pt.")
email_from = validate.Regexp(
    r"(\S+@\S+|[^\n<>]+ <\S+@\S+>)?\Z", error="Must be an address, or a name with one: Desk <desk@host>."
)
public_key = validate.Regexp(
    r"[^+\s]+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+\Z", error="Must be public keys (name+id+key) with commas between them."
)
secret = validate.Length(min=SECRET_LENGTH, error=f"Must have at least {SECRET_LENGTH} characters.")


def issuer(text: str) -> None:
    plain = re.fullmatch(r"https://\S+|http://(127\.0\.0\.1|localhost)(:[0-9]+)?(/\S*)?", text)
    if text and not (plain and _is_address(text)):
        raise ValidationError("Must be the https:// address that the issuer calls itself.")


def email_settings(text: str) -> dict[str, object]:
    """Return Django's settings for an address of CLAIMTRACK_EMAIL_URL."""
    try:
        found = dj_email_url.parse(text)
        right = (
            not text or text == "console://" or bool(re.match("(smtp|submission)://.", text) and found["EMAIL_HOST"])
        )
    except ValueError:
        right = False
    if not right:
        raise ValidationError(
            "Must be submission://user:password@host (STARTTLS), smtp://user:password@host:465/?ssl=True or console://."
            " Percent-encode signs such as @ and / in user and password."
        )
    return found


def roles(mapped: object) -> None:
    names = [role.group for role in Role if role]
    if not isinstance(mapped, dict) or not all(role in names for role in mapped.values()):
        raise ValidationError(f'Must be JSON such as {{"fact-check": "Moderator"}}; the roles are {", ".join(names)}.')


def network(text: str) -> IPv4Network | IPv6Network:
    try:
        return ip_network(text.strip())
    except ValueError as error:
        raise ValidationError(f"Must be networks such as 10.0.0.0/8,::1/128: {error}.") from error


def network_or_any(text: str) -> str:
    return "*" if text.strip() == "*" else str(network(text))


def socket_address(text: str) -> tuple[str, int] | None:
    """Read an address and a port. A port alone would be open to everybody who can reach the machine."""
    if not text:
        return None
    try:
        parts = urlsplit(f"//{text}")
        if parts.port and parts.netloc == text:
            return str(ip_address(parts.hostname or "")), parts.port
    except ValueError:
        pass
    raise ValidationError("Must be an IP address and a port, such as 127.0.0.1:9100 or [::1]:9100.")


def hours(given: list[float]) -> None:
    if not all(0 < hour <= MOST_HOURS for hour in given):
        raise ValidationError(f"Must be hours with commas between them, each more than 0 and at most {MOST_HOURS:,}.")


def time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError("Must be a time zone of the IANA database, such as Europe/Berlin.")


def signing_key(path: str) -> None:
    """Refuse a file that cannot sign the log. Otherwise nobody would notice until something is published."""
    try:
        right = not path or isinstance(load_pem_private_key(Path(path).read_bytes(), None), Ed25519PrivateKey)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm):
        right = False
    if not right:
        raise ValidationError(
            "Must be the path of a readable file with an Ed25519 private key, as “openssl genpkey -algorithm ed25519” makes it."
        )


def certificates(path: str) -> None:
    try:
        right = not path or "-----BEGIN CERTIFICATE-----" in Path(path).read_text()
    except (OSError, ValueError):
        right = False
    if not right:
        raise ValidationError("Must be the path of a readable file with certificates (PEM).")


def optional_path(text: str) -> Path | None:
    return Path(text) if text else None


def stored_secret(path: Path) -> str:
    """Return the key in `path`. The first process that starts creates it, even if several start at once."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            draft = path.with_name(f"{path.name}.{os.getpid()}")
            draft.touch(mode=0o600)
            draft.write_text(secrets.token_urlsafe(SECRET_LENGTH))
            try:
                os.link(draft, path)
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        return path.read_text()
    except OSError as error:
        raise ValidationError(
            f"CLAIMTRACK_VAR_DIR must be a folder in which claimtrack may write, as it may not in {path.parent}: {error.strerror}."
        ) from error
