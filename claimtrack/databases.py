"""The databases that DATABASE_URL and DATABASE_REPLICA_URL name, in the form of Django's setting DATABASES."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import dj_database_url
from environs import FileAwareEnv, ValidationError

from claimtrack.db.embedded import server

Database = dict[str, Any]

# Opening a connection for each request would cost more CPU than an average request.
KEPT = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
# For libpq. If the machine of a replica is gone, a read waits some seconds for it, and not as long as TCP would (minutes).
SHORT_PATIENCE = {
    "connect_timeout": 2,
    "tcp_user_timeout": 5000,
    "keepalives_idle": 5,
    "keepalives_interval": 1,
    "keepalives_count": 3,
}


def databases(env: FileAwareEnv, data: Path | None, test_name: str) -> dict[str, Database]:
    """Return the primary as `default`, and the replicas as replica_1, replica_2 and so on, in the order of DATABASE_REPLICA_URL.

    `data` is the folder of the embedded server, None where DATABASE_URL names the primary.
    """
    primary = _embedded(data, test_name) if data else _named("DATABASE_URL", env.dj_db_url("DATABASE_URL"))
    urls = [url for url in env.list("DATABASE_REPLICA_URL", default=[]) if url]
    replicas = {f"replica_{number}": _replica(url) for number, url in enumerate(urls, 1)}
    return {"default": primary | KEPT, **replicas}


def replicas_of(configured: Mapping[str, Database]) -> Sequence[str]:
    """Return the aliases of the replicas."""
    return [alias for alias in configured if alias.startswith("replica_")]


def _embedded(data: Path, test_name: str) -> Database:
    return {
        "ENGINE": "claimtrack.db.embedded",
        "NAME": server.NAME,
        "USER": server.NAME,
        "HOST": str(server.socket_folder(data)),
        "PORT": server.PORT,
        "DATA": data,
        "TEST": {"NAME": test_name},
    }


def _replica(url: str) -> Database:
    try:
        database = _named("DATABASE_REPLICA_URL", {**dj_database_url.parse(url)})
    except ValueError as error:
        # Its message may contain the password.
        raise ValidationError("DATABASE_REPLICA_URL must be postgresql:// URLs, with commas between them.") from error
    options = {**SHORT_PATIENCE, **database.get("OPTIONS", {})}
    # Tests make no database of its own for it.
    return {**database, **KEPT, "OPTIONS": options, "TEST": {"MIRROR": "default"}}


def _named(variable: str, database: Database) -> Database:
    if database.get("ENGINE") != "django.db.backends.postgresql":
        raise ValidationError(f"{variable} must be a postgresql:// URL: the guards live in PostgreSQL's triggers.")
    if not (database["NAME"] or "service" in database.get("OPTIONS", {})):
        raise ValidationError(f"{variable} must name a database: postgresql://user:password@host:5432/name.")
    return {**database, "ENGINE": "claimtrack.db.postgresql"}
