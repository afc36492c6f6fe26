"""System checks of the database. Django runs them at `migrate` and at `check --database default`."""

from collections.abc import Collection
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.migrations.loader import MigrationLoader

OURS = ("claimtrack", "sources", "claims")


@register(Tags.database)
def known_migrations(app_configs: Any, databases: Collection[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a database that was made by migrations that no longer exist: Django would take it for an up-to-date one."""
    errors: list[CheckMessage] = []
    for alias in databases or ():
        loader = MigrationLoader(connections[alias])
        unknown = {key for key in loader.applied_migrations if key[0] in OURS} - loader.disk_migrations.keys()
        if unknown:
            app, name = min(unknown)
            errors.append(
                Error(
                    f"This database was made by an earlier, unreleased claimtrack (migration {app}.{name}).",
                    hint="Start with an empty one: `make clean` for the embedded PostgreSQL in var/, else a new database.",
                    id="claimtrack.E001",
                )
            )
    return errors
