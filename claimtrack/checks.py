"""System checks: of the database, which Django runs at `migrate` and at `check --database default`, and of a deployment."""

from collections.abc import Collection, Sequence

from django.apps import AppConfig, apps
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.backends.utils import CursorWrapper
from django.db.migrations.loader import MigrationLoader

from claimtrack.databases import replicas_of

OURS = ("claimtrack", "sources", "claims")
# Words beyond ASCII with punctuation and spaces between them, and the tokens that a correct parser finds.
PROBE = "“Čas”…\u00a0Мэр—O’Hara 船，เรือ"
PROBE_WORDS = ["Čas", "Мэр", "O", "Hara", "船", "เรือ"]
EMPTY_HINT = "Start with an empty one: `make clean` for the embedded PostgreSQL in var/, else a new database."
LOCALE_HINT = (
    "Search needs a database in UTF-8 whose LC_CTYPE knows the letters of every script. For the embedded PostgreSQL in var/ "
    "run `make clean`, which removes its data. Elsewhere create a database and load your dump into it: CREATE DATABASE "
    "claimtrack TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8' (or another UTF-8 locale of the server)."
)
COLUMNS = """SELECT relname::text, attname::text FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
    WHERE relnamespace = current_schema()::regnamespace AND relname = ANY(%s) AND attnum > 0 AND NOT attisdropped"""
# Returns the current role if it is a superuser, owns a table of this schema (itself or as a member), or may truncate one.
PRIVILEGED_ROLE = """SELECT current_user FROM pg_roles WHERE rolname = current_user AND (rolsuper OR EXISTS (
    SELECT FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
        AND (pg_has_role(relowner, 'USAGE') OR has_table_privilege(oid, 'TRUNCATE'))))
    UNION ALL SELECT '' LIMIT 1"""
ROLES_HINT = (
    "Let one role own the tables and run `claimtrack manage migrate`, and another one serve the site. `claimtrack manage "
    "provision` prints the SQL that makes both. If the serving role owns tables already, first run REASSIGN OWNED BY … TO the owner."
)
REPLICA_HINT = "It is not read. Name standbys of the primary: docs/scaling.md says how to make one."
STATIC_HINT = "Run `claimtrack manage collectstatic --no-input` after every installation or update."
TIMEOUT_HINT = "Run what `claimtrack manage provision` prints, or ALTER ROLE … SET statement_timeout, and reconnect."


@register(Tags.database)
def made_by_this_version(
    app_configs: Sequence[AppConfig] | None, databases: Collection[str] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """Refuse a database with other migrations or columns than this version makes, which Django would take for up to date."""
    errors: list[CheckMessage] = []
    for alias in databases or ():
        if sign := _sign_of_another_version(alias):
            made_by = f"This database was made by an earlier, unreleased claimtrack ({sign})."
            errors.append(Error(made_by, hint=EMPTY_HINT, id="claimtrack.E001"))
    return errors


def _sign_of_another_version(alias: str) -> str:
    """Return what another version must have made in a database, "" if nothing shows that one did."""
    loader = MigrationLoader(connections[alias])
    applied = {key for key in loader.applied_migrations if key[0] in OURS}
    known = {key for key in loader.disk_migrations if key[0] in OURS}
    if unknown := applied - known:
        app, name = min(unknown)
        return f"migration {app}.{name}"
    if applied != known:
        return ""  # The columns are still to come.
    # Until the first release, a change of the models is a change of the initial migrations, whose names stay.
    models = [model for app in OURS for model in apps.get_app_config(app).get_models(include_auto_created=True)]
    tables = {model._meta.db_table: model for model in models if model._meta.managed and not model._meta.proxy}
    with connections[alias].cursor() as cursor:
        cursor.execute(COLUMNS, [list(tables)])
        found = set(cursor.fetchall())
    declared = {(table, field.column) for table, model in tables.items() for field in model._meta.local_concrete_fields}
    return "column {}.{}".format(*min(declared ^ found)) if declared != found else ""


@register(Tags.database)
def letters_of_every_script(
    app_configs: Sequence[AppConfig] | None, databases: Collection[str] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """Refuse a database whose locale would silently keep search and similarity from finding words beyond ASCII."""
    errors: list[CheckMessage] = []
    for alias in databases or ():
        with connections[alias].cursor() as cursor:
            if fault := _fault(cursor):
                errors.append(Error(fault, hint=LOCALE_HINT, id="claimtrack.E002"))
    return errors


@register(Tags.database, deploy=True)
def serving_role(
    app_configs: Sequence[AppConfig] | None, databases: Collection[str] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """Warn if the role that serves the site could remove the guards, or has another time-out than the settings."""
    warnings: list[CheckMessage] = []
    for alias in databases or ():
        with connections[alias].cursor() as cursor:
            cursor.execute(PRIVILEGED_ROLE)
            if role := cursor.fetchone()[0]:
                sentence = (
                    f"The role {role} serves the site and may also truncate or alter its tables, guards included."
                )
                warnings.append(checks.Warning(sentence, hint=ROLES_HINT, id="claimtrack.W001"))
            cursor.execute("SELECT setting::bigint FROM pg_settings WHERE name = 'statement_timeout'")
            found, wanted = cursor.fetchone()[0], settings.CLAIMTRACK_STATEMENT_TIMEOUT * 1000
            if found != wanted:
                sentence = (
                    f"The statement_timeout of this role is {found} ms; CLAIMTRACK_STATEMENT_TIMEOUT is {wanted} ms."
                )
                warnings.append(checks.Warning(sentence, hint=TIMEOUT_HINT, id="claimtrack.W002"))
    return warnings


@register(Tags.database, deploy=True)
def read_replicas(
    app_configs: Sequence[AppConfig] | None, databases: Collection[str] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """Warn of replicas that cannot be read: they are not standbys, follow another server, or cannot be reached."""
    warnings: list[CheckMessage] = []
    if DEFAULT_DB_ALIAS not in (databases or ()):
        return []
    for alias in replicas_of(connections.settings):
        try:
            fault = _replica_fault(alias)
        except DatabaseError:
            fault, hint = "cannot be reached", "It is skipped until it answers."
        else:
            hint = REPLICA_HINT
        if fault:
            warnings.append(
                checks.Warning(f"{alias} of DATABASE_REPLICA_URL {fault}.", hint=hint, id="claimtrack.W004")
            )
    return warnings


def _replica_fault(alias: str) -> str:
    """Return what is wrong with a replica, "" if nothing is."""
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT pg_is_in_recovery(), system_identifier FROM pg_control_system()")
        standby, cluster = cursor.fetchone()
    if not standby:
        return "is no standby: it is the primary itself, or was promoted"
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT system_identifier FROM pg_control_system()")
        if cursor.fetchone() != (cluster,):
            return "is the standby of another server than that of DATABASE_URL"
    applied, there = (MigrationLoader(connections[name]).applied_migrations for name in (DEFAULT_DB_ALIAS, alias))
    missing = applied.keys() - there.keys()
    if missing:
        app, name = min(missing)
        return f"has an older schema: it lacks the migration {app}.{name}"
    return ""


@register(Tags.staticfiles, deploy=True)
def collected_static_files(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Warn if pages would fail because they name static files that `collectstatic` has not brought together yet."""
    # Only a storage with hashed names has a manifest.
    read_manifest = getattr(staticfiles_storage, "read_manifest", None)
    if read_manifest is None or read_manifest() is not None:
        return []
    sentence = "The static files have not been collected: pages are answered with status 500."
    return [checks.Warning(sentence, hint=STATIC_HINT, id="claimtrack.W003")]


def _fault(cursor: CursorWrapper) -> str:
    cursor.execute(
        "SELECT current_setting('server_encoding'), datctype FROM pg_database WHERE datname = current_database()"
    )
    encoding, ctype = cursor.fetchone()
    if encoding != "UTF8":
        return f"This database is encoded in {encoding}."
    cursor.execute("SELECT array_agg(token) FROM ts_parse('default', %s) WHERE tokid <> 12", [PROBE])
    if cursor.fetchone()[0] != PROBE_WORDS:
        return (
            f"The text-search parser of this database cannot tell letters from punctuation (its LC_CTYPE is {ctype})."
        )
    # An empty database has no pg_trgm yet: the first migration installs it.
    cursor.execute("SELECT extnamespace::regnamespace::text FROM pg_extension WHERE extname = 'pg_trgm'")
    if installed := cursor.fetchone():
        cursor.execute(f"SELECT cardinality({installed[0]}.show_trgm('Мэр'))")
        if not cursor.fetchone()[0]:
            return f"pg_trgm sees no letters beyond ASCII in this database (its LC_CTYPE is {ctype})."
    return ""
